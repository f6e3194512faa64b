#include "app/blocks.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

const Caller kOther{UserId{"other"}, "Olga", false};

class BlocksTest : public UseCases {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    app.users().seen(kOther);
  }
  std::string block(const Caller& who, const UserId& user) {
    return refusal(ask<Block>([&](auto done) { app.blocks().put(who, user, {}, done); }));
  }
  std::string unblock(const Caller& who, const UserId& user) {
    return refusal(ask<Block>([&](auto done) { app.blocks().remove(who, user, {}, done); }));
  }
  std::string request(const Caller& who, const RoomId& room) {
    return refusal(ask<AskAnswer>([&](auto done) { app.requests().ask(who, room, "", {}, done); }));
  }
};

TEST_F(BlocksTest, WhoTheHostBlockedNeitherAsksNorIsInvited) {
  const RoomId room = create_room();
  EXPECT_EQ(block(kHost, kOther.user), "");
  EXPECT_EQ(request(kOther, room), "asking_blocked");
  EXPECT_EQ(refusal(invite(room, kOther.user)), "invitee_blocked");
  EXPECT_EQ(unblock(kHost, kOther.user), "");
  EXPECT_EQ(request(kOther, room), "");
}

TEST_F(BlocksTest, WhoSomebodyOnStageBlockedToo) {
  const RoomId room = create_room();
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  EXPECT_EQ(block(kGuest, kOther.user), "");
  EXPECT_EQ(request(kOther, room), "asking_blocked");
  app.watching().start(kOther, room, "other");
  EXPECT_EQ(refusal(invite(room, kOther.user)), "invitee_unavailable") << "by whom is theirs to know";
  ask<StageView>([&](auto done) { app.stage().leave(kGuest, room, {}, done); });
  EXPECT_EQ(request(kOther, room), "") << "they do not meet any more";
}

TEST_F(BlocksTest, WhoBlockedTheHostIsSimplyNotThere) {
  const RoomId room = create_room();
  EXPECT_EQ(block(kGuest, kHost.user), "");
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "invitee_unavailable") << "the host learns no more than that";
}

TEST_F(BlocksTest, AreListedAndLimited) {
  EXPECT_EQ(block(kHost, kHost.user), "not_oneself");
  EXPECT_EQ(block(kHost, UserId{""}), "invalid_request");
  for (std::size_t i = 0; i < limits::kBlocks; ++i) ASSERT_EQ(block(kHost, UserId{"u" + std::to_string(i)}), "");
  EXPECT_EQ(block(kHost, UserId{"u0"}), "") << "already";
  EXPECT_EQ(block(kHost, kOther.user), "block_list_full");
  const auto page = ask<Page<Block>>([&](auto done) { app.blocks().list(kHost, {10, ""}, done); });
  EXPECT_EQ(page->items.size(), 10u);
  EXPECT_FALSE(page->next_cursor.empty());
  EXPECT_TRUE(ask<Page<Block>>([&](auto done) { app.blocks().list(kGuest, {10, ""}, done); })->items.empty());
}

}  // namespace
}  // namespace costage::app
