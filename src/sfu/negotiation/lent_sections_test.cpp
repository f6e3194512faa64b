#include "sfu/negotiation/lent_sections.hpp"

#include <gtest/gtest.h>

#include "base/media_limits.hpp"

namespace costage::sfu {
namespace {

using media::Kind;
using media::TrackSid;

struct LentSectionsTest : testing::Test {
  void offer_section(Kind kind, bool receiving = true, const char* codec = nullptr) {
    const char* name = codec != nullptr ? codec : kind == Kind::audio ? "opus" : "VP8";
    offer.sections.push_back({.mid = std::to_string(offer.sections.size() + 7),  // as after a v1 -> v0 -> v1 fallback
                              .kind = kind,
                              .receiving = receiving,
                              .formats = {{find_codec(name), 100, 101, "", 0}}});
  }
  bool add(const std::string& track, Kind kind = Kind::video) { return add_as(track, track, kind); }
  bool add_as(const std::string& track, const std::string& shown_as, Kind kind = Kind::video) {
    return sections.add({.track = TrackSid{track},
                         .shown_as = TrackSid{shown_as},
                         .codec = find_codec(kind == Kind::audio ? "opus" : "VP8"),
                         .publisher = "PA_1",
                         .stream = "camera",
                         .ssrc = 11,
                         .rtx_ssrc = 10});
  }
  std::vector<std::string> started() {
    std::vector<std::string> out;
    for (const auto& one : sections.on_offer(offer).started) out.push_back(one.content.track.value());
    return out;
  }

  ClientOffer offer;
  LentSections sections;
};
using Tracks = std::vector<std::string>;

TEST_F(LentSectionsTest, ATrackGoesIntoTheFirstSectionOfItsKindInTheClientsFormat) {
  offer.extensions.abs_send_time = 5;
  offer_section(Kind::audio);
  offer_section(Kind::video, false);
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_EQ(started(), Tracks{"TR_a"});
  ASSERT_EQ(sections.tracks().size(), 1U);
  EXPECT_EQ(sections.tracks()[0].mid, "9");
  const DownFormat format = sections.find("9")->use.format;
  EXPECT_EQ(format.payload_type, 100);
  EXPECT_EQ(format.rtx_payload_type, 101);
  EXPECT_EQ(format.abs_send_time_id, 5);
  EXPECT_FALSE(sections.take_need()) << "nothing is left to say";
  EXPECT_EQ(started(), Tracks{}) << "it stays where it is";
}

TEST_F(LentSectionsTest, AsksOnceForWhatIsMissing) {
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_FALSE(sections.take_need()) << "the first offer comes by itself";
  EXPECT_EQ(started(), Tracks{"TR_a"});
  add("TR_b");
  add("TR_c");
  add("TR_m", Kind::audio);
  const auto need = sections.take_need();
  ASSERT_TRUE(need);
  EXPECT_EQ(need->videos, 2U);
  EXPECT_EQ(need->audios, 1U);
  add("TR_d");
  EXPECT_FALSE(sections.take_need()) << "clients would add the sections twice";
  offer_section(Kind::video);
  offer_section(Kind::video);
  offer_section(Kind::audio);
  EXPECT_EQ(started(), (Tracks{"TR_b", "TR_c", "TR_m"}));
  EXPECT_EQ(sections.take_need()->videos, 1U) << "for the one that came meanwhile";
}

TEST_F(LentSectionsTest, AnotherTrackNeedsOnlyANewOfferWhereASectionIsFree) {
  offer_section(Kind::video);
  EXPECT_EQ(started(), Tracks{});
  add("TR_a");
  const auto need = sections.take_need();
  ASSERT_TRUE(need);
  EXPECT_EQ(need->audios + need->videos, 0U);
  EXPECT_EQ(started(), Tracks{"TR_a"});
}

// Browsers tell their pages of a new track only where the section received nothing before.
TEST_F(LentSectionsTest, ASectionRestsForOneAnswerBetweenTwoTracks) {
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_EQ(started(), Tracks{"TR_a"});
  EXPECT_EQ(sections.find("7")->first_shown, TrackSid{"TR_a"});
  EXPECT_TRUE(sections.remove(TrackSid{"TR_a"}));
  EXPECT_FALSE(sections.remove(TrackSid{"TR_a"}));
  add("TR_b");
  EXPECT_EQ(sections.take_need()->videos, 1U) << "or it would wait for two offers";
  EXPECT_EQ(started(), Tracks{});
  EXPECT_EQ(sections.find("7"), nullptr) << "inactive in this answer";
  EXPECT_EQ(sections.take_need()->videos, 0U);
  EXPECT_EQ(started(), Tracks{"TR_b"});
  EXPECT_EQ(sections.find("7")->first_shown, TrackSid{"TR_a"}) << "whose name browsers keep";
}

// To the client the section changes its codec and nothing else.
TEST_F(LentSectionsTest, AnotherCodecOfATrackTakesItsSectionOverAtOnce) {
  offer_section(Kind::video);
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_EQ(started(), Tracks{"TR_a"});
  EXPECT_TRUE(sections.remove(TrackSid{"TR_a"}));
  add_as("TR_a+backup", "TR_a");
  EXPECT_EQ(sections.take_need()->videos, 0U) << "an offer, but no section more";
  EXPECT_EQ(started(), Tracks{"TR_a+backup"});
  ASSERT_NE(sections.find("7"), nullptr);
  EXPECT_EQ(sections.find("7")->use.content.track, TrackSid{"TR_a+backup"});
  ASSERT_EQ(sections.tracks().size(), 1U);
  EXPECT_EQ(sections.tracks()[0].track, TrackSid{"TR_a"}) << "as the client knows it";
}

TEST_F(LentSectionsTest, ATrackOfAStoppedSectionMoves) {
  offer_section(Kind::video);
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_EQ(started(), Tracks{"TR_a"});
  offer.sections[0].receiving = false;
  EXPECT_EQ(started(), Tracks{"TR_a"});
  EXPECT_EQ(sections.tracks()[0].mid, "8");
}

TEST_F(LentSectionsTest, ATrackStaysOnASectionOnWhichTheClientSendsAsWell) {
  offer_section(Kind::video);
  add("TR_a");
  EXPECT_EQ(started(), Tracks{"TR_a"});
  offer.sections[0].receiving = false;
  offer.sections[0].sending = offer.sections[0].both_ways = true;
  EXPECT_EQ(started(), Tracks{});
  ASSERT_NE(sections.find("7"), nullptr);
  EXPECT_FALSE(sections.take_need());
  add("TR_b");
  EXPECT_EQ(sections.take_need()->videos, 1U);
  EXPECT_EQ(started(), Tracks{}) << "no other comes there";
  sections.remove(TrackSid{"TR_a"});
  EXPECT_EQ(started(), Tracks{});
  EXPECT_EQ(sections.find("7"), nullptr);
  offer_section(Kind::video);
  EXPECT_EQ(started(), Tracks{"TR_b"});
}

TEST_F(LentSectionsTest, ACodecThatTheClientLacksIsRefused) {
  offer_section(Kind::video, true, "opus");
  add("TR_a");
  const auto outcome = sections.on_offer(offer);
  EXPECT_EQ(outcome.refused, std::vector{TrackSid{"TR_a"}});
  EXPECT_TRUE(outcome.started.empty());
}

TEST_F(LentSectionsTest, NoMoreTracksThanAViewerMayHave) {
  for (std::size_t i = 0; i < media::kMaxViewerTracks; ++i) EXPECT_TRUE(add("TR_" + std::to_string(i)));
  EXPECT_FALSE(add("TR_more"));
  offer_section(Kind::video);
  EXPECT_EQ(started().size(), 1U);
  EXPECT_FALSE(add("TR_more")) << "placed ones count too";
}

}  // namespace
}  // namespace costage::sfu
