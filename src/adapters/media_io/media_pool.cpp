#include "adapters/media_io/media_pool.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/media_limits.hpp"
#include "base/overloaded.hpp"

namespace costage::media_io {

using namespace media;

Result<std::unique_ptr<MediaPool>, std::string> MediaPool::start(const MediaPoolConfig& config) {
  auto pool = std::make_unique<MediaPool>();
  for (std::size_t i = 0; i < std::max<std::size_t>(config.loops, 1); ++i) {
    MediaLoopConfig one{.bind = config.bind,
                        .advertise = config.advertise,
                        .this_machine_only = config.this_machine_only,
                        .rng = config.make_rng(),
                        .on_events = config.on_events};
    if (config.first_port != 0) one.port = static_cast<std::uint16_t>(config.first_port + i);
    one.tcp_port = config.first_tcp_port;
    if (one.tcp_port.value_or(0) != 0) one.tcp_port = static_cast<std::uint16_t>(*one.tcp_port + i);
    auto loop = MediaLoop::start(std::move(one));
    if (!loop) return fail(loop.error());
    pool->loops_.push_back(std::move(*loop));
  }
  pool->peers_on_loop_.resize(pool->loops_.size());
  pool->load_ = LoadMeter(pool->loops_.size());
  return pool;
}

bool MediaPool::send(Command command) {
  return std::visit(Overloaded{
                        [&](AddPeer& c) { return add_peer(std::move(c)); },
                        [&](RemovePeer& c) { return remove_peer(std::move(c)); },
                        [&](MovePeer& c) { return move_peer(std::move(c)); },
                        [&](PublishTrack& c) { return publish(std::move(c)); },
                        [&](UnpublishTrack& c) { return unpublish(std::move(c)); },
                        [&](SendData& c) { return send_data(std::move(c)); },
                        [&](RemoteDescription& c) { return to_loop_of_peer(c.peer, c); },
                        [&](RestartIce& c) { return to_loop_of_peer(c.peer, c); },
                        [&](MuteTrack& c) { return to_loop_of_track(c.track, c); },
                        [&](Subscribe& c) { return to_loop_of_peer(c.subscriber, c); },
                        [&](Unsubscribe& c) { return to_loop_of_peer(c.subscriber, c); },
                        [&](ConfigureSubscription& c) { return to_loop_of_peer(c.subscriber, c); },
                        [&](SubscribeDataTrack& c) { return to_loop_of_peer(c.peer, c); },
                        [&](UnsubscribeDataTrack& c) { return to_loop_of_peer(c.peer, c); },
                        [&](LimitBandwidth& c) { return to_loop_of_peer(c.peer, c); },
                    },
                    command);
}

bool MediaPool::add_peer(AddPeer command) {
  if (peers_.contains(command.peer)) return false;
  const auto found = rooms_.find(command.room);
  const LoopIndex loop = found == rooms_.end() ? emptiest_loop() : found->second.loop;
  const RoomSid room = command.room;
  const PeerSid peer = command.peer;
  if (peers_on_loop_[loop] >= kMaxLoopPeers || !loops_[loop]->send(std::move(command))) return false;
  Room& entry = rooms_[room];
  entry.loop = loop;
  ++entry.peers;
  ++peers_on_loop_[loop];
  load_.on_newcomer(loop);
  peers_.emplace(peer, Peer{room, loop, {}});
  return true;
}

bool MediaPool::remove_peer(RemovePeer command) {
  const auto found = peers_.find(command.peer);
  if (found == peers_.end() || !loops_[found->second.loop]->send(command)) return false;
  for (const TrackSid& track : found->second.tracks) tracks_.erase(track);
  --peers_on_loop_[found->second.loop];
  leave(found->second.room);
  peers_.erase(found);
  return true;
}

bool MediaPool::move_peer(MovePeer command) {
  const auto found = peers_.find(command.peer);
  if (found == peers_.end()) return false;
  Peer& peer = found->second;
  const auto room = rooms_.find(command.room);
  if (room != rooms_.end() && room->second.loop != peer.loop) return false;
  if (!loops_[peer.loop]->send(command)) return false;
  leave(peer.room);
  peer.room = command.room;
  Room& entry = rooms_[peer.room];
  entry.loop = peer.loop;
  ++entry.peers;
  return true;
}

void MediaPool::leave(const RoomSid& room) {
  const auto found = rooms_.find(room);
  if (--found->second.peers == 0) rooms_.erase(found);
}

bool MediaPool::keep_together(const RoomSid& home, const RoomSid& other) {
  const auto found = rooms_.find(home);
  if (found == rooms_.end()) return false;
  const LoopIndex loop = found->second.loop;
  Room& entry = rooms_.try_emplace(other, Room{.loop = loop, .peers = 0}).first->second;
  if (entry.loop != loop) return false;
  ++entry.peers;
  return true;
}

void MediaPool::let_apart(const RoomSid& other) { leave(other); }

bool MediaPool::publish(PublishTrack command) {
  const PeerSid peer = command.peer;
  const TrackSid track = command.track;
  if (tracks_.contains(track) || !to_loop_of_peer(peer, std::move(command))) return false;
  peers_.find(peer)->second.tracks.push_back(track);
  tracks_.emplace(track, peer);
  return true;
}

bool MediaPool::unpublish(UnpublishTrack command) {
  const auto found = tracks_.find(command.track);
  if (found == tracks_.end() || !to_loop_of_peer(found->second, command)) return false;
  forget_track(PeerSid{found->second}, TrackSid{found->first});
  return true;
}

bool MediaPool::send_data(SendData command) {
  if (loops_.size() == 1) return loops_[0]->send(std::move(command));
  std::map<LoopIndex, SendData> by_loop;
  for (PeerSid& peer : command.to) {
    const auto found = peers_.find(peer);
    if (found == peers_.end()) continue;
    SendData& part = by_loop[found->second.loop];
    part.channel = command.channel;
    part.bytes = command.bytes;
    part.to.push_back(std::move(peer));
  }
  bool all = true;
  for (auto& [loop, part] : by_loop) all &= loops_[loop]->send(std::move(part));
  return all;
}

bool MediaPool::to_loop_of_peer(const PeerSid& peer, Command command) {
  const auto found = peers_.find(peer);
  return found != peers_.end() && loops_[found->second.loop]->send(std::move(command));
}

bool MediaPool::to_loop_of_track(const TrackSid& track, Command command) {
  const auto found = tracks_.find(track);
  return found != tracks_.end() && to_loop_of_peer(found->second, std::move(command));
}

MediaPool::LoopIndex MediaPool::emptiest_loop() const {
  return static_cast<LoopIndex>(std::min_element(peers_on_loop_.begin(), peers_on_loop_.end()) -
                                peers_on_loop_.begin());
}

void MediaPool::forget_track(const PeerSid& peer, const TrackSid& track) {
  tracks_.erase(track);
  const auto found = peers_.find(peer);
  if (found != peers_.end()) std::erase(found->second.tracks, track);
}

std::vector<Event> MediaPool::take_events() {
  std::vector<Event> out;
  for (auto& loop : loops_) {
    std::vector<Event> events = loop->take_events();
    std::move(events.begin(), events.end(), std::back_inserter(out));
  }
  // A track whose client stopped sending it is gone without a command.
  for (const Event& event : out)
    if (const auto* ended = std::get_if<TrackEnded>(&event)) forget_track(ended->peer, ended->track);
  return out;
}

void MediaPool::measure() {
  std::vector<Worked> worked;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    const MediaLoopStats stats = loops_[i]->stats();
    worked.push_back({stats.at, stats.waited, peers_on_loop_[i]});
  }
  load_.look(worked);
}

int MediaPool::headroom(const RoomSid& room) const {
  const auto found = rooms_.find(room);
  return found == rooms_.end() ? load_.headroom() : load_.headroom(found->second.loop);
}

std::vector<MediaLoopStats> MediaPool::stats() const {
  std::vector<MediaLoopStats> out;
  for (const auto& loop : loops_) out.push_back(loop->stats());
  return out;
}

std::vector<std::uint16_t> MediaPool::ports() const {
  std::vector<std::uint16_t> out;
  for (const auto& loop : loops_) out.push_back(loop->port());
  return out;
}

void MediaPool::stop() {
  for (auto& loop : loops_) loop->stop();
}

}  // namespace costage::media_io
