// One Sfu and its clients in one process, on a network that takes no time; time is made up.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sfu/sfu.hpp"
#include "sfu/testing/sim_browser.hpp"

namespace costage::bench {

class Show {
 public:
  sfu::SimBrowser& join(const std::string& room, bool publishes) {
    const auto n = static_cast<std::uint8_t>(browsers_.size() & 0xff);
    const auto high = static_cast<std::uint8_t>(browsers_.size() >> 8);
    const media::PeerSid sid{"PA_" + std::to_string(browsers_.size())};
    auto& b = browsers_[sid] = std::make_unique<sfu::SimBrowser>(clients_, rng_, server_,
                                                                 Address::v4(10, 0, high, n, 40000), sid.value(), now_);
    by_address_[b->publisher_address] = by_address_[b->subscriber_address] = b.get();
    sfu_.on_command(now_, media::AddPeer{media::RoomSid{room}, sid});
    if (publishes) publish(*b, sid);
    exchange();
    run_until(now_);  // offers wait for the end of their turn
    return *b;
  }
  // Sends what the camera has for this moment, but for every 50th packet.
  void film(sfu::SimBrowser& b) {
    as(b.publisher_address, [&] {
      b.camera.tick(
          now_, [&](Bytes p) { ++filmed_ % 50 == 0 || b.publisher.send_rtp(p); },
          [&](Bytes p) { b.publisher.send_rtcp(p); });
    });
    exchange();
  }
  void send_data(const sfu::SimBrowser& to) {
    const auto bytes = std::make_shared<const Buffer>(Buffer(1000, 7));
    sfu_.on_command(now_, media::SendData{{media::PeerSid{to.name}}, media::Channel::reliable, bytes});
    exchange();
  }
  // Every turn that time alone asks for until `end`; gives the microseconds that each took.
  std::vector<double> run_until(Instant end) {
    std::vector<double> costs;
    for (; sfu_.wake_at() <= end; exchange()) {
      now_ = std::max(now_, sfu_.wake_at());
      const auto before = std::chrono::steady_clock::now();
      sfu_.on_time(now_);
      costs.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - before).count());
    }
    now_ = end;
    return costs;
  }
  [[nodiscard]] std::size_t connected() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        browsers_, [](const auto& b) { return b.second->subscriber.state() == media::TransportState::connected; }));
  }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const sfu::Stats& stats() const { return sfu_.stats(); }

  bool clients_answer = true;  // false: what is sent to them is lost

 private:
  void publish(const sfu::SimBrowser& b, const media::PeerSid& sid) {
    sfu_.on_command(now_, media::RemoteDescription{sid, media::Transport::publisher, 1, b.make_offer(true)});
    sfu_.on_command(now_, media::PublishTrack{.peer = sid,
                                              .track = media::TrackSid{"TR_" + sid.value()},
                                              .cid = sid.value() + "-camera",
                                              .kind = media::Kind::video});
  }
  // What the client of that address sends meanwhile goes to the server.
  template <class Act>
  void as(const Address& own, Act act) {
    act();
    for (const auto& p : batch_.packets()) to_server_.emplace_back(own, copy(batch_.bytes(p)));
    batch_.clear();
  }
  void exchange() {
    while (true) {
      for (auto& p : sfu_.outgoing().packets()) to_clients_.emplace_back(p.to, copy(sfu_.outgoing().bytes(p)));
      sfu_.outgoing().clear();
      const auto events = sfu_.take_events();
      if (to_clients_.empty() && to_server_.empty() && events.empty()) return;
      for (auto& [to, bytes] : std::exchange(to_clients_, {}))
        if (clients_answer) as(to, [&] { by_address_.at(to)->on_packet(now_, server_, to, bytes); });
      for (auto& [from, bytes] : std::exchange(to_server_, {})) sfu_.on_packet(now_, from, bytes);
      for (const media::Event& e : events)
        if (const auto* d = std::get_if<media::LocalDescription>(&e)) answer(*d);
    }
  }
  void answer(const media::LocalDescription& d) {
    sfu::SimBrowser& b = *browsers_.at(d.peer);
    if (d.transport == media::Transport::publisher) return as(b.publisher_address, [&] { b.take_answer(now_, d.sdp); });
    as(b.subscriber_address, [&] {
      if (const auto sdp = b.make_answer(now_, d.sdp))
        sfu_.on_command(now_, media::RemoteDescription{d.peer, d.transport, d.id, *sdp});
    });
  }
  static Buffer copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

  const Address server_ = Address::v4(127, 0, 0, 1, 7882);
  Instant now_{std::chrono::seconds(1000)};
  SeededRng rng_{1};
  sfu::Sfu sfu_{{{server_}}, rng_, now_};
  sfu::Certificate certificate_;
  sfu::PacketBatch batch_;
  sfu::Stats stats_;
  sfu::TransportContext clients_{certificate_, rng_, batch_, stats_};
  std::unordered_map<media::PeerSid, std::unique_ptr<sfu::SimBrowser>> browsers_;
  std::unordered_map<Address, sfu::SimBrowser*> by_address_;
  std::vector<std::pair<Address, Buffer>> to_server_, to_clients_;
  std::uint32_t filmed_ = 0;
};

}  // namespace costage::bench
