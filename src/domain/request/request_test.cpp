#include "domain/request/request.hpp"

#include <gtest/gtest.h>

#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

TEST(RequestStatuses, OnlyWaitingMoves) {
  for (RequestStatus from : all_request_statuses())
    for (RequestStatus to : all_request_statuses())
      EXPECT_EQ(may_become(from, to), from == RequestStatus::waiting && to != from) << name(from) << name(to);
}

class RequestTest : public ::testing::Test {
 protected:
  void SetUp() override { show.go_live(); }
  std::string ask(const Actor& who, const std::string& comment = "") {
    AskToJoin command{who, RequestId{"req" + std::to_string(++ids)}, comment};
    command.declines = declines;
    return show(command);
  }
  const StageRequest& newest(const Actor& who) const { return *show.state.requests.newest_of(who.user); }
  std::vector<std::string> waiting() const {
    std::vector<std::string> out;
    const Policies& policies = show.state.room.policies;
    for (const StageRequest* one : queue(show.state.requests, policies.request_order, show.now))
      out.push_back(one->user.value());
    return out;
  }
  std::string set(std::function<void(Policies&)> change) {
    UpdateRoom update{show.state.room, kHost};
    change(update.policies);
    return show(update);
  }
  using People = std::vector<std::string>;

  Show show;
  int ids = 0;
  int declines = 0;
};

TEST_F(RequestTest, WaitsWithCommentForAsLongAsTheRoomSays) {  // S-031
  EXPECT_EQ(ask(kGuest, "I make cups"), "");
  EXPECT_EQ(newest(kGuest).comment, "I make cups");
  EXPECT_EQ(newest(kGuest).name, "Gus");
  EXPECT_EQ(newest(kGuest).expires_at, show.now + 600s);
  show.now += 599s;
  EXPECT_EQ(waiting(), People{"guest"});
  show.now += 1s;
  EXPECT_EQ(waiting(), People{}) << "over, though nobody has marked it";
  EXPECT_EQ(show(WithdrawRequest{{kGuest, newest(kGuest).id}}), "request_expired");
  EXPECT_EQ(show(TimePassed{}), "");
  EXPECT_EQ(show.last.at(0).type, EventType::request_expired);
}

TEST_F(RequestTest, AskingAgainKeepsThePlaceAndTellsMore) {
  ask(kGuest, "first");
  show.now += 1s;
  ask(kOther);
  show.now += 1s;
  EXPECT_EQ(ask(kGuest, "second"), "");
  EXPECT_EQ(show.last.at(0).type, EventType::request_updated);
  EXPECT_EQ(newest(kGuest).id, RequestId{"req1"});
  EXPECT_EQ(newest(kGuest).comment, "second");
  EXPECT_EQ(newest(kGuest).expires_at, show.now + 600s);
  EXPECT_EQ(waiting(), (People{"guest", "other"}));
  EXPECT_EQ(ask(kGuest), "");
  EXPECT_EQ(newest(kGuest).comment, "second") << "no comment is no news";
}

TEST_F(RequestTest, WithdrawingLosesThePlace) {
  ask(kGuest);
  show.now += 1s;
  ask(kOther);
  EXPECT_EQ(show(WithdrawRequest{{kOther, newest(kGuest).id}}), "not_permitted");
  EXPECT_EQ(show(WithdrawRequest{{kGuest, newest(kGuest).id}}), "");
  EXPECT_EQ(show(WithdrawRequest{{kGuest, newest(kGuest).id}}), "request_withdrawn");
  show.now += 1s;
  EXPECT_EQ(ask(kGuest), "");
  EXPECT_EQ(waiting(), (People{"other", "guest"}));
}

TEST_F(RequestTest, ThreeAMinuteAlsoByWithdrawing) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask(kGuest), "");
    EXPECT_EQ(show(WithdrawRequest{{kGuest, newest(kGuest).id}}), "");
    show.now += 10s;
  }
  EXPECT_EQ(ask(kGuest), "rate_limited");
  EXPECT_EQ(ask(kOther), "");
  show.now += 30s;
  EXPECT_EQ(ask(kGuest), "") << "a minute after the first";
}

TEST_F(RequestTest, ADeclineHasAReasonAndACoolDown) {
  ask(kGuest);
  const RequestId id = newest(kGuest).id;
  EXPECT_EQ(show(DeclineRequest{{kOther, id}}), "not_permitted");
  EXPECT_EQ(show(DeclineRequest{{kHost, id}, std::string(201, 'x')}), "invalid_request");
  EXPECT_EQ(show(DeclineRequest{{kHost, id}, "Later, please"}), "");
  EXPECT_EQ(newest(kGuest).reason, "Later, please");
  show.now += 29s;
  EXPECT_EQ(ask(kGuest), "asked_too_soon");
  show.now += 1s;
  EXPECT_EQ(ask(kGuest), "");
  EXPECT_EQ(show(DeclineRequest{{kHost, newest(kGuest).id}}), "");
  show.now += 299s;
  EXPECT_EQ(ask(kGuest), "asked_too_soon") << "the second time it is longer";
}

TEST_F(RequestTest, DeclinesAreKnownAlsoWhenTheRoomHasForgotten) {
  declines = 1;
  ask(kGuest);
  EXPECT_EQ(show(DeclineRequest{{kHost, newest(kGuest).id}}), "");
  EXPECT_EQ(newest(kGuest).declines, 2);
}

TEST_F(RequestTest, AnInvitationAnswersIt) {
  ask(kGuest);
  const auto id = show.invite(kGuest);
  EXPECT_EQ(show.last.back().type, EventType::request_invited);
  EXPECT_EQ(waiting(), People{});
  EXPECT_EQ(show(DeclineRequest{{kHost, newest(kGuest).id}}), "request_invited");
  EXPECT_EQ(ask(kGuest), "invitation_pending");
  EXPECT_EQ(show(RejectInvitation{kGuest, id}), "");
  EXPECT_EQ(ask(kGuest), "") << "they changed their mind";
}

TEST_F(RequestTest, WhoIsOnStageOrMayGoThereDoesNotAsk) {
  EXPECT_EQ(ask(kHost), "invitee_is_host");
  show.bring_on_stage(kGuest);
  EXPECT_EQ(ask(kGuest), "already_on_stage");
  EXPECT_EQ(show(LeaveStage{kGuest}), "");
  EXPECT_EQ(ask(kGuest), "invitation_already_accepted");
}

TEST_F(RequestTest, WhoWasRemovedMayAskAgain) {
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(RemoveFromStage{kHost, kGuest.user}), "");
  EXPECT_EQ(ask(kGuest), "");
}

TEST_F(RequestTest, AClosedQueueKeepsWhoWaits) {
  ask(kGuest);
  EXPECT_EQ(set([](Policies& p) { p.requests_open = false; }), "");
  EXPECT_EQ(ask(kOther), "requests_closed");
  EXPECT_EQ(ask(kGuest, "still here"), "");
  EXPECT_EQ(waiting(), People{"guest"});
}

TEST_F(RequestTest, NewFacesMayComeFirst) {
  AskToJoin regular{kGuest, RequestId{"a"}, ""};
  regular.appearances = 2;
  EXPECT_EQ(show(regular), "");
  show.now += 1s;
  EXPECT_EQ(ask(kOther), "");
  EXPECT_EQ(waiting(), (People{"guest", "other"}));
  EXPECT_EQ(set([](Policies& p) { p.request_order = RequestOrder::fewest_appearances; }), "");
  EXPECT_EQ(waiting(), (People{"other", "guest"}));
}

TEST_F(RequestTest, OneMoreThanTheQueueHoldsIsRefused) {
  const auto person = [](std::size_t i) { return Actor{UserId{"p" + std::to_string(i)}, "P"}; };
  for (std::size_t i = 0; i < limits::kQueue; ++i) ASSERT_EQ(ask(person(i)), "");
  EXPECT_EQ(ask(kGuest), "queue_full");
  EXPECT_EQ(ask(person(0), "more"), "") << "who waits may say more";
  show.now += 600s;
  EXPECT_EQ(ask(kGuest), "") << "the others have run out";
}

TEST_F(RequestTest, CommentsAreShort) {
  EXPECT_EQ(ask(kGuest, std::string(limits::kComment + 1, 'x')), "invalid_request");
  std::string greek;
  for (std::size_t i = 0; i < limits::kComment; ++i) greek += "α";
  EXPECT_EQ(ask(kGuest, greek), "") << "characters, not bytes";
}

TEST_F(RequestTest, NobodyWaitsInAShowThatIsOver) {
  ask(kGuest);
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(newest(kGuest).status, RequestStatus::expired);
  EXPECT_EQ(ask(kOther), "room_ended");
}

TEST_F(RequestTest, TheRoomForgetsWhatMattersNoMore) {
  ask(kGuest);
  EXPECT_EQ(show(WithdrawRequest{{kGuest, newest(kGuest).id}}), "");
  show.now += limits::kAskWindow;
  ask(kOther);
  EXPECT_EQ(show.state.requests.newest_of(kGuest.user), nullptr);
  EXPECT_EQ(show(WithdrawRequest{{kGuest, RequestId{"req1"}}}), "request_not_found");
}

}  // namespace
}  // namespace costage::domain
