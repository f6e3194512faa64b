#include <stdexcept>

#include "adapters/storage/memory/memory_database.hpp"
#include "adapters/storage/testing/postgres_server.hpp"
#include "adapters/storage/testing/store_suite.hpp"
#include "adapters/storage/testing/temporary_database.hpp"

namespace costage::storage {

using namespace domain;
using namespace std::chrono_literals;

namespace {

const Actor kHost{UserId{"host"}, "Hanna", false};
const Actor kGuest{UserId{"guest"}, "Gus \"the\" guest ü", false};

Events creation(const std::string& id, WallTime at) {
  CreateRoom create;
  create.actor = kHost;
  create.id = RoomId{id};
  create.title = "Sale";
  create.metadata = R"({"shop":"7"})";
  create.external_id = "ext";
  create.media_region = "far";
  return *create_room(create, at);
}

Invite invite(const Actor& who, const std::string& id) {
  Invite invite;
  invite.actor = kHost;
  invite.id = InvitationId{id};
  invite.invitee = who.user;
  invite.invitee_name = who.name;
  invite.invitee_watching = true;
  return invite;
}

template <class T>
std::vector<std::string> ids(const app::Page<T>& page) {
  std::vector<std::string> out;
  for (const T& item : page.items) out.push_back(item.id.value());
  return out;
}
using Ids = std::vector<std::string>;

std::unique_ptr<Database> make_memory() { return std::make_unique<MemoryDatabase>(); }

}  // namespace

RoomState StoreSuite::run(const RoomId& room, const Command& command) {
  return in_transaction([&](app::Transaction& tx) {
    const RoomState before = *tx.rooms().load(room);
    const auto events = decide(before, command, now);
    if (!events) throw std::runtime_error(std::string(events.error().sentence()));
    const RoomState after = replay(before, *events);
    if (!events->empty()) tx.rooms().save(before, after, *events);
    return after;
  });
}

RoomState StoreSuite::create(const std::string& id, WallTime at) {
  return in_transaction([&](app::Transaction& tx) {
    const Events events = creation(id, at);
    const RoomState state = replay(RoomState{}, events);
    tx.rooms().save({}, state, events);
    return state;
  });
}

Egress egress(const std::string& id, EgressState state) {
  Egress out;
  out.id = EgressId{id};
  out.state = state;
  out.started_at = from_unix_ms(1'800'000'000'123);
  if (!is_over(state)) return out;
  out.destinations = {"rtmp://a/{k...y}", "rtmp://b/{k...y}"};
  out.failed = {"rtmp://b/{k...y}"};
  out.file = "shows/\"r\".mp4";
  out.file_seconds = 61;
  out.file_bytes = 5'000'000'000;
  out.error = "ü";
  return out;
}

TEST_P(StoreSuite, GivesBackWhatWasSavedThroughAWholeShow) {
  const RoomId room{"r"};
  const auto expect_stored = [&](const RoomState& state) { EXPECT_EQ(load(room), state) << "seq " << state.seq; };
  expect_stored(create("r", now));
  const std::vector<Command> show{
      OpenLease{kHost, LeaseId{"l1"}},
      MediaJoined{kHost.user, LeaseId{"l1"}},
      DevicesChanged{kHost.user, Device::off, Device::on, true},
      AskToJoin{kGuest, RequestId{"q1"}, "I make \"cups\" ü"},
      AskToJoin{kGuest, RequestId{"q1"}, "and pots"},
      AskToJoin{{UserId{"other"}, "Olga"}, RequestId{"q2"}, ""},
      DeclineRequest{{kHost, RequestId{"q2"}}, "later"},
      invite(kGuest, "i1"),
      RejectInvitation{kGuest, InvitationId{"i1"}},
  };
  const std::vector<Command> later{
      invite(kGuest, "i2"),
      AcceptInvitation{kGuest, InvitationId{"i2"}},
      OpenLease{kGuest, LeaseId{"l2"}},
      DevicesChanged{kGuest.user, Device::on, Device::off, true},
      DevicesChanged{kGuest.user, Device::muted, Device::off, false},
      SetRunOfShow{kHost, {{{"Clay", kGuest.user}, {"Questions", {}}}, 1}},
      SetRunOfShow{kHost, {{{"Questions", {}}}, {}}},
      SetScene{kHost, {Layout::spotlight, kGuest.user, {kGuest.user, kHost.user}}},
      EgressReported{egress("EG_1", EgressState::starting), kHost.user},
      EgressReported{egress("EG_2", EgressState::active), {}},
      EgressReported{egress("EG_1", EgressState::complete), {}},
      MediaLeft{kHost.user},
      RemoveFromStage{kHost, kGuest.user},
      StopRoom{kHost},
  };
  for (const Command& command : show) expect_stored(run(room, command));
  now += 40s;
  for (const Command& command : later) expect_stored(run(room, command));
  const Events history = in_transaction([&](app::Transaction& tx) { return tx.history().since(room, 0, 1000); });
  EXPECT_EQ(replay(RoomState{}, history), load(room)) << "the history tells the same story";
}

TEST_P(StoreSuite, RefusalsAndFailuresUndoOnlyTheirOwnWrites) {
  const auto write = [&](const std::string& id, std::function<bool()> end) {
    return Unit{[=, this](app::Transaction& tx) {
                  tx.users().put({UserId{id}, "Name"});
                  const Events events = creation(id, now);
                  tx.rooms().save({}, replay(RoomState{}, events), events);
                  return end();
                },
                {}};
  };
  const auto fail = []() -> bool { throw std::runtime_error("broken"); };
  const auto results = run_together(*database, {write("a", [] { return true; }), write("b", [] { return false; }),
                                                write("c", fail), write("d", [] { return true; })});
  using enum app::Commit;
  EXPECT_EQ(results, (std::vector{done, done, failed, done}));
  const auto known = [&](const char* id) {
    return in_transaction([&](app::Transaction& tx) {
      EXPECT_EQ(tx.users().find(UserId{id}).has_value(), tx.rooms().load(RoomId{id}).has_value());
      return tx.rooms().load(RoomId{id}).has_value();
    });
  };
  EXPECT_TRUE(known("a") && known("d"));
  EXPECT_FALSE(known("b") || known("c"));
}

TEST_P(StoreSuite, AStaleWriterLosesTheRace) {
  const RoomState old = create("r", now);
  run(RoomId{"r"}, OpenLease{kHost, LeaseId{"l"}});
  const auto events = decide(old, invite(kGuest, "i"), now);
  const auto results = run_together(*database, {{[&](app::Transaction& tx) {
                                                   tx.rooms().save(old, replay(old, *events), *events);
                                                   return true;
                                                 },
                                                 {}}});
  EXPECT_EQ(results.at(0), app::Commit::lost_race);
  EXPECT_EQ(load(RoomId{"r"}).seq, 2u);
}

TEST_P(StoreSuite, ListsRoomsInPagesBothWays) {  // N-011
  for (int i = 0; i < 5; ++i) create("r" + std::to_string(i), now + std::chrono::seconds(i / 2));
  run(RoomId{"r3"}, StopRoom{kHost});
  const auto list = [&](app::RoomFilter filter, app::PageRequest page) {
    return in_transaction([&](app::Transaction& tx) { return tx.rooms().list(filter, page); });
  };
  const auto first = list({}, {2, ""});
  EXPECT_EQ(ids(first), (Ids{"r0", "r1"}));
  const auto second = list({}, {2, first.next_cursor});
  EXPECT_EQ(ids(second), (Ids{"r2", "r3"}));
  const auto third = list({}, {2, second.next_cursor});
  EXPECT_EQ(ids(third), (Ids{"r4"}));
  EXPECT_EQ(third.next_cursor, "");
  EXPECT_EQ(ids(list({{RoomStatus::idle}, {}, app::SortBy::last_created}, {10, ""})), (Ids{"r4", "r2", "r1", "r0"}));
  EXPECT_EQ(ids(list({{RoomStatus::ended, RoomStatus::live}}, {10, ""})), (Ids{"r3"}));
}

TEST_P(StoreSuite, KeepsPicturesOfEachKindApart) {
  create("r", now);
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
  Picture cover{RoomId{"r"}, PictureKind::cover, PictureFormat::webp, all_bytes, now};
  const Picture live{RoomId{"r"}, PictureKind::live, PictureFormat::jpeg, "\xFF", now + 1s};
  const auto find = [&](PictureKind kind) {
    return in_transaction([&](app::Transaction& tx) { return tx.pictures().find(RoomId{"r"}, kind); });
  };
  const auto put = [&](const Picture& picture) {
    in_transaction([&](app::Transaction& tx) { return tx.pictures().put(picture), true; });
  };
  EXPECT_FALSE(find(PictureKind::cover));
  put(cover);
  put(live);
  EXPECT_EQ(find(PictureKind::cover), cover);
  cover.bytes = "another";
  put(cover);
  EXPECT_EQ(find(PictureKind::cover), cover);
  EXPECT_EQ(find(PictureKind::live), live);
  in_transaction([&](app::Transaction& tx) { return tx.pictures().remove(RoomId{"r"}, PictureKind::cover), true; });
  EXPECT_FALSE(find(PictureKind::cover));
  EXPECT_EQ(find(PictureKind::live), live);
}

TEST_P(StoreSuite, FindsRoomsByTheirTags) {
  const auto tag = [&](const char* id, std::vector<std::string> tags) {
    UpdateRoom update{create(id, now).room, kHost};
    update.tags = std::move(tags);
    run(RoomId{id}, update);
    EXPECT_EQ(load(RoomId{id}).room.tags, update.tags);
  };
  tag("a", {"clay", "50% off", "a\"clay\"b"});
  tag("b", {"Clay", "ton ü"});
  tag("c", {});
  const auto list = [&](std::vector<std::string> tags) {
    return ids(in_transaction([&](app::Transaction& tx) { return tx.rooms().list({{}, tags}, {10, ""}); }));
  };
  EXPECT_EQ(list({}), (Ids{"a", "b", "c"}));
  EXPECT_EQ(list({"clay"}), (Ids{"a"}));
  EXPECT_EQ(list({"50% off", "clay"}), (Ids{"a"})) << "all of them";
  EXPECT_EQ(list({"clay", "ton ü"}), Ids{});
  EXPECT_EQ(list({"lay"}), Ids{}) << "whole words";
  EXPECT_EQ(list({"ton ü"}), (Ids{"b"}));
}

TEST_P(StoreSuite, FindsTheRoomsThatAreNotOver) {
  for (const char* id : {"a", "b", "c", "d"}) create(id, now);
  run(RoomId{"b"}, StopRoom{kHost});
  const auto open = [&](const char* after, std::size_t limit) {
    return in_transaction([&](app::Transaction& tx) { return tx.rooms().open_after(RoomId{after}, limit); });
  };
  EXPECT_EQ(open("", 2), (std::vector{RoomId{"a"}, RoomId{"c"}}));
  EXPECT_EQ(open("c", 2), (std::vector{RoomId{"d"}}));
}

TEST_P(StoreSuite, ListsInvitationsAsTheyAreSeenNow) {  // S-041, S-046
  const RoomId room{"r"};
  create("r", now);
  run(room, invite(kGuest, "i1"));
  now += 61s;
  run(room, invite(kGuest, "i2"));
  run(room, AcceptInvitation{kGuest, InvitationId{"i2"}});
  run(room, invite({UserId{"other"}, "Olga", false}, "i3"));
  const auto list = [&](app::InvitationFilter filter) {
    filter.now = now;
    return ids(in_transaction([&](app::Transaction& tx) { return tx.invitations().list(filter, {10, ""}); }));
  };
  using enum InvitationStatus;
  EXPECT_EQ(list({room}), (Ids{"i3", "i2", "i1"}));
  EXPECT_EQ(list({kGuest.user}), (Ids{"i2", "i1"}));
  EXPECT_EQ(list({kGuest.user, {expired}}), (Ids{"i1"}));
  EXPECT_EQ(list({room, {pending}}), (Ids{"i3"}));
  now += 60s;
  EXPECT_EQ(list({room, {pending}}), Ids{}) << "past its time, though nobody has marked it";
  EXPECT_EQ(list({room, {expired, accepted}}), (Ids{"i3", "i2", "i1"}));
}

TEST_P(StoreSuite, ListsRequestsOfARoomAsTheyAreSeen) {  // S-031
  const RoomId room{"r"};
  create("r", now);
  const Actor other{UserId{"other"}, "Olga"};
  run(room, AskToJoin{kGuest, RequestId{"q1"}, ""});
  run(room, WithdrawRequest{{kGuest, RequestId{"q1"}}});
  now += 1s;
  run(room, AskToJoin{kGuest, RequestId{"q2"}, ""});
  now += 1s;
  run(room, AskToJoin{other, RequestId{"q3"}, ""});
  const auto list = [&](std::vector<RequestStatus> statuses, std::size_t limit = 10) {
    return in_transaction([&](app::Transaction& tx) { return tx.requests().list({room, statuses, now}, {limit, ""}); });
  };
  using enum RequestStatus;
  EXPECT_EQ(ids(list({})), (Ids{"q1", "q2", "q3"}));
  EXPECT_EQ(ids(list({waiting})), (Ids{"q2", "q3"}));
  EXPECT_EQ(ids(list({}, 2)), (Ids{"q1", "q2"}));
  EXPECT_FALSE(list({}, 2).next_cursor.empty());
  const auto newest = [&](const UserId& user) {
    return in_transaction([&](app::Transaction& tx) { return tx.requests().newest_of(room, user); });
  };
  EXPECT_EQ(newest(kGuest.user)->id, RequestId{"q2"});
  EXPECT_FALSE(newest(kHost.user));
  now += 599s;
  EXPECT_EQ(ids(list({waiting})), Ids{"q3"}) << "past its time, though nobody has marked it";
  EXPECT_EQ(ids(list({withdrawn, expired})), (Ids{"q1", "q2"}));
}

TEST_P(StoreSuite, CountsHowOftenSomebodyWasOnStage) {
  const RoomId room{"r"};
  create("r", now);
  run(room, OpenLease{kHost, LeaseId{"l1"}});
  run(room, MediaJoined{kHost.user, LeaseId{"l1"}});
  run(room, DevicesChanged{kHost.user, Device::off, Device::on, true});
  const auto count = [&] {
    return in_transaction([&](app::Transaction& tx) { return tx.invitations().appearances(room, kGuest.user); });
  };
  for (int i = 0; i < 2; ++i) {
    const std::string id = "i" + std::to_string(i);
    run(room, invite(kGuest, id));
    run(room, AcceptInvitation{kGuest, InvitationId{id}});
    EXPECT_EQ(count(), i);
    run(room, OpenLease{kGuest, LeaseId{"l" + id}});
    EXPECT_EQ(count(), i + 1);
    run(room, RemoveFromStage{kHost, kGuest.user});
    EXPECT_EQ(count(), i + 1);
    const auto kept = in_transaction([&](app::Transaction& tx) { return tx.invitations().find(InvitationId{id}); });
    EXPECT_EQ(kept->admission, Admission::revoked) << "also who asks later is told";
  }
}

TEST_P(StoreSuite, CountsWhatWaitsForAnInviteeInOtherRooms) {
  create("r1", now);
  create("r2", now);
  run(RoomId{"r1"}, invite(kGuest, "i1"));
  run(RoomId{"r2"}, invite(kGuest, "i2"));
  const auto count = [&](const char* except, WallTime at) {
    return in_transaction(
        [&](app::Transaction& tx) { return tx.invitations().pending_elsewhere(kGuest.user, RoomId{except}, at); });
  };
  EXPECT_EQ(count("r1", now), 1u);
  EXPECT_EQ(count("r3", now), 2u);
  EXPECT_EQ(count("r3", now + 60s), 0u);
}

TEST_P(StoreSuite, ServesEventsFromAnyPlace) {
  create("r", now);
  create("other", now);
  run(RoomId{"r"}, OpenLease{kHost, LeaseId{"l"}});
  run(RoomId{"r"}, StopRoom{kHost});
  const auto seqs = [&](std::uint64_t since, std::size_t limit) {
    std::vector<std::uint64_t> out;
    for (const Event& event :
         in_transaction([&](app::Transaction& tx) { return tx.history().since(RoomId{"r"}, since, limit); }))
      out.push_back(event.seq);
    return out;
  };
  EXPECT_EQ(seqs(0, 100), (std::vector<std::uint64_t>{1, 2, 3, 4}));
  EXPECT_EQ(seqs(1, 2), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(seqs(4, 100), std::vector<std::uint64_t>{});
}

TEST_P(StoreSuite, WhatIsRememberedOfARoomIsWhatIsStored) {
  create("room-1", now);
  run(RoomId{"room-1"}, invite(kGuest, "inv"));
  std::optional<RoomState> remembered;
  const auto commits = run_together(*database, {{[&](app::Transaction& tx) {
                                                   const RoomState before = *tx.rooms().load(RoomId{"room-1"});
                                                   const auto events = *decide(
                                                       before, AcceptInvitation{{kGuest, InvitationId{"inv"}}}, now);
                                                   tx.rooms().save(before, replay(before, events), events);
                                                   return true;
                                                 },
                                                 {}},
                                                {[&](app::Transaction& tx) {
                                                   remembered = tx.rooms().load(RoomId{"room-1"});
                                                   return false;
                                                 },
                                                 {}}});
  EXPECT_EQ(commits, (std::vector<app::Commit>{app::Commit::done, app::Commit::done}));
  EXPECT_EQ(remembered, load(RoomId{"room-1"}));
  EXPECT_EQ(remembered->invitations.newest.front().status, InvitationStatus::accepted);
}

TEST_P(StoreSuite, AfterAWriteThatWasUndoneARoomIsAsItIsStored) {
  create("room-1", now);
  const auto rename = [&](const char* title, bool keep) {
    run_together(*database, {{[&](app::Transaction& tx) {
                                const RoomState before = *tx.rooms().load(RoomId{"room-1"});
                                UpdateRoom update{before.room, kHost};
                                update.title = title;
                                const auto events = *decide(before, update, now);
                                tx.rooms().save(before, replay(before, events), events);
                                return keep;
                              },
                              {}}});
  };
  rename("never was", false);
  rename("is", true);
  EXPECT_EQ(load(RoomId{"room-1"}).room.title, "is");
}

TEST_P(StoreSuite, RemembersWhatWasMadeForAWhile) {
  for (const app::Made& made :
       {app::Made{RoomId{"r"}}, app::Made{RoomId{"r"}, "inv", true}, app::Made{{}, "ü", false}}) {
    const app::IdempotencyRecord record{kHost.user, "key", "digest", now, made};
    in_transaction([&](app::Transaction& tx) { return tx.answers().put(record), 0; });
    EXPECT_EQ(in_transaction([&](app::Transaction& tx) { return tx.answers().find(kHost.user, "key"); }), record);
    in_transaction([&](app::Transaction& tx) {
      EXPECT_THROW(tx.answers().put(record), app::LostRace) << "another writer was there first";
      return true;
    });
    now += limits::kIdempotencyKept;
  }
  now -= limits::kIdempotencyKept;
  const auto is_known_after_forgetting = [&](WallTime time) {
    return in_transaction([&](app::Transaction& tx) {
      tx.answers().forget_before(time);
      return tx.answers().find(kHost.user, "key").has_value();
    });
  };
  EXPECT_FALSE(in_transaction([&](app::Transaction& tx) { return tx.answers().find(kGuest.user, "key"); }));
  EXPECT_TRUE(is_known_after_forgetting(now));
  EXPECT_FALSE(is_known_after_forgetting(now + 1ms));
}

TEST_P(StoreSuite, KnowsUsersByTheirNewestName) {  // S-022
  const auto name_after = [&](const char* name) {
    return in_transaction([&](app::Transaction& tx) {
      tx.users().put({UserId{"u"}, name});
      return tx.users().find(UserId{"u"})->name;
    });
  };
  EXPECT_EQ(name_after("First"), "First");
  EXPECT_EQ(name_after("Second"), "Second");
  EXPECT_FALSE(in_transaction([&](app::Transaction& tx) { return tx.users().find(UserId{"nobody"}); }));
}

TEST_P(StoreSuite, KnowsWhoTakesNoInvitations) {  // S-023
  const UserId user{"u"};
  const auto takes = [&](std::function<void(app::UserStore&)> change) {
    return in_transaction([&](app::Transaction& tx) {
      change(tx.users());
      return tx.users().find(user)->takes_invitations;
    });
  };
  EXPECT_TRUE(takes([&](auto& users) { users.put({user, "First"}); }));
  EXPECT_FALSE(takes([&](auto& users) { users.set_takes_invitations(user, false); }));
  EXPECT_FALSE(takes([&](auto& users) { users.put({user, "Second"}); })) << "another name changes nothing";
  EXPECT_TRUE(takes([&](auto& users) { users.set_takes_invitations(user, true); }));
}

TEST_P(StoreSuite, KnowsWhoBlockedWhom) {
  const UserId ann{"ann"}, bob{"bob"}, cleo{"cleo"};
  const auto in = [&](auto act) { return in_transaction([&](app::Transaction& tx) { return act(tx.blocks()); }); };
  in([&](auto& blocks) { return blocks.put({bob, ann, now}), blocks.put({cleo, ann, now + 1s}), 0; });
  in([&](auto& blocks) { return blocks.put({bob, ann, now + 2s}), 0; });
  EXPECT_EQ(in([&](auto& blocks) { return blocks.count(ann); }), 2u);
  EXPECT_TRUE(in([&](auto& blocks) { return blocks.has_any({cleo, ann}, bob); }));
  EXPECT_FALSE(in([&](auto& blocks) { return blocks.has_any({bob, cleo}, ann); }));
  EXPECT_FALSE(in([&](auto& blocks) { return blocks.has_any({}, ann); }));
  const auto page = in([&](auto& blocks) { return blocks.list(ann, {1, ""}); });
  EXPECT_EQ(page.items, (std::vector<app::Block>{{bob, ann, now}}));
  EXPECT_EQ(in([&](auto& blocks) { return blocks.list(ann, {1, page.next_cursor}); }).items,
            (std::vector<app::Block>{{cleo, ann, now + 1s}}));
  in([&](auto& blocks) { return blocks.remove(ann, bob), blocks.remove(ann, bob), 0; });
  EXPECT_FALSE(in([&](auto& blocks) { return blocks.has_any({ann}, bob); }));
}

TEST_P(StoreSuite, KnowsHowFarAHistoryWasFollowed) {
  for (const char* id : {"a", "b", "c"}) create(id, now);
  run(RoomId{"b"}, OpenLease{kHost, LeaseId{"l"}});
  const auto put = [&](const char* follower, const char* room, std::uint64_t seq) {
    in_transaction([&](app::Transaction& tx) { return tx.history().put_position(follower, {RoomId{room}, seq}), 0; });
  };
  const auto behind = [&](const char* follower, const char* after, std::size_t limit) {
    std::vector<std::string> out;
    for (const auto& one :
         in_transaction([&](app::Transaction& tx) { return tx.history().behind(follower, RoomId{after}, limit); }))
      out.push_back(one.room.value() + ' ' + std::to_string(one.followed) + '/' + std::to_string(one.last));
    return out;
  };
  put("f", "a", 1);
  put("f", "b", 1);
  EXPECT_EQ(behind("f", "", 10), (Ids{"b 1/2", "c 0/1"}));
  EXPECT_EQ(behind("f", "", 1), (Ids{"b 1/2"}));
  EXPECT_EQ(behind("f", "b", 10), (Ids{"c 0/1"}));
  EXPECT_EQ(behind("g", "b", 10), (Ids{"c 0/1"})) << "each follower has its own";
  put("f", "b", 2);
  EXPECT_EQ(behind("f", "", 10), (Ids{"c 0/1"}));
}

TEST_P(StoreSuite, KeepsTheLatestRevocation) {  // D13
  using app::Revocation;
  const RoomId show{"show"};
  const app::Identity ann{"ann"};
  const auto all = [&](std::size_t limit) {
    return in_transaction([&](app::Transaction& tx) { return tx.revocations().latest(limit); });
  };
  in_transaction([&](app::Transaction& tx) {
    for (const auto until : {now, now + 2s, now + 1s})
      tx.revocations().put({RoomId{"show"}, app::Identity{"ann"}, until});
    tx.revocations().put({RoomId{"show"}, {}, now + 1s});
    return true;
  });
  EXPECT_EQ(all(10), (std::vector<Revocation>{{show, ann, now + 2s}, {show, {}, now + 1s}}));
  EXPECT_EQ(all(1), (std::vector<Revocation>{{show, ann, now + 2s}}));
  in_transaction([&](app::Transaction& tx) {
    tx.revocations().forget_before(now + 2s);
    return true;
  });
  EXPECT_EQ(all(10), (std::vector<Revocation>{{show, ann, now + 2s}}));
}

TEST_P(StoreSuite, KeepsWebhooksInOrderForEachUrl) {
  const auto append = [&](const char* url, const char* body, std::size_t most = 3) {
    return in_transaction([&](app::Transaction& tx) { return tx.webhooks().append(url, body, now, most); });
  };
  const auto oldest = [&](const char* url) {
    return in_transaction([&](app::Transaction& tx) { return tx.webhooks().oldest(url); });
  };
  const auto remove = [&](const char* url, const app::KeptWebhook& webhook) {
    in_transaction([&](app::Transaction& tx) { return tx.webhooks().remove(url, webhook), 0; });
  };
  EXPECT_FALSE(oldest("a"));
  for (const char* body : {"1", "2", R"({"ü":"\"3"})"}) EXPECT_EQ(append("a", body), 0u);
  EXPECT_EQ(append("b", "other"), 0u);
  EXPECT_EQ(oldest("a"), (app::KeptWebhook{1, "1", now, 0}));
  EXPECT_EQ(append("a", "4"), 1u) << "one past the limit: the oldest goes";
  EXPECT_EQ(oldest("a"), (app::KeptWebhook{2, "2", now, 1}));
  remove("a", *oldest("a"));
  EXPECT_EQ(oldest("a"), (app::KeptWebhook{3, R"({"ü":"\"3"})", now, 0})) << "the loss was told";
  remove("a", *oldest("a"));
  remove("a", *oldest("a"));
  EXPECT_FALSE(oldest("a"));
  append("a", "5");
  EXPECT_EQ(oldest("a")->number, 5u) << "a number is never given twice";
  EXPECT_EQ(oldest("b")->body, "other");
}

TEST_P(StoreSuite, GivesUpWebhooksThatAreTooOld) {
  const auto in = [&](auto act) { return in_transaction([&](app::Transaction& tx) { return act(tx.webhooks()); }); };
  in([&](auto& hooks) { return hooks.append("a", "1", now, 9) + hooks.append("b", "1", now, 9); });
  EXPECT_EQ(in([&](auto& hooks) { return hooks.give_up_before("a", now); }), 0u);
  EXPECT_EQ(in([&](auto& hooks) { return hooks.give_up_before("a", now + 1ms); }), 1u);
  EXPECT_EQ(in([&](auto& hooks) { return hooks.append("a", "2", now + 1s, 9); }), 0u);
  EXPECT_EQ(in([&](auto& hooks) { return hooks.oldest("a"); }), (app::KeptWebhook{2, "2", now + 1s, 1}));
  in([&](auto& hooks) { return hooks.forget_before(now + 1ms), 0; });
  EXPECT_FALSE(in([&](auto& hooks) { return hooks.oldest("b"); }));
  EXPECT_TRUE(in([&](auto& hooks) { return hooks.oldest("a"); }));
}

INSTANTIATE_TEST_SUITE_P(Memory, StoreSuite, ::testing::Values(make_memory));
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreSuite, ::testing::Values(make_temporary_database));
INSTANTIATE_TEST_SUITE_P(Postgres, StoreSuite, ::testing::Values(testing::make_postgres));

}  // namespace costage::storage
