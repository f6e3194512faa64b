#include "adapters/livekit_client/egress_info.hpp"

#include <gmock/gmock.h>

#include "adapters/livekit_client/ingress_service.hpp"

namespace costage::livekit_client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

livekit::EgressInfo recording(livekit::EgressStatus status) {
  livekit::EgressInfo info;
  info.set_egress_id("EG_1");
  info.set_room_name("room_a");
  info.set_status(status);
  info.set_started_at(1'796'072'197'700'532'616);
  info.mutable_room_composite()->add_file_outputs()->set_filepath("a.mp4");
  return info;
}

livekit::EgressInfo restream(std::initializer_list<const char*> urls) {
  livekit::EgressInfo info = recording(livekit::EGRESS_ACTIVE);
  info.mutable_room_composite()->clear_file_outputs();
  info.mutable_room_composite()->add_stream_outputs();
  for (const char* url : urls) info.add_stream_results()->set_url(url);
  return info;
}

TEST(EgressInfo, SaysWhatIsRecordedAndWhereItIs) {
  livekit::EgressInfo info = recording(livekit::EGRESS_COMPLETE);
  info.set_ended_at(1'796'072'210'479'997'408);
  livekit::FileInfo& file = *info.add_file_results();
  file.set_filename("a.mp4");
  file.set_location("s3://shows/a.mp4");
  file.set_duration(5'486'443'267);
  file.set_size(106'518);
  file.set_started_at(1'796'072'204'862'802'315);
  const auto report = report_of(info);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->room.value(), "room_a");
  EXPECT_EQ(report->egress.kind, domain::EgressKind::recording);
  EXPECT_EQ(report->egress.state, domain::EgressState::complete);
  EXPECT_EQ(report->egress.started_at, from_unix_ms(1'796'072'204'862)) << "when the file begins";
  EXPECT_EQ(report->egress.ended_at, from_unix_ms(1'796'072'210'479));
  EXPECT_EQ(report->egress.file, "s3://shows/a.mp4");
  EXPECT_EQ(report->egress.file_seconds, 5u);
  EXPECT_EQ(report->egress.file_bytes, 106'518u);
}

TEST(EgressInfo, EveryStatusIsOneOfOurs) {
  using domain::EgressState;
  const auto state = [](livekit::EgressStatus status) { return report_of(recording(status))->egress.state; };
  EXPECT_EQ(state(livekit::EGRESS_STARTING), EgressState::starting);
  EXPECT_EQ(state(livekit::EGRESS_ACTIVE), EgressState::active);
  EXPECT_EQ(state(livekit::EGRESS_ENDING), EgressState::ending);
  EXPECT_EQ(state(livekit::EGRESS_COMPLETE), EgressState::complete);
  EXPECT_EQ(state(livekit::EGRESS_LIMIT_REACHED), EgressState::complete) << "the file is there";
  EXPECT_EQ(state(livekit::EGRESS_FAILED), EgressState::failed);
  EXPECT_EQ(state(livekit::EGRESS_ABORTED), EgressState::failed);
}

TEST(EgressInfo, OfOtherThanWholeRoomsNothingIsSaid) {
  livekit::EgressInfo info = recording(livekit::EGRESS_ACTIVE);
  info.clear_room_composite();
  EXPECT_FALSE(report_of(info));
  info.mutable_egress();
  EXPECT_FALSE(report_of(info)) << "of single tracks";
  info.mutable_egress()->mutable_template_();
  EXPECT_EQ(report_of(info)->egress.kind, domain::EgressKind::recording);
  info.mutable_egress()->add_outputs()->mutable_stream();
  EXPECT_EQ(report_of(info)->egress.kind, domain::EgressKind::restream);
  info.set_egress_id("");
  EXPECT_FALSE(report_of(info));
  info.set_egress_id(std::string(65, 'x'));
  EXPECT_FALSE(report_of(info));
}

TEST(EgressInfo, KeysOfPlatformsAreNeverKept) {
  EXPECT_EQ(without_key("rtmp://a.example/live2/my-secret-key"), "rtmp://a.example/live2");
  EXPECT_EQ(without_key("rtmps://a.example:443/app/x/key?token=1"), "rtmps://a.example:443/app");
  EXPECT_EQ(without_key("rtmp://a.example/key"), "rtmp://a.example");
  EXPECT_EQ(without_key("srt://10.0.0.1:9000?streamid=key"), "srt://10.0.0.1:9000");
  EXPECT_EQ(without_key("rtmp://a.example/live2/{my-...key}"), "rtmp://a.example/live2/{my-...key}");
  EXPECT_EQ(without_key("rtmp://a.example/app/KEY/{SEC...RET}"), "rtmp://a.example/app/{SEC...RET}");
  EXPECT_EQ(without_key("rtmp://user:pass@a.example/app/key"), "rtmp://a.example/app");
  EXPECT_EQ(without_key("rtmp://user:p@ss@a.example?x"), "rtmp://a.example");
  EXPECT_EQ(without_key("rtmp://a.example/app?auth=key/x"), "rtmp://a.example");
  EXPECT_EQ(without_key("no url"), "");
  EXPECT_EQ(without_key("key?://a/b/c"), "");
  const auto report = report_of(restream({"rtmp://a/app/key"}));
  EXPECT_EQ(report->egress.kind, domain::EgressKind::restream);
  EXPECT_THAT(report->egress.destinations, ElementsAre("rtmp://a/app"));
  EXPECT_THAT(report->egress.failed, IsEmpty());
}

TEST(EgressInfo, NamesADestinationThatTakesNothing) {
  livekit::EgressInfo info = restream({"rtmp://b/x/{k...2}", "rtmp://a/x/{k...1}"});
  EXPECT_THAT(report_of(info)->egress.destinations, ElementsAre("rtmp://a/x/{k...1}", "rtmp://b/x/{k...2}"));
  info.mutable_stream_results(0)->set_status(livekit::StreamInfo::FAILED);
  EXPECT_THAT(report_of(info)->egress.failed, ElementsAre("rtmp://b/x/{k...2}"));
}

TEST(EgressInfo, TextsFromOutsideCanBeStoredAndShown) {
  EXPECT_EQ(plain("could not create element: faac"), "could not create element: faac");
  EXPECT_EQ(plain("two\nlines \x01 \xFF"), "twolines  ");
  EXPECT_EQ(plain(std::string(2'000, 'x')).size(), 500u);
  livekit::EgressInfo info = recording(livekit::EGRESS_FAILED);
  info.set_started_at(-5);
  EXPECT_EQ(report_of(info)->egress.started_at, WallTime{});
  info.add_file_results()->set_size(-1);
  info.mutable_file_results(0)->set_location("x\x02");
  EXPECT_EQ(report_of(info)->egress.file, "") << "there is none";
  info.mutable_file_results(0)->set_size(1);
  info.mutable_file_results(0)->set_duration(-1);
  EXPECT_EQ(report_of(info)->egress.file, "x");
  EXPECT_EQ(report_of(info)->egress.file_seconds, 0u);
}

TEST(EgressInfo, AsksForWhatIsWanted) {
  const RecordingSettings settings{"p", "https://page.example"};
  using domain::EgressKind;
  const auto file =
      request_for({domain::RoomId{"r"}, "", {EgressKind::recording, {}}, domain::Layout::spotlight}, settings);
  EXPECT_EQ(file.room_name(), "r");
  EXPECT_EQ(file.layout(), "speaker");
  EXPECT_EQ(file.custom_base_url(), "https://page.example");
  ASSERT_EQ(file.file_outputs_size(), 1);
  EXPECT_EQ(file.file_outputs(0).filepath(), "p");
  EXPECT_EQ(file.stream_outputs_size(), 0);
  const auto srt =
      request_for({domain::RoomId{"r"}, "", {EgressKind::restream, {"srt://a:1", "srt://b:1"}}, {}}, settings);
  EXPECT_EQ(srt.layout(), "grid");
  EXPECT_EQ(srt.stream_outputs(0).protocol(), livekit::SRT);
  EXPECT_THAT(srt.stream_outputs(0).urls(), ElementsAre("srt://a:1", "srt://b:1"));
  const auto rtmp = request_for({domain::RoomId{"r"}, "", {EgressKind::restream, {"rtmps://a/b"}}, {}}, settings);
  EXPECT_EQ(rtmp.stream_outputs(0).protocol(), livekit::RTMP);
}

TEST(IngressInfo, SaysHowItGoes) {
  livekit::IngressInfo info;
  info.set_ingress_id("IN_1");
  info.set_input_type(livekit::WHIP_INPUT);
  info.set_url("http://a/w");
  info.set_stream_key("key");
  EXPECT_EQ(ingress_of(info).state, app::IngressState::waiting);
  EXPECT_EQ(ingress_of(info).input, app::IngressInput::whip);
  EXPECT_EQ(ingress_of(info).stream_key.reveal(), "key");
  info.mutable_state()->set_status(livekit::IngressState::ENDPOINT_ERROR);
  info.mutable_state()->set_error("codec\n?");
  EXPECT_EQ(ingress_of(info).state, app::IngressState::failed);
  EXPECT_EQ(ingress_of(info).error, "codec?");
}

}  // namespace
}  // namespace costage::livekit_client
