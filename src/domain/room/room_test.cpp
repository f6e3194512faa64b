#include "domain/room/room.hpp"

#include <gtest/gtest.h>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(RoomStatuses, WordsReadBothWays) {  // N-001
  for (RoomStatus status : all_room_statuses()) EXPECT_EQ(room_status_from(name(status)), status);
  EXPECT_EQ(name(RoomStatus::waiting_reconnect), "waitingReconnect");
  EXPECT_EQ(room_status_from("paused"), std::nullopt);
}

TEST(RoomStatuses, NothingLeadsBackFromTheEnd) {  // N-004, D14
  for (RoomStatus from : {RoomStatus::ended, RoomStatus::recorded, RoomStatus::terminated, RoomStatus::error})
    for (RoomStatus to : all_room_statuses())
      EXPECT_FALSE(may_become(from, to) && is_open(to)) << name(from) << name(to);
  for (RoomStatus from : all_room_statuses()) EXPECT_FALSE(may_become(from, RoomStatus::idle)) << name(from);
}

TEST(Room, GoesLiveWithTheHostsFirstTrack) {  // N-002
  Show show;
  EXPECT_EQ(show.status(), RoomStatus::idle);
  EXPECT_EQ(show.open_lease(kHost), "");
  EXPECT_EQ(show(MediaJoined{kHost.user, show.seat(kHost)->lease}), "");
  EXPECT_EQ(show.status(), RoomStatus::idle) << "connected is not yet on air";
  EXPECT_EQ(show(DevicesChanged{kHost.user, Device::on, Device::off, true}), "");
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_EQ(show.state.room.live_at, show.now);
}

TEST(Room, WaitsForItsHostAndGoesOn) {  // D10, N-002
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaLeft{kHost.user}), "");
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::on_air) << "the co-host does not drop";
  show.now += 59s;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.open_lease(kHost), "");
  EXPECT_EQ(show(MediaJoined{kHost.user, show.seat(kHost)->lease}), "");
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_FALSE(show.state.room.reconnect_by);
}

TEST(Room, EndsWhenItsHostDoesNotComeBack) {  // D10, N-017
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaInterrupted{kHost.user}), "");
  show.now += 60s;
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.status(), RoomStatus::ended);
  EXPECT_TRUE(show.state.stage.seats.empty());
}

TEST(Room, HostWhoStepsOffHasTheGrace) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(LeaveStage{kHost}), "");
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  EXPECT_EQ(show.open_lease(kHost), "");
  show.connect(kHost);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST(Room, StopEndsItForEverybodyAndForGood) {  // S-005, S-008, S-067, N-004
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(StopRoom{kGuest}), "not_permitted");
  EXPECT_EQ(show(StopRoom{kOther}), "not_permitted");
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show.status(), RoomStatus::ended);
  EXPECT_TRUE(show.state.stage.seats.empty());
  EXPECT_EQ(show.last.back().type, EventType::room_ended) << "the end is the last event";
  EXPECT_EQ(show(StopRoom{kHost}), "room_ended");
}

TEST(Room, RestartOfTheMediaServerGivesTheGraceToAll) {
  Show show;
  show.go_live();
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(MediaLost{}), "");
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  EXPECT_EQ(show.seat(kGuest)->state, SeatState::reconnecting);
  EXPECT_EQ(next_deadline(show.state), show.now + 60s);
  show.connect(kHost);
  show.connect(kGuest);
  EXPECT_EQ(show.status(), RoomStatus::live);
}

TEST(Room, AnotherMediaServerCarriesItOnlyInsteadOfTheOneThatDid) {
  Show show;
  EXPECT_EQ(show(CarryMedia{"a", ""}), "");
  EXPECT_EQ(show.last.size(), 1u) << "before anybody is connected nothing else changes";
  show.go_live();
  show.bring_on_stage(kGuest);
  const auto leases = [&] { return std::pair{show.seat(kHost)->lease, show.seat(kGuest)->lease}; };
  const auto held = leases();
  EXPECT_EQ(show(CarryMedia{"c", "b"}), "");
  EXPECT_TRUE(show.last.empty()) << "b had it no more";
  EXPECT_EQ(show(CarryMedia{"b", "a"}), "");
  EXPECT_EQ(show.last.front().type, EventType::room_media_moved);
  EXPECT_EQ(show.state.room.media_node, "b");
  EXPECT_EQ(show.state.room.media_epoch, 2u);
  EXPECT_EQ(show.status(), RoomStatus::waiting_reconnect);
  EXPECT_EQ(leases(), held) << "everybody keeps their seat";
  show.connect(kHost);
  EXPECT_EQ(show.status(), RoomStatus::live);
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(show(CarryMedia{"a", "b"}), "");
  EXPECT_TRUE(show.last.empty()) << "it is over";
}

TEST(Room, CreationChecksWhatIsGiven) {
  CreateRoom create;
  create.actor = kHost;
  create.id = RoomId{"r"};
  const auto field = [&] {
    const auto answer = create_room(create, WallTime{});
    return answer ? std::string{} : answer.error().field;
  };
  EXPECT_EQ(field(), "title");
  create.title = "Sale";
  EXPECT_EQ(field(), "");
  create.policies.max_co_hosts = 12;
  EXPECT_EQ(field(), "policies.maxCoHosts");
  create.policies = {.invitation_ttl = 5s};
  EXPECT_EQ(field(), "policies.invitationTtlSeconds");
  create.policies = {.reconnect_grace = 301s};
  EXPECT_EQ(field(), "policies.reconnectGraceSeconds");
}

TEST(Room, IsPlannedAheadAndWithinAYear) {
  Show show;
  const auto plan = [&](std::optional<WallTime> at) {
    UpdateRoom update{show.state.room, kHost};
    update.scheduled_at = at;
    return show(update);
  };
  EXPECT_EQ(plan(show.now - 1s), "invalid_request");
  EXPECT_EQ(plan(show.now + std::chrono::days{367}), "invalid_request");
  const WallTime tomorrow = show.now + 24h;
  EXPECT_EQ(plan(tomorrow), "");
  EXPECT_EQ(show.state.room.scheduled_at, tomorrow);
  show.now += 48h;
  EXPECT_EQ(plan(tomorrow), "") << "what is over may stay, whatever else is changed";
  EXPECT_EQ(plan(std::nullopt), "");
  EXPECT_FALSE(show.state.room.scheduled_at);
}

TEST(Room, AnotherCoverIsAnotherTime) {
  Show show;
  EXPECT_EQ(show(SetCover{kGuest, true}), "not_permitted");
  EXPECT_EQ(show(SetCover{kHost, true}), "");
  EXPECT_EQ(show.state.room.cover_at, show.now);
  EXPECT_EQ(show(SetCover{kHost, true}), "");
  EXPECT_EQ(show.state.room.cover_at, show.now + 1ms) << "also when it was chosen at once";
  EXPECT_EQ(show(SetCover{kHost, false}), "");
  EXPECT_FALSE(show.state.room.cover_at);
}

// Found by schemathesis: the contract's maxLength counts code points, the limits counted bytes.
TEST(Room, TextLimitsCountCharactersInEveryScript) {
  const auto times = [](int n, const char* text) {
    std::string out;
    for (int i = 0; i < n; ++i) out += text;
    return out;
  };
  CreateRoom create;
  create.actor = kAdmin;
  create.title = times(200, "日");
  create.description = times(5'000, "ё");
  create.external_id = times(200, "é");
  create.host = kHost.user;
  create.host_name = times(100, "🎥");
  EXPECT_TRUE(create_room(create, WallTime{}));
  create.title += "日";
  EXPECT_EQ(create_room(create, WallTime{}).error().field, "title");
}

TEST(Room, ANameForTheHostIsLimitedAlsoWhereItIsNotUsed) {
  CreateRoom create;
  create.actor = kHost;
  create.title = "Sale";
  create.host_name = std::string(101, 'h');
  const auto refused = create_room(create, WallTime{});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "hostName");
}

TEST(Room, OnlyAnAdminCreatesForSomebodyElse) {
  CreateRoom create;
  create.actor = kGuest;
  create.title = "Sale";
  create.host = kHost.user;
  EXPECT_EQ(create_room(create, WallTime{}).error().code, Code::not_permitted);
  create.actor = kAdmin;
  const auto events = create_room(create, WallTime{});
  ASSERT_TRUE(events);
  EXPECT_EQ(replay(RoomState{}, *events).room.host, kHost.user);
}

TEST(Room, TagsAreFewWordsEachOnce) {
  Show show;
  const auto with = [&](std::vector<std::string> tags) {
    UpdateRoom update{show.state.room, kHost};
    update.tags = std::move(tags);
    return show(update);
  };
  EXPECT_EQ(with({"clay", std::string(32, 'x'), "κεραμική"}), "");
  EXPECT_EQ(with(std::vector<std::string>(9, "x")), "invalid_request");
  EXPECT_EQ(with({"x", "x"}), "invalid_request");
  EXPECT_EQ(with({""}), "invalid_request");
  EXPECT_EQ(with({" "}), "invalid_request");
  EXPECT_EQ(with({"two\nlines"}), "invalid_request");
  EXPECT_EQ(with({std::string(33, 'x')}), "invalid_request");
  EXPECT_EQ(show.state.room.tags.size(), 3u);
}

TEST(Room, UpdateIsTheHosts) {  // N-010
  Show show;
  UpdateRoom update{show.state.room, kGuest};
  update.title = "Better";
  EXPECT_EQ(show(update), "not_permitted");
  update.actor = kHost;
  const auto version = show.state.room.version;
  EXPECT_EQ(show(update), "");
  EXPECT_EQ(show.state.room.title, "Better");
  EXPECT_EQ(show.state.room.version, version + 1);
  EXPECT_EQ(show(update), "");
  EXPECT_TRUE(show.last.empty()) << "no change, no event";
}

}  // namespace
}  // namespace costage::domain
