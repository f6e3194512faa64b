// One peer connection of a participant: a UDP socket of its own (the server tells peers apart by address) and the
// client side of the server's own transport.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/rng.hpp"
#include "loadgen/sdp.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/peer/certificate.hpp"
#include "sfu/peer/transport.hpp"
#include "sfu/stats.hpp"

namespace costage::bench {

// What all links of the process share.
struct LinkWorld {
  explicit LinkWorld(boost::asio::io_context& io, std::uint64_t seed) : io(io), rng(seed) {}

  boost::asio::io_context& io;
  SeededRng rng;
  sfu::Certificate certificate;
  sfu::PacketBatch out;
  sfu::Stats stats;
  // Packets come with the kernel's time of arrival. Costs the whole machine a look at the clock per packet, so it is
  // for measuring latency alone.
  bool kernel_times = false;
  sfu::TransportContext context{certificate, rng, out, stats};
};

class Link {
 public:
  using OnMedia = std::function<void(Instant arrived, const sfu::Received& received)>;

  Link(LinkWorld& world, OnMedia on_media);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  [[nodiscard]] LocalTransport local() const;
  // Connects once both a description and a candidate are known, whichever comes first.
  void set_remote(const SdpDescription& description);
  void add_candidate(const Address& candidate);
  [[nodiscard]] bool connected() const { return transport_.state() == media::TransportState::connected; }

  void on_time(Instant now);
  void send_rtp(Bytes packet);
  void send_rtcp(Bytes packet);
  void close();

 private:
  void connect_if_ready();
  void wait_readable();
  void read();
  [[nodiscard]] ssize_t receive(MutableBytes buffer, Instant& arrived);
  void flush();

  LinkWorld& world_;
  OnMedia on_media_;
  sfu::PeerTransport transport_;
  boost::asio::ip::udp::socket socket_;
  sfu::RemoteParameters remote_;
  bool described_ = false;
  bool started_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  // a read may be under way when the link goes
};

}  // namespace costage::bench
