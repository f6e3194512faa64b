// For tests of use cases: they run over storage in memory, with a media server that only writes down what it is told.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/storage/memory/memory_database.hpp"
#include "app/app.hpp"
#include "app/work/unit_of_work.hpp"
#include "domain/limits.hpp"

namespace costage::app {

using namespace domain;
using namespace std::chrono_literals;

class TestMedia final : public MediaServer {
 public:
  std::optional<MediaCredentials> mint(const MediaGrant& grant, WallTime) override {
    if (!mints) return {};
    grants.push_back(grant);
    return MediaCredentials{"ws://media", Secret{"token" + std::to_string(grants.size())}};
  }
  void set_publish_right(const MediaGrant& grant, MediaDone done) override {
    answer("promote " + grant.identity.value() + ' ' + grant.lease.value(), done);
  }
  void remove(const RoomId&, const Identity& identity, WallTime, MediaDone done) override {
    answer("remove " + identity.value(), done);
  }
  void mute(const RoomId&, const Identity& identity, const TrackSources& sources, MediaDone done) override {
    answer("mute " + identity.value() + (sources.microphone ? " microphone" : "") + (sources.camera ? " camera" : "") +
               (sources.screen ? " screen" : ""),
           done);
  }
  void close_room(const RoomId&, MediaDone done) override { answer("close", done); }
  void let_go(const RoomId& room) override { log.push_back("let go " + room.value()); }
  EgressServer* egress() override { return egress_server; }
  IngressServer* ingress() override { return ingress_server; }

  bool was_told(const std::string& what) const { return std::ranges::find(log, what) != log.end(); }

  std::vector<MediaGrant> grants;
  std::vector<std::string> log;
  bool fail = false;
  bool mints = true;
  EgressServer* egress_server = nullptr;
  IngressServer* ingress_server = nullptr;

 private:
  void answer(const std::string& what, const MediaDone& done) {
    if (!fail) log.push_back(what);
    done(fail ? MediaOutcome::failed : MediaOutcome::done);
  }
};

inline const Caller kHost{UserId{"host"}, "Hanna", false};
inline const Caller kGuest{UserId{"guest"}, "Gus", false};
inline const Caller kAdmin{UserId{"backend"}, "", true};

class UseCases : public ::testing::Test {
 protected:
  void SetUp() override {
    app.users().seen(kHost);
    app.users().seen(kGuest);
    app.subscribe([this](const Committed& c) {
      for (const Event& event : c.events) events.push_back(std::string(name(event.type)));
    });
  }
  // Starts a use case and gives its answer.
  template <class T, class F>
  domain::Answer<T> ask(F start) {
    std::optional<domain::Answer<T>> answer;
    start([&](domain::Answer<T> a) { answer = std::move(a); });
    storage.run();
    EXPECT_TRUE(answer) << "every request is answered";
    return *answer;
  }
  template <class T>
  static std::string refusal(const domain::Answer<T>& answer) {
    return answer ? "" : std::string(info(answer.error().code).name);
  }
  RoomId create_room(const MaybeIdempotency& once = {}) {
    CreateRoom command;
    command.title = "Sale";
    return ask<Room>([&](auto done) { app.rooms().create(kHost, command, once, done); })->id;
  }
  domain::Answer<BroadcasterData> broadcaster(const Caller& who, const RoomId& room) {
    return ask<BroadcasterData>([&](auto done) { app.stage().broadcaster(who, room, {}, {}, done); });
  }
  domain::Answer<InviteAnswer> invite(const RoomId& room, const UserId& who, const MaybeIdempotency& once = {}) {
    return ask<InviteAnswer>([&](auto done) { app.invitations().create(kHost, room, who, {}, once, done); });
  }
  domain::Answer<Invitation> accept(const InvitationId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().accept(kGuest, id, {}, done); });
  }
  Room get(const RoomId& room) {
    return *ask<Room>([&](auto done) { app.rooms().get(kHost, room, done); });
  }
  void media(const MediaEvent& event) {
    app.on_media(event);
    storage.run();
  }
  LeaseId go_on_air(const Caller& who, const RoomId& room) {
    const auto data = broadcaster(who, room);
    EXPECT_EQ(refusal(data), "");
    media(ParticipantJoined{room, on_stage_as(who.user), data->lease});
    media(MediaDevicesChanged{room, on_stage_as(who.user), MediaDevice::off, MediaDevice::on, true});
    return data->lease;
  }
  LeaseId bring_guest_on_stage(const RoomId& room) {
    app.watching().start(kGuest, room, "connection");
    const auto invited = invite(room, kGuest.user);
    EXPECT_EQ(refusal(invited), "");
    EXPECT_EQ(refusal(accept(invited->invitation.id)), "");
    return go_on_air(kGuest, room);
  }
  void wait(std::chrono::milliseconds time) {
    clock.time += time;
    app.on_time();
    storage.run();
  }
  bool alive(const RoomId& room, const Caller& who, const LeaseId& lease) { return alive(app, room, who, lease); }
  static bool alive(App& app, const RoomId& room, const Caller& who, const LeaseId& lease) {
    bool alive = false;
    app.gate().may_publish(room, on_stage_as(who.user), lease, [&](bool may) { alive = may; });
    return alive;
  }

  storage::MemoryStorage storage;
  TestMedia server;
  VirtualClock clock;
  SeededRng rng{7};
  App app{storage, server, clock, rng};
  std::vector<std::string> events;
};

}  // namespace costage::app
