#include "adapters/livekit_client/media_room.hpp"

#include <gtest/gtest.h>
#include <livekit/room.pb.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/overloaded.hpp"

namespace costage::livekit_client {
namespace {

using livekit::ParticipantInfo;

const domain::RoomId kRoom{"room_a"};

ParticipantInfo person(const std::string& identity, const std::string& sid, const std::string& lease = "l1") {
  ParticipantInfo info;
  info.set_identity(identity);
  info.set_sid(sid);
  info.set_state(ParticipantInfo::ACTIVE);
  if (!lease.empty()) info.set_metadata(R"({"role":"coHost","leaseId":")" + lease + R"(","epoch":1})");
  info.mutable_permission()->set_can_publish(!lease.empty());
  return info;
}

livekit::TrackInfo track(const std::string& sid, livekit::TrackSource source, bool muted = false) {
  livekit::TrackInfo info;
  info.set_sid(sid);
  info.set_source(source);
  info.set_muted(muted);
  return info;
}

ParticipantInfo with(ParticipantInfo info, const livekit::TrackInfo& track) {
  *info.add_tracks() = track;
  return info;
}

livekit::WebhookEvent webhook(const std::string& name, const ParticipantInfo& who,
                              const livekit::TrackInfo& what = {}) {
  livekit::WebhookEvent event;
  event.set_event(name);
  *event.mutable_participant() = who;
  *event.mutable_track() = what;
  return event;
}

std::string mark(app::MediaDevice device) {
  return device == app::MediaDevice::on ? "+" : device == app::MediaDevice::muted ? "m" : "-";
}

// "cosmo joined l1; cosmo mic+ cam- screen- sends"
std::string text(const MediaEvents& events) {
  std::string out;
  for (const app::MediaEvent& event : events) {
    if (!out.empty()) out += "; ";
    out += std::visit(
        Overloaded{[](const app::ParticipantJoined& e) { return e.identity.value() + " joined " + e.lease.value(); },
                   [](const app::ParticipantLeft& e) { return e.identity.value() + " left " + e.reason; },
                   [](const app::MediaDevicesChanged& e) {
                     return e.identity.value() + " mic" + mark(e.microphone) + " cam" + mark(e.camera) + " screen" +
                            mark(e.screen) + (e.sending ? " sends" : "");
                   },
                   [](const auto&) { return std::string{"?"}; }},
        event);
  }
  return out;
}

struct MediaRoomTest : testing::Test {
  std::string hook(const std::string& name, const ParticipantInfo& who, const livekit::TrackInfo& what = {}) {
    return text(room.on_webhook(webhook(name, who, what), ++now));
  }
  std::string list(const std::vector<ParticipantInfo>& all) { return list_asked_at(++now, all); }
  std::string list_asked_at(Turn asked, const std::vector<ParticipantInfo>& all,
                            const std::set<std::string>& answering = {}) {
    livekit::ListParticipantsResponse response;
    for (const auto& one : all) *response.add_participants() = one;
    const auto missing = room.missing(response.participants(), asked);
    MediaEvents events = room.on_list(response.participants(), asked, ++now);
    for (const MediaRoom::Listed& one : missing)
      if (!answering.contains(one.identity)) std::ranges::move(room.on_absent(one), std::back_inserter(events));
    return text(events);
  }
  std::string ping(bool answered) { return text(room.on_ping("cosmo", "PA_1", answered)); }
  MediaRoom room{kRoom};
  Turn now = 0;
  const ParticipantInfo cosmo = person("cosmo", "PA_1");
};

TEST_F(MediaRoomTest, WebhooksTellWhoComesWhatTheySendAndWhoGoes) {
  EXPECT_EQ(hook("participant_joined", cosmo), "cosmo joined l1");
  EXPECT_EQ(hook("track_published", cosmo, track("TR_a", livekit::MICROPHONE)), "cosmo mic+ cam- screen- sends");
  EXPECT_EQ(hook("track_published", cosmo, track("TR_v", livekit::CAMERA)), "cosmo mic+ cam+ screen- sends");
  EXPECT_EQ(hook("track_unpublished", cosmo, track("TR_a", livekit::MICROPHONE)), "cosmo mic- cam+ screen- sends");
  ParticipantInfo gone = cosmo;
  gone.set_disconnect_reason(livekit::CLIENT_INITIATED);
  EXPECT_EQ(hook("participant_left", gone), "cosmo left client");
  EXPECT_TRUE(room.people().empty());
}

TEST_F(MediaRoomTest, WhoWatchesIsNotKept) {
  EXPECT_EQ(hook("participant_joined", person("vera#abcdefghijkl", "PA_v", "")), "");
  EXPECT_EQ(list({person("vera#abcdefghijkl", "PA_v", "")}), "");
  EXPECT_TRUE(room.people().empty());
  ParticipantInfo forged = person("vera#abcdefghijkl", "PA_v", "");
  forged.mutable_permission()->set_can_publish(true);
  EXPECT_EQ(hook("participant_joined", forged), "vera#abcdefghijkl joined ");
}

TEST_F(MediaRoomTest, WhatIsDoubledOrComesLateChangesNothing) {
  EXPECT_EQ(hook("participant_joined", cosmo), "cosmo joined l1");
  EXPECT_EQ(hook("participant_joined", cosmo), "");
  hook("participant_left", cosmo);
  EXPECT_EQ(hook("participant_left", cosmo), "");
  EXPECT_EQ(hook("participant_joined", cosmo), "") << "it was sent before";
  EXPECT_EQ(hook("track_published", cosmo, track("TR_a", livekit::MICROPHONE)), "");
}

TEST_F(MediaRoomTest, InAnotherOrderTheyComeToTheSame) {
  EXPECT_EQ(hook("participant_left", cosmo), "");
  EXPECT_EQ(hook("participant_joined", cosmo), "");
  EXPECT_TRUE(room.people().empty());
  const ParticipantInfo again = person("cosmo", "PA_2");
  hook("participant_joined", again);
  hook("track_unpublished", again, track("TR_a", livekit::MICROPHONE));
  EXPECT_EQ(hook("track_published", again, track("TR_a", livekit::MICROPHONE)), "");
}

TEST_F(MediaRoomTest, AConnectionThatReplacesAnotherIsThere) {
  hook("participant_joined", cosmo);
  EXPECT_EQ(hook("participant_joined", person("cosmo", "PA_2", "l2")), "cosmo joined l2");
  EXPECT_EQ(hook("participant_left", cosmo), "") << "the earlier one";
  EXPECT_EQ(room.people().at("cosmo").sid, "PA_2");
}

TEST_F(MediaRoomTest, AListSaysWhatWebhooksDidNot) {
  EXPECT_EQ(list({with(cosmo, track("TR_a", livekit::MICROPHONE))}), "cosmo joined l1; cosmo mic+ cam- screen- sends");
  EXPECT_EQ(list({with(cosmo, track("TR_a", livekit::MICROPHONE, true))}), "cosmo micm cam- screen-");
  EXPECT_EQ(list({with(cosmo, track("TR_a", livekit::MICROPHONE, true))}), "");
  EXPECT_EQ(list({}), "cosmo left timeout");
}

TEST_F(MediaRoomTest, AListKnowsNothingOfWhatCameAfterItWasAskedFor) {
  const Turn asked = ++now;
  hook("participant_joined", cosmo);
  EXPECT_EQ(list_asked_at(asked, {}), "");
  EXPECT_EQ(list({}), "cosmo left timeout") << "the next one does";
  hook("participant_joined", person("cosmo", "PA_2"));
  const Turn later = ++now;
  hook("track_published", person("cosmo", "PA_2"), track("TR_a", livekit::MICROPHONE));
  EXPECT_EQ(list_asked_at(later, {person("cosmo", "PA_2")}), "");
}

TEST_F(MediaRoomTest, WhoIsNotConnectedYetOrAnyMoreIsNotThere) {
  ParticipantInfo joining = cosmo, gone = cosmo;
  joining.set_state(ParticipantInfo::JOINED);
  gone.set_state(ParticipantInfo::DISCONNECTED);
  EXPECT_EQ(list({joining}), "");
  EXPECT_EQ(list({cosmo}), "cosmo joined l1");
  EXPECT_EQ(list({gone}), "cosmo left timeout");
}

// S-057: promoted in place.
TEST_F(MediaRoomTest, ARightThatIsGivenOnTheWayIsANewLease) {
  ParticipantInfo viewer = person("cosmo", "PA_1", "");
  EXPECT_EQ(hook("participant_joined", viewer), "cosmo joined ");
  EXPECT_EQ(text(room.on_answer(cosmo, ++now)), "cosmo joined l1");
  EXPECT_TRUE(room.people().at("cosmo").can_publish);
}

TEST_F(MediaRoomTest, WhoIsListedButForWhomNobodyAnswersIsGone) {
  list({cosmo});
  EXPECT_EQ(ping(false), "");
  EXPECT_EQ(ping(true), "") << "one alone was an accident";
  EXPECT_EQ(ping(false), "");
  EXPECT_EQ(ping(false), "cosmo left timeout");
  EXPECT_EQ(list({cosmo}), "") << "listed for ever";
  EXPECT_EQ(room.listed().size(), 1u) << "and asked for again";
  EXPECT_EQ(ping(false), "");
  EXPECT_EQ(list({person("cosmo", "PA_2")}), "cosmo joined l1") << "another connection";
  EXPECT_EQ(room.listed().size(), 1u);
}

TEST_F(MediaRoomTest, WhoWasGivenUpAndAnswersIsBack) {
  list({cosmo});
  static_cast<void>(ping(false));
  EXPECT_EQ(ping(false), "cosmo left timeout");
  EXPECT_EQ(list({cosmo}), "");
  EXPECT_EQ(ping(true), "");
  EXPECT_EQ(list({cosmo}), "cosmo joined l1");
}

TEST_F(MediaRoomTest, WhoIsForgottenButAnswersIsThere) {
  list({cosmo});
  const google::protobuf::RepeatedPtrField<ParticipantInfo> nobody;
  const MediaRoom::Listed gone{"cosmo", "PA_1"};
  EXPECT_EQ(room.missing(nobody, ++now), std::vector{gone});
  EXPECT_EQ(list_asked_at(++now, {}, {"cosmo"}), "");
  EXPECT_EQ(room.people().size(), 1u);
  EXPECT_EQ(list({}), "cosmo left timeout") << "when nobody answers";
  EXPECT_TRUE(room.missing(nobody, ++now).empty());
  list({person("cosmo", "PA_2")});
  EXPECT_EQ(text(room.on_absent(gone)), "") << "who came back meanwhile is there";
}

TEST_F(MediaRoomTest, ARoomThatIsOverHasNobody) {
  hook("participant_joined", cosmo);
  hook("participant_joined", person("hanna", "PA_h", "l2"));
  EXPECT_EQ(hook("room_finished", {}), "cosmo left roomClosed; hanna left roomClosed");
}

TEST(LeaseOf, MetadataThatIsNotOursHasNone) {
  for (const char* metadata : {"", "{", "[]", "7", R"({"leaseId":7})", R"({"role":"viewer"})"}) {
    ParticipantInfo info;
    info.set_metadata(metadata);
    EXPECT_EQ(lease_of(info).value(), "") << metadata;
  }
  EXPECT_EQ(lease_of(person("a", "PA_1", "l7")).value(), "l7");
}

// Whatever webhooks were lost, doubled or reordered: one list later all is as it is there.
RC_GTEST_PROP(MediaRoomProperty, OneListRepairsEverything, ()) {
  const std::vector<std::string> names{"participant_joined", "participant_left", "track_published",
                                       "track_unpublished"};
  MediaRoom room{kRoom};
  Turn now = 0;
  const auto some = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
      rc::gen::tuple(rc::gen::inRange(0, 4), rc::gen::inRange(0, 3), rc::gen::inRange(0, 3), rc::gen::inRange(0, 4)));
  for (const auto& [name, who, connection, what] : some)
    static_cast<void>(room.on_webhook(
        webhook(names[static_cast<std::size_t>(name)],
                person("p" + std::to_string(who), "PA_" + std::to_string(who) + std::to_string(connection)),
                track("TR_" + std::to_string(what), livekit::CAMERA)),
        ++now));
  livekit::ListParticipantsResponse truth;
  *truth.add_participants() = with(person("p1", "PA_12"), track("TR_1", livekit::CAMERA));
  const Turn asked = ++now;
  const auto missing = room.missing(truth.participants(), asked);
  static_cast<void>(room.on_list(truth.participants(), asked, ++now));
  for (const MediaRoom::Listed& one : missing) static_cast<void>(room.on_absent(one));
  RC_ASSERT(room.people().size() == 1u);
  RC_ASSERT(room.people().at("p1").sid == "PA_12");
  RC_ASSERT(room.people().at("p1").tracks.size() == 1u);
  RC_ASSERT(room.people().at("p1").told.camera == app::MediaDevice::on);
}

}  // namespace
}  // namespace costage::livekit_client
