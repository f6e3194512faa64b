#include "app/invitations.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class InvitationsTest : public UseCases {
 protected:
  domain::Answer<Invitation> get(const Caller& who, const InvitationId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().get(who, id, done); });
  }
  domain::Answer<Page<Invitation>> of_room(const Caller& who, const RoomId& room,
                                           std::vector<InvitationStatus> statuses, const PageRequest& page = {}) {
    return ask<Page<Invitation>>([&](auto done) { app.invitations().of_room(who, room, statuses, page, done); });
  }
  domain::Answer<Page<Invitation>> mine(const Caller& who, const PageRequest& page = {}) {
    return ask<Page<Invitation>>(
        [&](auto done) { app.invitations().mine(who, {InvitationStatus::pending}, page, done); });
  }
  const Caller stranger{UserId{"stranger"}, "S"};
};

TEST_F(InvitationsTest, AreReadByTheirPeople) {  // S-002
  const RoomId room = create_room();
  const InvitationId id = invite(room, kGuest.user)->invitation.id;
  EXPECT_EQ(get(kHost, id)->status, InvitationStatus::pending);
  EXPECT_EQ(get(kGuest, id)->invitee, kGuest.user);
  EXPECT_EQ(refusal(get(stranger, id)), "not_permitted");
  EXPECT_EQ(refusal(get(kHost, InvitationId{"none"})), "invitation_not_found");
  clock.time += 60s;
  EXPECT_EQ(get(kHost, id)->status, InvitationStatus::expired) << "though nobody has marked it";
}

TEST_F(InvitationsTest, AreListedByRoomAndByInvitee) {  // S-041, S-046
  const RoomId room = create_room(), other = create_room();
  invite(room, kGuest.user);
  invite(other, kGuest.user);
  EXPECT_EQ(of_room(kHost, room, {})->items.size(), 1u);
  EXPECT_EQ(of_room(kHost, room, {InvitationStatus::accepted})->items.size(), 0u);
  EXPECT_EQ(refusal(of_room(kGuest, room, {})), "not_permitted");
  EXPECT_EQ(refusal(of_room(kHost, RoomId{"none"}, {})), "room_not_found");
  EXPECT_EQ(refusal(of_room(kHost, room, {}, {10, "garbage"})), "invalid_request");
  EXPECT_EQ(mine(kGuest)->items.size(), 2u);
  EXPECT_EQ(mine(stranger)->items.size(), 0u);
  EXPECT_EQ(refusal(mine(kGuest, {10, "garbage"})), "invalid_request");
}

TEST_F(InvitationsTest, AreSentAgain) {  // S-024
  const RoomId room = create_room();
  const Invitation first = invite(room, kGuest.user)->invitation;
  clock.time += 30s;
  const auto again = ask<Invitation>([&](auto done) { app.invitations().resend(kHost, first.id, {}, done); });
  EXPECT_EQ(again->expires_at, first.expires_at + 30s);
  const auto same = invite(room, kGuest.user);
  EXPECT_FALSE(same->created);
  EXPECT_EQ(same->invitation.id, first.id);
  EXPECT_EQ(refusal(invite(room, UserId{})), "invalid_request");
}

TEST_F(InvitationsTest, ARepeatedKeyGetsWhatHasBecomeOfIt) {
  const RoomId room = create_room();
  const Idempotency key{"k", "digest"};
  const auto first = invite(room, kGuest.user, key);
  EXPECT_EQ(refusal(accept(first->invitation.id)), "");
  const auto again = invite(room, kGuest.user, key);
  EXPECT_TRUE(again->created) << "it was, then";
  EXPECT_EQ(again->invitation.id, first->invitation.id);
  EXPECT_EQ(again->invitation.status, InvitationStatus::accepted);
}

TEST_F(InvitationsTest, WhoWasNeverAskedHasNone) {
  const RoomId room = create_room();
  const auto mine_in = [&](const RoomId& id) {
    return ask<Invitation>([&](auto done) { app.invitations().mine_in_room(kGuest, id, done); });
  };
  EXPECT_EQ(refusal(mine_in(room)), "invitation_not_found");
  EXPECT_EQ(refusal(mine_in(RoomId{"none"})), "room_not_found");
}

}  // namespace
}  // namespace costage::app
