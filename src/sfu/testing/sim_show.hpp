// A whole show in virtual time: one Sfu, browsers, and a network that loses, delays, reorders and repeats by one seed.
// Signalling is perfect and takes no time, and subscribes everybody to everything.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/overloaded.hpp"
#include "base/rng.hpp"
#include "sfu/peer/testing/lossy_network.hpp"
#include "sfu/peer/virtual_clock_test.hpp"
#include "sfu/sfu.hpp"
#include "sfu/testing/sim_browser.hpp"

namespace costage::sfu {

class SimShow {
 public:
  explicit SimShow(std::uint64_t seed, LossyNetwork::Settings settings = {},
                   media::Connections connections = media::Connections::pair)
      : connections(connections),
        rng(seed),
        network(rng, settings),
        sfu({{server}}, rng, now),
        clients(certificate(), rng, client_batch, client_stats) {}

  static const Certificate& certificate() {
    static const Certificate one;
    return one;
  }
  static media::PeerSid peer(const std::string& name) { return media::PeerSid{"PA_" + name}; }
  static media::TrackSid camera_of(const std::string& name) { return media::TrackSid{"TR_V" + name}; }
  static media::TrackSid microphone_of(const std::string& name) { return media::TrackSid{"TR_A" + name}; }

  SimBrowser& join(const std::string& name, bool publishes, bool allow_pause = false,
                   bool streams_name_tracks = false) {
    const auto port = static_cast<std::uint16_t>(40000 + 2 * browsers.size());
    auto& b = browsers[name] =
        std::make_unique<SimBrowser>(clients, rng, server, Address::v4(127, 0, 0, 1, port), name, now, connections);
    command(media::AddPeer{media::RoomSid{"RM_1"}, peer(name), connections, streams_name_tracks, allow_pause});
    b->publishing = publishes;
    if (b->single()) b->lend(3, 3);
    if (publishes || b->single()) offer(*b, publishes);
    if (publishes) announce(name);
    for (const auto& [sid, track] : published)
      if (track.peer != peer(name)) command(media::Subscribe{peer(name), sid});
    return *b;
  }
  void announce(const std::string& name) {
    command(media::PublishTrack{.peer = peer(name),
                                .track = microphone_of(name),
                                .cid = name + "-microphone",
                                .kind = media::Kind::audio,
                                .stream = "camera"});
    command(media::PublishTrack{.peer = peer(name),
                                .track = camera_of(name),
                                .cid = name + "-camera",
                                .kind = media::Kind::video,
                                .stream = "camera"});
  }
  void offer(SimBrowser& b, bool sending) {
    command(media::RemoteDescription{peer(b.name), media::Transport::publisher, ++offers, b.make_offer(sending)});
  }
  // As a client does that resumes.
  void restart_ice(SimBrowser& b) {
    command(media::RestartIce{peer(b.name)});
    if (!b.publishing && !b.single()) return;
    b.publisher.restart_ice(now);
    offer(b, b.publishing);
  }
  void send_data(SimBrowser& from, media::Channel channel, Bytes message) {
    from.publisher.send_data(now, channel, message);
    flush_client(from.publisher_address);
  }
  void leave(const std::string& name) {
    command(media::RemovePeer{peer(name)});
    browsers.erase(name);
  }
  void command(media::Command c) {
    sfu.on_command(now, std::move(c));
    settle();
  }

  void run(Duration duration) {
    const Instant end = now + duration;
    while (now < end) {
      Instant next = std::min({network.next(), sfu.wake_at(), now + Duration{10'000}, end});
      now = std::max(now, next);
      clock.set(now);
      while (network.next() <= now) deliver(network.take());
      before_input({});
      sfu.on_time(now);
      after_input();
      settle();
      if (now < next_tick_) continue;
      next_tick_ = now + Duration{10'000};
      for (auto& [name, b] : browsers) {
        b->tick_publisher(now);
        flush_client(b->publisher_address);
        b->tick_subscriber(now);
        flush_client(b->subscriber_address);
      }
      sfu.check();
    }
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> out;
    for (const media::Event& e : all_events)
      if (const auto* event = std::get_if<Event>(&e)) out.push_back(*event);
    return out;
  }

  const media::Connections connections;
  const Address server = Address::v4(127, 0, 0, 1, 7882);
  const Address stranger = Address::v4(127, 0, 0, 1, 666);
  Instant now{std::chrono::seconds(1000)};
  VirtualClock clock{now};
  SeededRng rng;
  LossyNetwork network;
  Sfu sfu;
  PacketBatch client_batch;
  Stats client_stats;
  TransportContext clients;
  std::map<std::string, std::unique_ptr<SimBrowser>> browsers;
  std::map<media::TrackSid, media::TrackStarted> published;
  std::vector<media::Event> all_events;
  std::uint32_t offers = 0;
  std::uint64_t packets_to_departed = 0;
  // Around each packet that the Sfu is given, and each turn that time asks for (without bytes).
  std::function<void(Bytes)> before_input = [](Bytes) {};
  std::function<void()> after_input = [] {};

 private:
  void settle() {
    flush_server();
    for (media::Event& e : sfu.take_events()) {
      react(e);
      all_events.push_back(std::move(e));
    }
  }
  void react(const media::Event& event) {
    std::visit(Overloaded{[&](const media::LocalDescription& d) { describe(d); },
                          [&](const media::SectionsNeeded& needed) { lend(needed); },
                          [&](const media::TrackStarted& t) {
                            published[t.track] = t;
                            for (const auto& [name, b] : browsers)
                              if (peer(name) != t.peer) command(media::Subscribe{peer(name), t.track});
                          },
                          [&](const media::TrackEnded& t) { published.erase(t.track); }, [](const auto&) {}},
               event);
  }
  void describe(const media::LocalDescription& d) {
    const auto found = browsers.find(d.peer.value().substr(3));
    if (found == browsers.end()) return;
    SimBrowser& b = *found->second;
    if (d.transport == media::Transport::publisher) {
      b.take_answer(now, d.sdp);
      flush_client(b.publisher_address);
    } else if (const auto answer = b.answering ? b.make_answer(now, d.sdp) : std::nullopt) {
      flush_client(b.subscriber_address);
      command(media::RemoteDescription{d.peer, media::Transport::subscriber, d.id, *answer});
    }
  }
  void lend(const media::SectionsNeeded& needed) {
    const auto found = browsers.find(needed.peer.value().substr(3));
    if (found == browsers.end()) return;
    found->second->lend(needed.audios, needed.videos);
    offer(*found->second, found->second->publishing);
  }
  void flush_server() {
    for (const auto& p : sfu.outgoing().packets()) network.send(now, server, p.to, sfu.outgoing().bytes(p));
    sfu.outgoing().clear();
  }
  void flush_client(const Address& from) {
    for (const auto& p : client_batch.packets()) network.send(now, from, p.to, client_batch.bytes(p));
    client_batch.clear();
  }
  void deliver(LossyNetwork::Datagram d) {
    if (d.to == server) {
      before_input(d.bytes);
      sfu.on_packet(now, d.from, d.bytes);
      after_input();
      return settle();
    }
    for (auto& [name, b] : browsers) {
      if (d.to != b->publisher_address && d.to != b->subscriber_address) continue;
      b->on_packet(now, d.from, d.to, d.bytes);
      return flush_client(d.to);
    }
    ++packets_to_departed;
  }

  Instant next_tick_{};
};

}  // namespace costage::sfu
