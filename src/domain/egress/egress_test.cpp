// N-080, N-081: what is recorded is told to everybody, and what became of it stays known.
#include "domain/egress/egress.hpp"

#include <gmock/gmock.h>

#include "domain/egress/decide.hpp"
#include "domain/limits.hpp"
#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace testing;

const EgressPlan kRecording{EgressKind::recording, {}};

EgressPlan restream(std::vector<std::string> urls) { return {EgressKind::restream, std::move(urls)}; }

Egress reported(const std::string& id, EgressState state, EgressKind kind = EgressKind::recording) {
  Egress egress;
  egress.id = EgressId{id};
  egress.kind = kind;
  egress.state = state;
  egress.started_at = from_unix_ms(1'800'000'000'000);
  return egress;
}

std::string why_not(const Show& show, const Actor& actor, const EgressPlan& plan) {
  const auto refusal = why_not_start(show.state, actor, plan);
  return refusal ? std::string{info(refusal->code).name} : "";
}

std::vector<EventType> types(const Events& events) {
  std::vector<EventType> out;
  for (const Event& event : events) out.push_back(event.type);
  return out;
}

TEST(Egress, IsStartedByTheHostOfALiveShow) {
  Show show;
  EXPECT_EQ(why_not(show, kHost, kRecording), "room_not_live");
  show.go_live();
  EXPECT_EQ(why_not(show, kHost, kRecording), "");
  EXPECT_EQ(why_not(show, kAdmin, kRecording), "");
  EXPECT_EQ(why_not(show, kGuest, kRecording), "not_permitted");
  show.bring_on_stage(kGuest);
  EXPECT_EQ(show(SetPermissions{kHost, kGuest.user, {.moderate = true}}), "");
  EXPECT_EQ(why_not(show, kGuest, kRecording), "not_permitted");
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(why_not(show, kHost, kRecording), "room_ended");
}

TEST(Egress, OneRecordingAndOneRestreamAtATime) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::starting), kHost.user}), "");
  EXPECT_EQ(why_not(show, kHost, kRecording), "egress_running");
  EXPECT_EQ(why_not(show, kHost, restream({"rtmp://live.example.org/app/key"})), "");
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::failed), {}}), "");
  EXPECT_EQ(why_not(show, kHost, kRecording), "");
}

TEST(Egress, ARestreamGoesToAddressesOfPlatforms) {
  Show show;
  show.go_live();
  const auto urls = [&](std::vector<std::string> all) { return why_not(show, kHost, restream(std::move(all))); };
  for (const char* good : {"rtmp://a/b", "rtmps://live.example.org:443/app/k?x=1", "srt://10.0.0.1:9000?streamid=x"})
    EXPECT_EQ(urls({good}), "") << good;
  for (const char* bad : {"", "rtmp://", "http://example.org", "rtmp:// a", "rtmp:///x", "rtmp://a/\xC3\xBC",
                          "RTMP://a/b", "rtmp://a/b\n"})
    EXPECT_EQ(urls({bad}), "invalid_request") << bad;
  EXPECT_EQ(urls({"rtmp://a/b", "srt://a:9000"}), "invalid_request");
  EXPECT_EQ(urls({}), "invalid_request");
  EXPECT_EQ(urls({"rtmp://a/b", "rtmp://a/b"}), "invalid_request");
  EXPECT_EQ(urls({"rtmp://a/1", "rtmp://a/2", "rtmp://a/3", "rtmp://a/4", "rtmp://a/5"}), "");
  EXPECT_EQ(urls({"rtmp://a/1", "rtmp://a/2", "rtmp://a/3", "rtmp://a/4", "rtmp://a/5", "rtmp://a/6"}),
            "invalid_request");
  EXPECT_EQ(urls({"rtmp://a/" + std::string(limits::kDestination, 'x')}), "invalid_request");
  EXPECT_EQ(why_not(show, kHost, {EgressKind::recording, {"rtmp://a/b"}}), "invalid_request");
}

TEST(Egress, GoesForwardOnlyWhateverIsReportedTwiceOrLate) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::starting), kHost.user}), "");
  EXPECT_THAT(types(show.last), ::testing::ElementsAre(EventType::egress_started));
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::active), {}}), "");
  EXPECT_THAT(types(show.last), ::testing::ElementsAre(EventType::egress_changed));
  EXPECT_EQ(show.state.egresses.find(EgressId{"EG_1"})->started_by, kHost.user) << "goes on to be known";
  for (const EgressState late : {EgressState::active, EgressState::starting}) {
    EXPECT_EQ(show(EgressReported{reported("EG_1", late), {}}), "");
    EXPECT_TRUE(show.last.empty());
  }
  Egress done = reported("EG_1", EgressState::complete);
  done.file = "s3://shows/room1.mp4";
  done.file_seconds = 61;
  EXPECT_EQ(show(EgressReported{done, {}}), "");
  EXPECT_THAT(types(show.last), ::testing::ElementsAre(EventType::egress_ended));
  EXPECT_TRUE(std::get<EgressChange>(show.last.at(0).data).running.empty());
  EXPECT_EQ(show.state.egresses.find(EgressId{"EG_1"})->ended_at, show.now) << "where nothing else is said";
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::failed), {}}), "");
  EXPECT_TRUE(show.last.empty()) << "over is over";
}

TEST(Egress, OneThatWasGivenUpMayHaveGoneOn) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::failed), {}}), "");
  for (const EgressState late :
       {EgressState::starting, EgressState::active, EgressState::ending, EgressState::failed}) {
    EXPECT_EQ(show(EgressReported{reported("EG_1", late), {}}), "");
    EXPECT_TRUE(show.last.empty());
  }
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::complete), {}}), "");
  EXPECT_EQ(show.state.egresses.find(EgressId{"EG_1"})->state, EgressState::complete);
}

TEST(Egress, BeganWhenItBecameActive) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::starting), {}}), "");
  Egress active = reported("EG_1", EgressState::active);
  active.started_at += 10s;
  EXPECT_EQ(show(EgressReported{active, {}}), "");
  EXPECT_EQ(show.state.egresses.find(EgressId{"EG_1"})->started_at, active.started_at);
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::ending), {}}), "");
  EXPECT_EQ(show.state.egresses.find(EgressId{"EG_1"})->started_at, active.started_at);
}

TEST(Egress, EndsAfterItsShow) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::active), kHost.user}), "");
  EXPECT_EQ(show(StopRoom{kHost}), "");
  EXPECT_EQ(why_not_stop(show.state, kHost, EgressId{"EG_1"}), std::nullopt) << "also then";
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::complete), {}}), "");
  EXPECT_THAT(types(show.last), ::testing::ElementsAre(EventType::egress_ended));
}

TEST(Egress, IsStoppedByWhoMayStartIt) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_1", EgressState::active), kHost.user}), "");
  EXPECT_EQ(why_not_stop(show.state, kHost, EgressId{"EG_1"}), std::nullopt);
  EXPECT_EQ(why_not_stop(show.state, kGuest, EgressId{"EG_1"})->code, Code::not_permitted);
  EXPECT_EQ(why_not_stop(show.state, kHost, EgressId{"EG_2"})->code, Code::egress_not_found);
}

TEST(Egress, OfVeryManyTheOldestThatAreOverAreForgotten) {
  Show show;
  show.go_live();
  EXPECT_EQ(show(EgressReported{reported("EG_first", EgressState::active), {}}), "");
  for (std::size_t i = 0; i < 2 * limits::kEgresses; ++i)
    EXPECT_EQ(show(EgressReported{reported("EG_" + std::to_string(i), EgressState::complete), {}}), "");
  EXPECT_EQ(show.state.egresses.all.size(), limits::kEgresses);
  EXPECT_NE(show.state.egresses.find(EgressId{"EG_first"}), nullptr) << "it goes on";
  for (std::size_t i = 0; i < 2 * limits::kEgresses; ++i)
    EXPECT_EQ(show(EgressReported{reported("EG_run" + std::to_string(i), EgressState::active), {}}), "");
  EXPECT_EQ(show.state.egresses.all.size(), limits::kEgresses) << "more than that is not followed";
}

}  // namespace
}  // namespace costage::domain
