#include "signal/move.hpp"

#include "signal/test_room.hpp"

namespace costage::signal {
namespace {

RoomOptions with_webhooks() {
  RoomOptions options;
  options.webhooks = true;
  return options;
}

struct Move : testing::Test {
  TestRoom here{with_webhooks()}, there{with_webhooks()};
  PeerSid ann, bob, cleo;
  TrackSid anns, cleos;

  Move() {
    here.client.set_protocol(16);
    there.rng.next();  // ids of its own
    ann = here.join_active("ann");
    bob = here.join_active("bob");
    cleo = there.join_active("cleo");
    anns = here.publish(ann, "camera");
    cleos = there.publish(cleo, "camera");
    here.forget();
    there.forget();
  }
  Result<PeerSid, ApiRefusal> move(const std::string& identity) {
    const auto moved = here.room.move_participant(here.at, identity, there.room);
    here.advance(50ms);
    there.advance(50ms);
    return moved;
  }
  template <class Command>
  static std::vector<std::pair<std::string, std::string>> who_and_what(const TestRoom& t) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const Command& c : t.commands<Command>()) out.emplace_back(c.subscriber.value(), c.track.value());
    return out;
  }
};
using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST_F(Move, GoneHereAndThereAtOnce) {
  EXPECT_EQ(*move("ann"), ann);
  EXPECT_FALSE(here.has("ann"));
  EXPECT_EQ(there.room.get_participant("ann")->sid(), ann.value());
  EXPECT_EQ(here.news(bob, ann)->state(), livekit::ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(there.news(cleo, ann)->state(), livekit::ParticipantInfo::ACTIVE);
  EXPECT_EQ(there.news(cleo, ann)->tracks(0).sid(), anns.value());
  EXPECT_TRUE(here.closed.empty());
  EXPECT_TRUE(here.commands<media::RemovePeer>().empty());
}

TEST_F(Move, TheClientIsToldWhomItLosesAndWhomItMeets) {
  ASSERT_TRUE(move("ann"));
  EXPECT_EQ(here.news(ann, bob)->state(), livekit::ParticipantInfo::DISCONNECTED);
  const auto told = there.messages(ann, SignalResponse::kRoomMoved);
  ASSERT_EQ(told.size(), 1U);
  const auto& moved = told[0].room_moved();
  EXPECT_EQ(there.tokens.size(), 1U) << "also as every other token comes";
  EXPECT_EQ(moved.room().sid(), there.room.state().sid.value());
  EXPECT_EQ(moved.participant().sid(), ann.value());
  ASSERT_EQ(moved.other_participants_size(), 1);
  EXPECT_EQ(moved.other_participants(0).identity(), "cleo");
}

TEST_F(Move, MediaFollows) {
  ASSERT_TRUE(move("ann"));
  EXPECT_EQ(who_and_what<media::Unsubscribe>(here), (Pairs{{bob.value(), anns.value()}}));
  const auto moves = there.commands<media::MovePeer>();
  ASSERT_EQ(moves.size(), 1U);
  EXPECT_EQ(moves[0].peer, ann);
  EXPECT_EQ(moves[0].room, there.room.state().sid);
  EXPECT_THAT(who_and_what<media::Subscribe>(there),
              testing::UnorderedElementsAreArray(Pairs{{ann.value(), cleos.value()}, {cleo.value(), anns.value()}}));
  EXPECT_TRUE(std::holds_alternative<media::MovePeer>(there.all_commands.front())) << "before anything of the new room";
}

TEST_F(Move, TheWorldHearsOfBothRooms) {
  ASSERT_TRUE(move("ann"));
  EXPECT_EQ(here.hooks(), (std::vector<std::string>{"track_published", "track_unpublished", "participant_left"}));
  EXPECT_EQ(there.hooks(), (std::vector<std::string>{"participant_joined", "track_published"}));
  EXPECT_EQ(here.notices<Left>().at(0).identity, "ann");
  EXPECT_EQ(there.notices<Connected>().at(0).identity, "ann");
  EXPECT_EQ(there.notices<Connected>().at(0).lease_id, "") << "a seat does not move";
}

TEST_F(Move, AnAnswerThatWasHeldBackComesBefore) {
  SignalRequest change;
  change.mutable_update_metadata()->set_request_id(7);
  here.request(ann, change);
  EXPECT_TRUE(here.messages(ann, SignalResponse::kRequestResponse).empty());
  ASSERT_TRUE(move("ann"));
  EXPECT_EQ(here.messages(ann, SignalResponse::kRequestResponse).size(), 1U);
}

TEST_F(Move, SomebodyOfThatNameIsReplaced) {
  const PeerSid other = there.join_active("ann");
  ASSERT_TRUE(move("ann"));
  EXPECT_TRUE(there.closed.contains(other));
  EXPECT_EQ(there.room.get_participant("ann")->sid(), ann.value());
}

TEST_F(Move, TheLastOneLeavesAnEmptyRoomThatEnds) {
  EXPECT_TRUE(here.room.remove_participant(here.at, "bob").has_value());
  ASSERT_TRUE(move("ann"));
  here.advance(21s, 1s);
  EXPECT_TRUE(here.finished);
}

TEST_F(Move, WhoCannotBeToldStays) {
  here.lose_signal(ann);
  EXPECT_EQ(move("ann").error(), ApiRefusal::not_connected);
  here.client.set_protocol(15);
  here.join_active("old");
  EXPECT_EQ(move("old").error(), ApiRefusal::client_too_old);
  EXPECT_EQ(move("nobody").error(), ApiRefusal::participant_not_found);
  EXPECT_TRUE(here.has("ann") && here.has("old"));
}

TEST_F(Move, OneMoreThanTheRoomHolds) {
  RoomOptions options;
  options.max_participants = 1;
  TestRoom full{options};
  full.rng.next();
  EXPECT_TRUE(here.room.move_participant(here.at, "ann", full.room).has_value());
  EXPECT_EQ(here.room.move_participant(here.at, "bob", full.room).error(), ApiRefusal::room_full);
}

}  // namespace
}  // namespace costage::signal
