#include "app/requests.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

const Caller kOther{UserId{"other"}, "Olga", false};

class RequestsTest : public UseCases {
 protected:
  domain::Answer<AskAnswer> request(const Caller& who, const MaybeIdempotency& once = {}) {
    return ask<AskAnswer>([&](auto done) { app.requests().ask(who, room, "please", once, done); });
  }
  domain::Answer<RequestView> withdraw(const Caller& who, const RequestId& id) {
    return ask<RequestView>([&](auto done) { app.requests().withdraw(who, id, {}, done); });
  }
  domain::Answer<RequestView> decline(const RequestId& id, const std::string& reason = "") {
    return ask<RequestView>([&](auto done) { app.requests().decline(kHost, id, reason, {}, done); });
  }
  domain::Answer<RequestView> mine(const Caller& who) {
    return ask<RequestView>([&](auto done) { app.requests().mine_in_room(who, room, done); });
  }
  RoomId room = create_room();
};

TEST_F(RequestsTest, TheAnswerTellsThePlaceInTheQueue) {  // S-031
  const auto first = request(kGuest);
  wait(1s);
  const auto second = request(kOther);
  EXPECT_TRUE(first->created && second->created);
  EXPECT_EQ(first->view.place, 1u);
  EXPECT_EQ(second->view.place, 2u);
  EXPECT_FALSE(request(kGuest)->created);
  EXPECT_EQ(refusal(withdraw(kGuest, first->view.request.id)), "");
  EXPECT_EQ(mine(kOther)->place, 1u);
  EXPECT_EQ(mine(kGuest)->place, 0u);
}

TEST_F(RequestsTest, OnceMeansOnce) {
  const Idempotency once{"key", "request"};
  const auto first = request(kGuest, once);
  const auto again = request(kGuest, once);
  EXPECT_EQ(first->view.request.id, again->view.request.id);
  EXPECT_TRUE(again->created);
  EXPECT_EQ(std::ranges::count(events, "request.created"), 1);
  EXPECT_EQ(std::ranges::count(events, "request.updated"), 0);
}

TEST_F(RequestsTest, AnInvitationAnswersTheRequestInTheSameCommit) {
  const auto asked = request(kGuest);
  EXPECT_EQ(refusal(invite(room, kGuest.user)), "");
  EXPECT_EQ(mine(kGuest)->request.status, RequestStatus::invited);
  EXPECT_EQ(std::ranges::count(events, "request.invited"), 1);
  EXPECT_EQ(refusal(decline(asked->view.request.id)), "request_invited");
}

TEST_F(RequestsTest, ItRunsOutByItself) {
  request(kGuest);
  wait(600s);
  EXPECT_EQ(std::ranges::count(events, "request.expired"), 1);
  EXPECT_EQ(mine(kGuest)->request.status, RequestStatus::expired);
}

TEST_F(RequestsTest, DeclinesAndAppearancesAreKnownForTheWholeShow) {
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  ask<StageView>([&](auto done) { app.stage().remove(kHost, room, kGuest.user, {}, done); });
  const auto first = request(kGuest);
  EXPECT_EQ(first->view.request.appearances, 1);
  EXPECT_EQ(refusal(decline(first->view.request.id)), "");
  wait(3600s);
  const auto later = request(kGuest);
  EXPECT_EQ(later->view.request.declines, 1);
  EXPECT_EQ(refusal(decline(later->view.request.id, "No more")), "");
  EXPECT_EQ(mine(kGuest)->request.reason, "No more");
  EXPECT_EQ(refusal(request(kGuest)), "asked_too_soon");
}

TEST_F(RequestsTest, OnlyTheHostSeesTheQueue) {
  const auto asked = request(kGuest);
  const auto list = [&](const Caller& who) {
    return ask<Page<RequestView>>(
        [&](auto done) { app.requests().of_room(who, room, {RequestStatus::waiting}, {10, ""}, done); });
  };
  EXPECT_EQ(list(kHost)->items.size(), 1u);
  EXPECT_EQ(refusal(list(kGuest)), "not_permitted");
  const auto get = [&](const Caller& who) {
    return ask<RequestView>([&](auto done) { app.requests().get(who, asked->view.request.id, done); });
  };
  EXPECT_EQ(get(kGuest)->place, 1u);
  EXPECT_EQ(refusal(get(kOther)), "not_permitted");
  EXPECT_EQ(refusal(mine(kOther)), "request_not_found");
}

TEST_F(RequestsTest, TheSnapshotHasTheQueueForTheHostAndTheirOwnForOthers) {
  request(kGuest);
  request(kOther);
  const auto seen_by = [&](const Caller& who) {
    std::vector<std::string> out;
    const auto snapshot = ask<RoomSnapshot>([&](auto done) { app.history().snapshot(who, room, done); });
    for (const RequestView& view : snapshot->requests)
      out.push_back(view.request.user.value() + std::to_string(view.place));
    return out;
  };
  using People = std::vector<std::string>;
  EXPECT_EQ(seen_by(kHost).size(), 2u);
  EXPECT_EQ(seen_by(kGuest).size(), 1u);
  EXPECT_EQ(seen_by({UserId{"nobody"}, "Nobody"}), People{});
}

}  // namespace
}  // namespace costage::app
