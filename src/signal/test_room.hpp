// A room under test: virtual time, every effect sorted into where it would have gone.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <livekit/data.pb.h>
#include <livekit/room.pb.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "signal/room.hpp"

namespace costage::signal {

using namespace std::chrono_literals;
using livekit::SignalRequest;
using livekit::SignalResponse;

class TestRoom {
 public:
  explicit TestRoom(RoomOptions options = {}) : room("show", std::move(options), at, rng) { drain(); }

  // ---- inputs ----
  static Grants grants(const std::string& identity) {
    Grants grants;
    grants.identity = identity;
    grants.name = identity + "'s name";
    grants.permission = default_permission();
    return grants;
  }
  PeerSid join(Grants grants, bool auto_subscribe = true) {
    const auto sid = room.on_join(at, {std::move(grants), client, auto_subscribe});
    drain();
    EXPECT_TRUE(sid.has_value());
    return sid.value_or(PeerSid{});
  }
  PeerSid join(const std::string& identity) { return join(grants(identity)); }
  // Joins, and its media transports are up.
  PeerSid join_active(const std::string& identity) { return activate(join(identity)); }
  PeerSid join_active(Grants grants) { return activate(join(std::move(grants))); }
  PeerSid activate(const PeerSid& sid) {
    transport(sid, media::Transport::subscriber, media::TransportState::connected);
    transport(sid, media::Transport::publisher, media::TransportState::connected);
    event(media::DataOpened{sid});
    return sid;
  }
  void transport(const PeerSid& sid, media::Transport transport, media::TransportState state) {
    event(media::TransportChanged{sid, transport, state});
  }
  void request(const PeerSid& from, const SignalRequest& request) {
    room.on_message(at, from, request);
    drain();
  }
  void event(const media::Event& event) {
    room.on_media_event(at, event);
    drain();
  }
  void lose_signal(const PeerSid& sid) {
    room.on_signal_lost(at, sid);
    drain();
  }
  bool resume(const PeerSid& sid, const std::string& identity) {
    const bool known = room.on_resume(at, sid, identity);
    drain();
    return known;
  }
  // Runs the clock forward in steps of at most `step`, as an adapter would.
  void advance(Duration time, Duration step = 50ms) {
    for (Duration left = time; left > Duration::zero(); left -= step) {
      at.now += std::min(left, step);
      at.wall += std::chrono::duration_cast<std::chrono::milliseconds>(std::min(left, step));
      room.on_time(at);
      drain();
    }
  }

  static SignalRequest add_track(const std::string& cid, livekit::TrackSource source = livekit::CAMERA) {
    SignalRequest request;
    auto& track = *request.mutable_add_track();
    track.set_cid(cid);
    track.set_source(source);
    track.set_type(source == livekit::CAMERA || source == livekit::SCREEN_SHARE ? livekit::VIDEO : livekit::AUDIO);
    return request;
  }
  // Announces a track and lets media bind it.
  TrackSid publish(const PeerSid& peer, const std::string& cid, livekit::TrackSource source = livekit::CAMERA) {
    request(peer, add_track(cid, source));
    const auto& answers = inbox[peer];
    const TrackSid sid{answers.empty() ? "" : answers.back().track_published().track().sid()};
    start(peer, sid, source == livekit::CAMERA ? "video/VP8" : "audio/opus");
    return sid;
  }
  void start(const PeerSid& peer, const TrackSid& sid, const std::string& mime) {
    event(media::TrackStarted{peer, sid, "0", mime, {{media::Layer::high}}});
  }

  // ---- what came out ----
  // The messages of one kind to `to`, oldest first.
  std::vector<SignalResponse> messages(const PeerSid& to, SignalResponse::MessageCase kind) {
    std::vector<SignalResponse> found;
    for (const auto& message : inbox[to])
      if (message.message_case() == kind) found.push_back(message);
    return found;
  }
  // The newest news about `who` in updates to `to`, or nullptr.
  const livekit::ParticipantInfo* news(const PeerSid& to, const PeerSid& who) {
    const livekit::ParticipantInfo* newest = nullptr;
    for (const auto& message : inbox[to])
      for (const auto& info : message.update().participants())
        if (info.sid() == who.value()) newest = &info;
    return newest;
  }
  template <class Command>
  std::vector<Command> commands() const {
    std::vector<Command> found;
    for (const auto& command : all_commands)
      if (const auto* it = std::get_if<Command>(&command)) found.push_back(*it);
    return found;
  }
  template <class Kind>
  std::vector<Kind> notices() const {
    std::vector<Kind> found;
    for (const auto& notice : all_notices)
      if (const auto* it = std::get_if<Kind>(&notice)) found.push_back(*it);
    return found;
  }
  std::vector<std::string> hooks() const {
    std::vector<std::string> names;
    for (const auto& event : webhooks) names.push_back(event.event());
    return names;
  }
  [[nodiscard]] bool has(const std::string& identity) const { return room.get_participant(identity).has_value(); }
  void forget() {
    inbox.clear();
    all_commands.clear();
    all_notices.clear();
    tokens.clear();
    closed.clear();
    webhooks.clear();
    order.clear();
  }

  livekit::ClientInfo client;  // of whoever joins
  SeededRng rng{42};
  Moment at{Instant{1h}, from_unix_ms(1'700'000'000'000)};
  Room room;
  std::map<PeerSid, std::vector<SignalResponse>> inbox;
  std::vector<media::Command> all_commands;
  std::vector<Notice> all_notices;
  std::vector<SendToken> tokens;
  std::vector<RpcDone> calls_done;
  std::vector<DataForwarded> said_elsewhere;
  std::set<PeerSid> closed;
  std::vector<livekit::WebhookEvent> webhooks;
  std::vector<std::string> order;  // "send update", "media 7": the order of messages and commands
  bool finished = false;

 private:
  void drain() {
    for (Effect& effect : room.take_effects()) take(effect);
    check(room.state());
  }
  void take(Effect& effect) {
    if (auto* send = std::get_if<Send>(&effect)) {
      const auto* field = SignalResponse::descriptor()->FindFieldByNumber(send->message.message_case());
      order.push_back("send " + (field ? field->name() : ""));
      for (const PeerSid& peer : send->to) inbox[peer].push_back(send->message);
    } else if (auto* command = std::get_if<media::Command>(&effect)) {
      order.push_back("media " + std::to_string(command->index()));
      all_commands.push_back(*command);
    } else if (auto* notice = std::get_if<Notice>(&effect)) {
      all_notices.push_back(*notice);
    } else if (auto* token = std::get_if<SendToken>(&effect)) {
      tokens.push_back(*token);
    } else if (auto* moved = std::get_if<SendMoved>(&effect)) {
      inbox[moved->to].push_back(moved->message);
    } else if (auto* done = std::get_if<RpcDone>(&effect)) {
      calls_done.push_back(*done);
    } else if (auto* close = std::get_if<CloseConnection>(&effect)) {
      closed.insert(close->peer);
    } else if (auto* said = std::get_if<DataForwarded>(&effect)) {
      said_elsewhere.push_back(*said);
    } else if (auto* event = std::get_if<livekit::WebhookEvent>(&effect)) {
      webhooks.push_back(*event);
    } else {
      finished = true;
    }
  }
};

}  // namespace costage::signal
