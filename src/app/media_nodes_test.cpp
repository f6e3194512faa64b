#include "app/media_nodes.hpp"

#include <memory>

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

// Some nodes with a media server each, and the database that they share.
class MediaNodesTest : public ::testing::Test {
 protected:
  struct Program {
    Program(storage::MemoryStorage& storage, const Clock& clock, Rng& rng, const std::string& name, int* headroom)
        : app(storage, media, clock, rng, cluster(name, headroom)) {}
    static Cluster cluster(const std::string& name, int* headroom) {
      Cluster out;
      out.is_shared = out.carries_media = true;
      out.node_id = name;
      out.url = "ws://" + name;
      out.headroom = [headroom] { return *headroom; };
      return out;
    }
    TestMedia media;
    App app;
    bool dead = false;
  };

  Program& start(const std::string& name) {
    auto& program = programs[name] = std::make_unique<Program>(storage, clock, rng, name, &headroom[name]);
    program->app.subscribe([this, name](const Committed& c) {
      for (const Event& event : c.events) told[name].push_back(event.type);
    });
    std::optional<bool> ok;
    program->app.start([&](bool started) { ok = started; });
    storage.run();
    EXPECT_EQ(ok, true);
    for (const Caller& one : {kHost, kGuest}) program->app.users().seen(one);
    storage.run();
    return *program;
  }
  // Both know of each other.
  std::pair<Program&, Program&> start_two() {
    std::pair<Program&, Program&> both{start("a"), start("b")};
    pass(1s);
    return both;
  }
  // In steps as a program takes them.
  void pass(std::chrono::milliseconds time) {
    constexpr std::chrono::milliseconds kStep{250};
    for (; time > 0ms; time -= kStep) {
      clock.time += kStep;
      storage.database.now = clock.time;
      for (const auto& [name, program] : programs)
        if (!program->dead) program->app.on_time();
      storage.run();
    }
  }
  template <class T, class F>
  domain::Answer<T> ask(F begin) {
    std::optional<domain::Answer<T>> answer;
    begin([&](domain::Answer<T> a) { answer = std::move(a); });
    storage.run();
    EXPECT_TRUE(answer) << "every request is answered";
    return *answer;
  }
  RoomId create_room(Program& at) {
    CreateRoom command;
    command.title = "Sale";
    const auto room = ask<Room>([&](auto done) { at.app.rooms().create(kHost, command, {}, done); });
    pass(1250ms);
    return room->id;
  }
  // Where that takes a seat, or the refusal.
  std::string seat_at(Program& asked, const RoomId& room, const Caller& who = kHost) {
    const auto data = ask<BroadcasterData>([&](auto done) { asked.app.stage().broadcaster(who, room, {}, {}, done); });
    if (!data) return std::string(info(data.error().code).name);
    lease = data->lease;
    return data->media.url;
  }
  std::string watch_at(Program& asked, const RoomId& room) {
    const auto media = ask<MediaCredentials>([&](auto done) { asked.app.stage().viewer(kGuest, room, done); });
    return media ? media->url : std::string(info(media.error().code).name);
  }
  void report(Program& from, const MediaEvent& event) {
    from.app.on_media(event);
    storage.run();
    pass(1250ms);
  }
  void go_on_air(Program& at, const RoomId& room) {
    report(at, ParticipantJoined{room, on_stage_as(kHost.user), lease});
    report(at, MediaDevicesChanged{room, on_stage_as(kHost.user), MediaDevice::on, MediaDevice::on, true});
  }
  Room get(Program& at, const RoomId& room) {
    return *ask<Room>([&](auto done) { at.app.rooms().get(kHost, room, done); });
  }
  bool admits(Program& at, const RoomId& room) {
    std::optional<bool> here;
    at.app.gate().carries(room, [&](bool carries) { here = carries; });
    storage.run();
    return here.value();
  }

  storage::MemoryStorage storage;
  VirtualClock clock;
  SeededRng rng{7};
  std::map<std::string, int> headroom{{"a", 50}, {"b", 50}};
  std::map<std::string, std::unique_ptr<Program>> programs;
  std::map<std::string, std::vector<EventType>> told;
  LeaseId lease;
};

TEST_F(MediaNodesTest, ANodeThatIsAskedCarriesTheShowIfItCan) {
  const auto [a, b] = start_two();
  const RoomId one = create_room(a), other = create_room(a);
  EXPECT_EQ(seat_at(b, one), "ws://b");
  EXPECT_EQ(watch_at(a, one), "ws://b") << "all of a show are on one node";
  headroom["b"] = 20;
  pass(1250ms);
  EXPECT_EQ(seat_at(b, other), "ws://a") << "it has less to give";
  EXPECT_EQ(get(a, one).media_epoch, 1u);
}

TEST_F(MediaNodesTest, ANodeThatHasJustBegunKeepsWhatItWasGiven) {
  Program& a = start("a");
  pass(1s);
  const RoomId room = create_room(a);
  Program& b = start("b");
  ASSERT_EQ(seat_at(b, room), "ws://b");
  EXPECT_EQ(watch_at(a, room), "ws://b") << "a has not heard of b yet";
  EXPECT_EQ(get(a, room).media_epoch, 1u);
}

TEST_F(MediaNodesTest, OnlyWhoCarriesItLetsAnybodyIn) {
  const auto [a, b] = start_two();
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(a, room), "ws://a");
  EXPECT_TRUE(admits(a, room));
  EXPECT_FALSE(admits(b, room)) << "also before it has heard of it";
  EXPECT_TRUE(admits(b, RoomId{"of another application"}));
  pass(1250ms);
  EXPECT_FALSE(admits(b, room));
}

TEST_F(MediaNodesTest, AnotherNodeTakesTheShowsOfOneThatDied) {
  const auto [a, b] = start_two();
  const RoomId on_air = create_room(a), idle = create_room(a);
  ASSERT_EQ(seat_at(a, on_air), "ws://a");
  ASSERT_EQ(watch_at(a, idle), "ws://a");
  go_on_air(a, on_air);
  ASSERT_EQ(get(a, on_air).status, RoomStatus::live);
  a.dead = true;
  told["b"].clear();
  pass(4s);
  EXPECT_EQ(watch_at(b, on_air), "ws://a") << "it may live";
  pass(2s);
  EXPECT_EQ(get(b, on_air).media_node, "b");
  EXPECT_EQ(get(b, on_air).media_epoch, 2u);
  EXPECT_EQ(told["b"], (std::vector<EventType>{EventType::room_media_moved, EventType::stage_reconnecting,
                                               EventType::room_waiting_reconnect}));
  EXPECT_EQ(seat_at(b, on_air), "ws://b") << "the same seat";
  go_on_air(b, on_air);
  EXPECT_EQ(get(b, on_air).status, RoomStatus::live);
  EXPECT_EQ(get(b, idle).media_node, "a") << "nobody needs it";
  EXPECT_EQ(watch_at(b, idle), "ws://b");
}

TEST_F(MediaNodesTest, WhatTheOldNodeSawSaysNothing) {
  const auto [a, b] = start_two();
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(a, room), "ws://a");
  go_on_air(a, room);
  a.dead = true;
  pass(6s);
  ASSERT_EQ(seat_at(b, room), "ws://b");
  go_on_air(b, room);
  a.dead = false;  // it was frozen
  a.app.on_media(ParticipantLeft{room, on_stage_as(kHost.user), "timeout"});
  pass(1s);
  EXPECT_EQ(get(b, room).status, RoomStatus::live);
  EXPECT_FALSE(admits(a, room));
  pass(MediaNodes::kLetGoAfter + 1s);
  EXPECT_TRUE(a.media.was_told("let go " + room.value()));
  EXPECT_FALSE(b.media.was_told("let go " + room.value()));
}

TEST_F(MediaNodesTest, EachNodeTellsItsOwnMediaServerWhatWasDecided) {
  const auto [a, b] = start_two();
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(b, room), "ws://b");
  go_on_air(b, room);
  ask<StageView>([&](auto done) { a.app.stage().leave(kHost, room, {}, done); });
  pass(1250ms);
  EXPECT_TRUE(b.media.was_told("remove host")) << "a leads, b carries";
}

TEST_F(MediaNodesTest, ANodeThatIsToEndGivesItsShowsAwayAtAQuietMoment) {
  const auto [a, b] = start_two();
  const RoomId quiet = create_room(a), loud = create_room(a), later = create_room(a), waiting = create_room(a);
  ASSERT_EQ(watch_at(a, waiting), "ws://a");
  ASSERT_EQ(seat_at(a, loud), "ws://a");
  go_on_air(a, loud);
  ASSERT_EQ(seat_at(a, quiet), "ws://a");
  bool done = false;
  a.app.drain({true, 20s}, [&] { done = true; });
  pass(1250ms);
  EXPECT_EQ(get(b, quiet).media_node, "b");
  EXPECT_EQ(get(b, loud).media_node, "a");
  EXPECT_EQ(seat_at(a, later), "ws://b") << "it takes no more";
  EXPECT_EQ(seat_at(b, waiting), "ws://b") << "nor does anything begin there";
  pass(8s);
  EXPECT_EQ(get(b, loud).media_node, "a");
  EXPECT_FALSE(done);
  pass(2s);
  EXPECT_EQ(get(b, loud).media_node, "b") << "half of the time is over";
  EXPECT_FALSE(done) << "people are still on their way";
  pass(MediaNodes::kLetGoAfter + 1s);
  EXPECT_TRUE(done);
}

TEST_F(MediaNodesTest, ShowsMayStayToTheirEnd) {
  Program& a = start("a");
  start("b");
  pass(1s);
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(a, room), "ws://a");
  go_on_air(a, room);
  int done = 0;
  a.app.drain({false, 60s}, [&] { ++done; });
  pass(30s);
  EXPECT_EQ(get(a, room).media_node, "a");
  EXPECT_EQ(done, 0);
  ask<Room>([&](auto finished) { a.app.rooms().stop(kHost, room, {}, finished); });
  pass(1s);
  EXPECT_EQ(done, 1);
  const RoomId other = create_room(a);
  EXPECT_EQ(watch_at(a, other), "ws://b");
}

TEST_F(MediaNodesTest, WhoIsAloneHasNowhereToGiveThem) {
  Program& a = start("a");
  pass(1s);
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(a, room), "ws://a");
  bool done = false;
  a.app.drain({true, 60s}, [&] { done = true; });
  EXPECT_TRUE(done);
}

TEST_F(MediaNodesTest, ANodeThatIsFullTakesNoViewerMoreButAllWhoPerform) {
  const auto [a, b] = start_two();
  const RoomId room = create_room(a);
  ASSERT_EQ(seat_at(a, room), "ws://a");
  headroom["a"] = 0;
  pass(1250ms);
  EXPECT_EQ(watch_at(b, room), "server_full");
  EXPECT_EQ(seat_at(b, room), "ws://a");
  EXPECT_EQ(watch_at(a, create_room(a)), "ws://b") << "another show is carried elsewhere";
  headroom["a"] = 5;
  pass(1250ms);
  EXPECT_EQ(watch_at(b, room), "ws://a");
}

TEST_F(MediaNodesTest, ADatabaseThatWasAwayMovesNoShow) {
  const auto [a, b] = start_two();
  const RoomId room = create_room(b);
  ASSERT_EQ(seat_at(b, room), "ws://b");
  go_on_air(b, room);
  storage.full = true;
  pass(60s);
  storage.full = false;
  b.dead = true;  // it is the later one to come back
  pass(1250ms);
  EXPECT_EQ(watch_at(a, room), "unavailable") << "nobody knows yet";
  b.dead = false;
  pass(8s);
  EXPECT_EQ(get(a, room).media_node, "b");
  EXPECT_EQ(get(a, room).status, RoomStatus::live);
}

}  // namespace
}  // namespace costage::app
