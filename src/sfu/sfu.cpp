#include "sfu/sfu.hpp"

#include <algorithm>
#include <set>

#include "base/check.hpp"
#include "base/media_limits.hpp"
#include "base/overloaded.hpp"
#include "sfu/sfu_impl.hpp"

namespace costage::sfu {

using media::Transport;

namespace {

// In steps of Rounds: every second, and four times a second.
constexpr std::size_t kReportSteps = kRoundShares;
constexpr std::size_t kAllocationSteps = 5;
constexpr Duration kSpeakerInterval{400'000};    // LiveKit's
constexpr Duration kQualityInterval{5'000'000};  // LiveKit's

}  // namespace

Sfu::Impl::Impl(Config config, Rng& rng, Instant) : context_(std::move(config), rng) {}

void Sfu::Impl::on_command(Instant now, media::Command command) {
  std::visit([&](const auto& c) { on(now, c); }, command);
}

// ---- packets

Heard Sfu::Impl::on_packet(Instant now, const Address& from, MutableBytes datagram) {
  ++context_.stats.packets_in;
  context_.stats.bytes_in += datagram.size();
  const auto endpoint = router_.find(from, datagram);
  PeerTransport* to = endpoint ? transport(*endpoint) : nullptr;
  if (to == nullptr) {
    ++context_.stats.dropped_unknown_sender;
    return Heard::other;
  }
  const Received received = to->on_packet(now, from, datagram);
  switch (received.kind) {
    case Received::Kind::rtp:
      if (endpoint->which == Transport::publisher) endpoint->peer->publisher.on_rtp(now, received.packet);
      return Heard::other;
    case Received::Kind::rtcp:
      endpoint->peer->on_rtcp(now, endpoint->which, received.packet);
      return Heard::other;
    case Received::Kind::valid_check:
      router_.claim_address(from, *endpoint);
      break;
    case Received::Kind::proof:
      router_.prove_address(from, *endpoint);
      break;
    case Received::Kind::nothing:
      break;
  }
  settle(now, *endpoint);
  return received.kind == Received::Kind::valid_check ? Heard::valid_check : Heard::other;
}

void Sfu::Impl::on_closed(Instant now, const Address& from) {
  const auto endpoint = router_.forget(from);
  PeerTransport* of = endpoint ? transport(*endpoint) : nullptr;
  if (of == nullptr) return;
  of->on_closed(from);
  settle(now, *endpoint);
}

PeerTransport* Sfu::Impl::transport(const Endpoint& endpoint) { return endpoint.peer->transport(endpoint.which); }

void Sfu::Impl::register_transport(Instant now, const Endpoint& endpoint) {
  router_.add_ufrag(transport(endpoint)->local().ufrag, endpoint);
  router_.set_check_tag(transport(endpoint)->check_tag(), endpoint);
  settle(now, endpoint);
}

void Sfu::Impl::settle(Instant now, const Endpoint& endpoint) {
  PeerTransport* t = transport(endpoint);
  for (TransportEvent& event : t->take_events()) handle(now, endpoint, event);
  arm_transports(now, *endpoint.peer);
}

// Later than now, so that no transport has more than one turn of a moment.
void Sfu::Impl::arm_transports(Instant now, Peer& peer) {
  Instant wake = kNever;
  peer.each_transport([&](Transport, const PeerTransport& t) { wake = std::min(wake, t.wake_at()); });
  peer.timers.set(PeerTimer::transports, std::max(wake, now + Duration{1}));
}

void Sfu::Impl::handle(Instant now, const Endpoint& endpoint, TransportEvent& event) {
  Peer& peer = *endpoint.peer;
  std::visit(Overloaded{
                 [&](TransportStateChanged& e) {
                   context_.emit(media::TransportChanged{peer.sid, endpoint.which, e.state});
                   const bool receives = endpoint.which == peer.receiving();
                   if (e.state != media::TransportState::connected) return;
                   if (receives) peer.subscriber.on_connected(now);
                   if (endpoint.which == Transport::publisher) peer.timers.at_most(PeerTimer::repair, now);
                 },
                 [&](SilenceChanged& e) { context_.emit(media::SilenceChanged{peer.sid, endpoint.which, e.silent}); },
                 [&](ChannelOpened& e) {
                   const bool data = e.label == label_of(media::Channel::reliable);
                   if (data && endpoint.which == peer.receiving()) context_.emit(media::DataOpened{peer.sid});
                 },
                 [&](ChannelMessage& e) {
                   if (e.channel) on_channel_message(now, peer, *e.channel, std::move(e.bytes));
                 },
             },
             event);
}

void Sfu::Impl::on_channel_message(Instant now, Peer& from, media::Channel channel, Buffer&& bytes) {
  if (channel == media::Channel::data_track) return forward_data_track(now, from, bytes);
  context_.emit(media::DataReceived{from.sid, channel, std::make_shared<const Buffer>(std::move(bytes))});
}

void Sfu::Impl::forward_data_track(Instant now, Peer& from, MutableBytes packet) {
  const auto header = data_track::parse(packet);
  if (!header) {
    ++context_.stats.dropped_malformed;
    return;
  }
  const auto track = from.data_tracks.find(header->handle);
  if (track == from.data_tracks.end()) return;
  const auto cost = static_cast<double>(1 + packet.size() / 1024);
  for (DataTrackOutlet::Subscriber& s : track->second.subscribers()) {
    Peer* to = find(s.peer);
    PeerTransport* t = to == nullptr ? nullptr : to->transport(to->receiving());
    if (t == nullptr) continue;
    const auto ready = [&] {
      return from.data_track_budget.has(now, kDataTrackReserve) &&
             t->waiting(now, media::Channel::data_track) <= kDataTrackLatency;
    };
    if (!s.gate.pass(now, *header, ready)) continue;
    data_track::set_handle(packet, s.handle);
    const bool paid = from.data_track_budget.take(now, cost);
    if (!paid || !send_data(now, *to, media::Channel::data_track, packet)) s.gate.give_up(header->frame);
  }
}

bool Sfu::Impl::send_data(Instant now, Peer& to, media::Channel channel, Bytes message) {
  const Endpoint endpoint{&to, to.receiving()};
  const bool sent = transport(endpoint)->send_data(now, channel, message) == SctpSend::sent;
  ++(sent ? context_.stats.data_sent : context_.stats.data_dropped);
  settle(now, endpoint);
  return sent;
}

// ---- commands

Peer* Sfu::Impl::find(const media::PeerSid& peer) const {
  const auto found = peers_.find(peer);
  return found == peers_.end() ? nullptr : found->second.get();
}

void Sfu::Impl::on(Instant now, const media::AddPeer& c) {
  if (find(c.peer) != nullptr) return;
  if (peers_.size() >= media::kMaxLoopPeers) {
    context_.emit(media::NegotiationFailed{c.peer, Transport::subscriber, 0, "the media server is full"});
    return;
  }
  if (peers_.empty()) start_periodic_timers(now);
  Peer& peer = *peers_.emplace(c.peer, std::make_unique<Peer>(context_, c, now)).first->second;
  rooms_.try_emplace(c.room, c.room).first->second.add(&peer);
  rounds_.add(&peer);
  register_transport(now, {&peer, peer.receiving()});
}

void Sfu::Impl::on(Instant now, const media::RemovePeer& c) {
  Peer* peer = find(c.peer);
  if (peer == nullptr) return;
  end_tracks_of(*peer);
  for (const media::TrackSid& track : peer->subscriber.tracks()) peer->subscriber.unsubscribe(track);
  peer->each_transport([&](Transport, PeerTransport& t) { t.close(now); });
  router_.forget(peer);
  const auto room = rooms_.find(peer->room);
  room->second.remove(peer);
  if (room->second.empty()) rooms_.erase(room);
  rounds_.remove(peer);
  peers_.erase(c.peer);
}

void Sfu::Impl::on(Instant, const media::MovePeer& c) {
  Peer* peer = find(c.peer);
  if (peer == nullptr) return;
  const auto old = rooms_.find(peer->room);
  old->second.remove(peer);
  if (old->second.empty()) rooms_.erase(old);
  peer->room = c.room;
  peer->publisher.move_to(c.room);
  rooms_.try_emplace(c.room, c.room).first->second.add(peer);
}

void Sfu::Impl::on(Instant now, const media::RemoteDescription& c) {
  Peer* peer = find(c.peer);
  if (peer == nullptr) return;
  const Endpoint endpoint{peer, c.transport};
  if (c.transport == Transport::subscriber) {
    peer->on_answer(c, now);
    if (transport(endpoint) != nullptr) settle(now, endpoint);
    return;
  }
  give_up(*peer, peer->on_offer(c, now));
  peer->publisher.bind_sections();
  if (transport(endpoint) != nullptr) register_transport(now, endpoint);
}

void Sfu::Impl::on(Instant now, const media::RestartIce& c) {
  Peer* peer = find(c.peer);
  if (peer != nullptr && peer->restart_ice(now)) register_transport(now, {peer, Transport::subscriber});
}

void Sfu::Impl::on(Instant now, const media::PublishTrack& c) {
  Peer* peer = find(c.peer);
  if (peer == nullptr) return;
  if (!peer->publisher.announce(c, now)) context_.emit(media::TrackEnded{c.peer, c.track});
}

void Sfu::Impl::on(Instant, const media::UnpublishTrack& c) { end_track(c.track); }

void Sfu::Impl::on(Instant now, const media::MuteTrack& c) {
  PublishedTrack* track = context_.find_track(c.track);
  if (track == nullptr) return;
  track->set_muted(now, c.muted);
}

void Sfu::Impl::on(Instant, const media::Subscribe& c) {
  Peer* peer = find(c.subscriber);
  if (peer == nullptr) return;
  const PublishedTrack* track = context_.find_track(c.track);
  if (track != nullptr && track->room != peer->room) seen_elsewhere_.insert(c.track);
  peer->subscriber.subscribe(c);
}

void Sfu::Impl::on(Instant, const media::Unsubscribe& c) {
  Peer* peer = find(c.subscriber);
  if (peer != nullptr) peer->subscriber.unsubscribe(c.track);
}

void Sfu::Impl::on(Instant now, const media::ConfigureSubscription& c) {
  Peer* peer = find(c.subscriber);
  if (peer != nullptr) peer->subscriber.configure(c, now);
}

void Sfu::Impl::on(Instant now, const media::SendData& c) {
  for (const media::PeerSid& sid : c.to)
    if (Peer* peer = find(sid)) send_data(now, *peer, c.channel, *c.bytes);
}

void Sfu::Impl::on(Instant, const media::SubscribeDataTrack& c) {
  Peer* publisher = find(c.peer);
  if (publisher != nullptr && find(c.subscriber) != nullptr) publisher->data_tracks[c.handle].subscribe(c);
}

void Sfu::Impl::on(Instant, const media::UnsubscribeDataTrack& c) {
  Peer* publisher = find(c.peer);
  if (publisher == nullptr) return;
  const auto track = publisher->data_tracks.find(c.handle);
  if (track == publisher->data_tracks.end()) return;
  track->second.unsubscribe(c.subscriber);
  if (track->second.subscribers().empty()) publisher->data_tracks.erase(track);
}

void Sfu::Impl::on(Instant, const media::LimitBandwidth& c) {
  if (Peer* peer = find(c.peer)) peer->subscriber.limit(c.bits_per_second);
}

// Its viewers lose it first: nobody may hold on to a track that is gone.
void Sfu::Impl::end_track(const media::TrackSid& sid) {
  const PublishedTrack* track = context_.find_track(sid);
  if (track == nullptr) return;
  const media::TrackSid kept = sid;
  Peer* publisher = find(track->announced.peer);
  for (Peer* peer : rooms_.find(track->room)->second.peers()) peer->subscriber.unsubscribe(kept);
  if (seen_elsewhere_.erase(kept) > 0)
    for (const auto& [viewer, peer] : peers_) peer->subscriber.unsubscribe(kept);
  publisher->publisher.remove(kept);
}

void Sfu::Impl::give_up(const Peer& publisher, const std::vector<media::TrackSid>& tracks) {
  for (const media::TrackSid& track : tracks) {
    end_track(track);
    context_.emit(media::TrackEnded{publisher.sid, track});
  }
}

void Sfu::Impl::end_tracks_of(Peer& peer) {
  std::vector<media::TrackSid> tracks;
  for (const auto& track : peer.publisher.tracks()) tracks.push_back(track->announced.track);
  for (const media::TrackSid& track : tracks) end_track(track);
}

// ---- time

void Sfu::Impl::on_time(Instant now) {
  run_periodic(now);
  while (Deadlines::Entry* due = context_.deadlines.due(now)) run_peer(now, static_cast<PeerTimers*>(due)->peer);
}

void Sfu::Impl::run_periodic(Instant now) {
  if (peers_.empty()) context_.timers = {};
  if (context_.timers.take(LoopTimer::rounds, now)) {
    context_.timers.at_most(LoopTimer::rounds, now + kRoundStep);
    rounds_.step();
    rounds_.each(kReportSteps, [&](Peer& p) { report(now, p); });
    rounds_.each(kAllocationSteps, [&](Peer& p) { allocate(now, p); });
  }
  if (context_.timers.take(LoopTimer::quality, now)) {
    context_.timers.at_most(LoopTimer::quality, now + kQualityInterval);
    for (const auto& [sid, peer] : peers_) Room::measure_quality(context_, *peer);
  }
  if (context_.timers.take(LoopTimer::speakers, now)) {
    context_.timers.at_most(LoopTimer::speakers, now + kSpeakerInterval);
    for (auto& [sid, room] : rooms_) room.measure_speakers(context_);
  }
}

void Sfu::Impl::report(Instant now, Peer& peer) {
  give_up(peer, peer.publisher.overdue(now));
  peer.publisher.send_reports(now);
  peer.expect_descriptions(now);
  peer.subscriber.send_reports(now);
}

void Sfu::Impl::allocate(Instant now, Peer& peer) {
  for (const auto& track : peer.publisher.tracks()) track->retarget(now);
  peer.subscriber.allocate(now);
  Room::measure_demand(context_, peer, now);
}

// Every job arms its timer, if at all, for later than now.
void Sfu::Impl::run_peer(Instant now, Peer& peer) {
  ++context_.stats.peers_woken;
  if (peer.timers.take(PeerTimer::transports, now)) run_transports(now, peer);
  if (peer.timers.take(PeerTimer::feedback, now)) peer.publisher.send_feedback();
  if (peer.timers.take(PeerTimer::repair, now)) peer.publisher.repair(now);
  if (peer.timers.take(PeerTimer::offers, now)) peer.negotiate(now);
}

void Sfu::Impl::run_transports(Instant now, Peer& peer) {
  peer.each_transport([&](Transport which, PeerTransport& t) {
    if (t.wake_at() <= now) t.on_time(now);
    settle(now, {&peer, which});
  });
}

void Sfu::Impl::start_periodic_timers(Instant now) {
  context_.timers.at_most(LoopTimer::rounds, now + kRoundStep);
  context_.timers.at_most(LoopTimer::speakers, now + kSpeakerInterval);
  context_.timers.at_most(LoopTimer::quality, now + kQualityInterval);
}

void Sfu::Impl::shutdown(Instant now) {
  for (const auto& [sid, peer] : peers_) peer->each_transport([&](Transport, PeerTransport& t) { t.close(now); });
}

// ---- what must hold

const Stats& Sfu::Impl::stats() {
  Stats& s = context_.stats;
  s.packets_out = context_.out.total_packets();
  s.bytes_out = context_.out.total_bytes();
  s.rooms = static_cast<std::uint32_t>(rooms_.size());
  s.peers = static_cast<std::uint32_t>(peers_.size());
  s.tracks = static_cast<std::uint32_t>(context_.tracks.size());
  s.subscriptions = 0;
  for (const auto& [sid, track] : context_.tracks)
    s.subscriptions += static_cast<std::uint32_t>(track->viewers.all().size());
  return s;
}

void Sfu::Impl::check() const {
  std::set<const Peer*> living;
  std::set<const Outlet*> outlets;
  std::size_t in_rooms = 0;
  std::size_t tracks = 0;
  for (const auto& [sid, room] : rooms_) {
    COSTAGE_CHECK(!room.empty(), "a room without peers is gone");
    in_rooms += room.peers().size();
  }
  for (const auto& [sid, peer] : peers_) {
    living.insert(peer.get());
    tracks += peer->publisher.tracks().size();
    outlets.insert(peer->subscriber.outlet());
    peer->subscriber.check();
  }
  COSTAGE_CHECK(in_rooms == peers_.size(), "every peer is in one room");
  COSTAGE_CHECK(tracks == context_.tracks.size(), "every track has one publisher");
  router_.each([&](const Endpoint& e) { COSTAGE_CHECK(living.contains(e.peer), "routes lead to living peers"); });
  for (const auto& [sid, track] : context_.tracks)
    for (const Subscription& viewer : track->viewers.all())
      COSTAGE_CHECK(outlets.contains(viewer.outlet), "viewers are living peers");
}

// ---- the public face

Sfu::Sfu(Config config, Rng& rng, Instant now) : impl_(std::make_unique<Impl>(std::move(config), rng, now)) {}
Sfu::~Sfu() = default;
void Sfu::on_command(Instant now, media::Command command) { impl_->on_command(now, std::move(command)); }
Heard Sfu::on_packet(Instant now, const Address& from, MutableBytes datagram) {
  return impl_->on_packet(now, from, datagram);
}
void Sfu::on_closed(Instant now, const Address& from) { impl_->on_closed(now, from); }
void Sfu::on_time(Instant now) { impl_->on_time(now); }
void Sfu::shutdown(Instant now) { impl_->shutdown(now); }
void Sfu::check() const { impl_->check(); }
PacketBatch& Sfu::outgoing() { return impl_->outgoing(); }
std::vector<media::Event> Sfu::take_events() { return impl_->take_events(); }
Instant Sfu::wake_at() const { return impl_->wake_at(); }
const Stats& Sfu::stats() const { return impl_->stats(); }

}  // namespace costage::sfu
