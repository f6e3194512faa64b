// Inside Sfu: the tables of rooms and peers, and who is told what. Everything about packets is elsewhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/media.hpp"
#include "sfu/context.hpp"
#include "sfu/room.hpp"
#include "sfu/rounds.hpp"
#include "sfu/router.hpp"
#include "sfu/sfu.hpp"

namespace costage::sfu {

class Sfu::Impl {
 public:
  Impl(Config config, Rng& rng, Instant now);

  void on_command(Instant now, media::Command command);
  Heard on_packet(Instant now, const Address& from, MutableBytes datagram);
  void on_closed(Instant now, const Address& from);
  void on_time(Instant now);
  void shutdown(Instant now);
  void check() const;

  [[nodiscard]] PacketBatch& outgoing() { return context_.out; }
  [[nodiscard]] std::vector<media::Event> take_events() { return std::exchange(context_.events, {}); }
  [[nodiscard]] Instant wake_at() const { return std::min(context_.timers.next(), context_.deadlines.next()); }
  [[nodiscard]] const Stats& stats();

 private:
  void on(Instant now, const media::AddPeer& c);
  void on(Instant now, const media::RemovePeer& c);
  void on(Instant now, const media::MovePeer& c);
  void on(Instant now, const media::RemoteDescription& c);
  void on(Instant now, const media::RestartIce& c);
  void on(Instant now, const media::PublishTrack& c);
  void on(Instant now, const media::UnpublishTrack& c);
  void on(Instant now, const media::MuteTrack& c);
  void on(Instant now, const media::Subscribe& c);
  void on(Instant now, const media::Unsubscribe& c);
  void on(Instant now, const media::ConfigureSubscription& c);
  void on(Instant now, const media::SendData& c);
  void on(Instant now, const media::SubscribeDataTrack& c);
  void on(Instant now, const media::UnsubscribeDataTrack& c);
  void on(Instant now, const media::LimitBandwidth& c);

  [[nodiscard]] Peer* find(const media::PeerSid& peer) const;
  [[nodiscard]] static PeerTransport* transport(const Endpoint& endpoint);
  void end_track(const media::TrackSid& track);
  // Ends tracks and says so, because nobody asked for it.
  void give_up(const Peer& publisher, const std::vector<media::TrackSid>& tracks);
  void end_tracks_of(Peer& peer);
  // After anything that may have moved a transport on: its events, its address and its next timer.
  void settle(Instant now, const Endpoint& endpoint);
  void arm_transports(Instant now, Peer& peer);
  void handle(Instant now, const Endpoint& endpoint, TransportEvent& event);
  void on_channel_message(Instant now, Peer& from, media::Channel channel, Buffer&& bytes);
  // A packet of a data track goes straight to its subscribers.
  void forward_data_track(Instant now, Peer& from, MutableBytes packet);
  bool send_data(Instant now, Peer& to, media::Channel channel, Bytes message);
  void register_transport(Instant now, const Endpoint& endpoint);
  // What is done for peers in turn, and for all at once.
  void run_periodic(Instant now);
  void start_periodic_timers(Instant now);
  void report(Instant now, Peer& peer);
  // Which layers it can be sent, and which of its own anybody wants.
  void allocate(Instant now, Peer& peer);
  // What this peer waited for.
  void run_peer(Instant now, Peer& peer);
  void run_transports(Instant now, Peer& peer);

  Context context_;
  std::unordered_map<media::RoomSid, Room> rooms_;
  std::unordered_set<media::TrackSid> seen_elsewhere_;  // tracks with viewers in other rooms than their publisher's
  std::unordered_map<media::PeerSid, std::unique_ptr<Peer>> peers_;
  Rounds<Peer> rounds_;
  Router router_;
};

}  // namespace costage::sfu
