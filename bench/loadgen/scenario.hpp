// What the load generator measures, each as one coroutine that gives one line of JSON.
#pragma once

#include <sys/types.h>

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>

#include "loadgen/link.hpp"
#include "loadgen/participant.hpp"
#include "loadgen/signal_client.hpp"
#include "loadgen/token.hpp"
#include "loadgen/video_codec.hpp"

namespace costage::bench {

struct Target {
  Endpoint server;
  ApiKey api;
  std::string room;
  pid_t pid = 0;
  VideoCodec codec = VideoCodec::vp8;
  SignalPath viewers_path = SignalPath::v0;
};

// One publisher, `viewers` viewers: packets forwarded per second of the server's CPU, loss, memory.
boost::asio::awaitable<std::string> measure_fanout(LinkWorld& world, Target target, int viewers,
                                                   std::chrono::seconds window);
// The same: how long a packet is under way, from its writing in here until the kernel has it for a viewer. The load
// generator's own queue of arrived packets is left out; its encryption of one packet is in it.
boost::asio::awaitable<std::string> measure_latency(LinkWorld& world, Target target, int viewers,
                                                    std::chrono::seconds window);
// One publisher; viewers join one after the other: time from the first byte of signalling to the first video packet.
boost::asio::awaitable<std::string> measure_joins(LinkWorld& world, Target target, int rounds);
// One publisher and one viewer; guests come as viewers, are promoted (UpdateParticipant) and publish; then are removed
// (RemoveParticipant) while they keep sending: time to the first and to the last packet at the viewer.
boost::asio::awaitable<std::string> measure_stage(LinkWorld& world, Target target, int rounds);

}  // namespace costage::bench
