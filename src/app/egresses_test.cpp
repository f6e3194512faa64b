#include "app/egresses.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Answers when it is told to.
class TestEgress final : public EgressServer {
 public:
  [[nodiscard]] bool has_egress(const std::string& region) const override { return region.empty(); }
  void start_egress(const EgressOrder& order, EgressDone done) override {
    orders.push_back(order);
    starts.push_back(std::move(done));
  }
  void stop_egress(const std::string&, const EgressId& id, EgressStopped done) override {
    stopped.push_back(id.value());
    if (dead) return done(std::nullopt);
    Egress egress;
    egress.id = id;
    egress.state = EgressState::ending;
    done(std::optional{egress});
  }
  void set_layout(const std::string&, const EgressId& id, Layout layout, MediaDone done) override {
    layouts.push_back(id.value() + ' ' + std::string(name(layout)));
    done(layouts.size() == 1 ? MediaOutcome::failed : MediaOutcome::done);
  }

  std::vector<EgressOrder> orders;
  std::vector<EgressDone> starts;
  std::vector<std::string> stopped, layouts;
  bool dead = false;
};

Egress egress(const std::string& id, EgressState state) {
  Egress out;
  out.id = EgressId{id};
  out.state = state;
  return out;
}

class Recording : public UseCases {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    server.egress_server = &service;
    room = create_room();
    go_on_air(kHost, room);
    events.clear();
  }
  void start(const MaybeIdempotency& once = {}) {
    app.egresses().start(kHost, room, {EgressKind::recording, {}}, once,
                         [this](const domain::Answer<Egress>& answer) { answers.push_back(refusal(answer)); });
    storage.run();
  }
  void service_says(domain::Answer<Egress> answer) {
    auto done = std::move(service.starts.back());
    service.starts.pop_back();
    done(std::move(answer));
    storage.run();
  }
  void report(EgressState state) {
    app.egresses().on_report({room, egress("EG_1", state)});
    storage.run();
  }
  std::vector<Egress> list() {
    return *ask<std::vector<Egress>>([&](auto done) { app.egresses().list(kHost, room, done); });
  }

  TestEgress service;
  RoomId room;
  std::vector<std::string> answers;
};

TEST_F(Recording, IsKnownAsSoonAsItsServiceTakesIt) {
  start();
  EXPECT_THAT(answers, IsEmpty());
  EXPECT_EQ(service.orders.at(0).room, room);
  service_says(egress("EG_1", EgressState::starting));
  EXPECT_THAT(answers, ElementsAre(""));
  EXPECT_THAT(events, ElementsAre("egress.started"));
  EXPECT_EQ(list().at(0).started_by, kHost.user);
}

TEST_F(Recording, TwoAtOnceAreOne) {
  start();
  start();
  EXPECT_THAT(answers, ElementsAre("egress_running"));
  service_says(refuse(Code::unavailable));
  EXPECT_THAT(answers, ElementsAre("egress_running", "unavailable"));
  start();
  EXPECT_EQ(service.starts.size(), 1u) << "again, after it failed";
}

TEST_F(Recording, TheSameRequestIsAskedForOnce) {
  const Idempotency key{"k", "digest"};
  start(key);
  service_says(egress("EG_1", EgressState::starting));
  start(key);
  EXPECT_THAT(answers, ElementsAre("", ""));
  EXPECT_EQ(service.orders.size(), 1u);
}

TEST_F(Recording, AReportThatOvertakesTheAnswerWaitsForIt) {
  start();
  report(EgressState::starting);
  EXPECT_THAT(events, IsEmpty());
  service_says(egress("EG_1", EgressState::starting));
  report(EgressState::active);
  EXPECT_THAT(events, ElementsAre("egress.started", "egress.changed"));
  EXPECT_EQ(list().at(0).started_by, kHost.user);
}

TEST_F(Recording, OneThatNobodyCarriesOutIsGivenUp) {
  report(EgressState::active);
  service.dead = true;
  const auto stopped = ask<Egress>([&](auto done) { app.egresses().stop(kHost, room, EgressId{"EG_1"}, {}, done); });
  EXPECT_EQ(stopped->state, EgressState::failed);
  report(EgressState::active);
  EXPECT_EQ(list().at(0).state, EgressState::failed);
  start();
  EXPECT_EQ(service.orders.size(), 1u) << "another can be started";
  EXPECT_EQ(service.stopped.size(), 1u);
  clock.time += 1min;
  report(EgressState::active);
  EXPECT_EQ(service.stopped.size(), 2u) << "nobody records what was stopped";
  report(EgressState::complete);
  EXPECT_EQ(list().at(0).state, EgressState::complete);
  clock.time += 1min;
  report(EgressState::active);
  EXPECT_EQ(service.stopped.size(), 2u);
}

TEST_F(Recording, WhatStorageDidNotTakeIsTakenTheNextTime) {
  storage.database.fail_commits = true;
  report(EgressState::active);
  storage.database.fail_commits = false;
  EXPECT_THAT(list(), IsEmpty());
  report(EgressState::active);
  EXPECT_EQ(list().size(), 1u);
  const std::size_t commits = events.size();
  report(EgressState::active);
  EXPECT_EQ(events.size(), commits) << "and not once more";
}

TEST_F(Recording, IsStoppedOnceAndStaysAsItIs) {
  report(EgressState::active);
  const auto stop = [&] {
    return ask<Egress>([&](auto done) { app.egresses().stop(kHost, room, EgressId{"EG_1"}, {}, done); });
  };
  EXPECT_EQ(stop()->state, EgressState::ending);
  report(EgressState::complete);
  EXPECT_EQ(stop()->state, EgressState::complete);
  EXPECT_THAT(service.stopped, ElementsAre("EG_1"));
}

TEST_F(Recording, FollowsTheScene) {
  report(EgressState::active);
  const auto show_as = [&](Layout layout) {
    ask<Scene>([&](auto done) { app.scenes().set(kHost, room, {layout, {}, {}}, {}, done); });
  };
  show_as(Layout::spotlight);
  EXPECT_THAT(service.layouts, ElementsAre("EG_1 spotlight"));
  wait(1min);
  EXPECT_THAT(service.layouts, ElementsAre("EG_1 spotlight", "EG_1 spotlight")) << "again where it failed";
  report(EgressState::complete);
  show_as(Layout::grid);
  EXPECT_EQ(service.layouts.size(), 2u);
}

TEST_F(Recording, IsRefusedWhereNobodyDoesIt) {
  server.egress_server = nullptr;
  start();
  EXPECT_THAT(answers, ElementsAre("egress_unavailable"));
  EXPECT_FALSE(app.egresses().offered(""));
}

}  // namespace
}  // namespace costage::app
