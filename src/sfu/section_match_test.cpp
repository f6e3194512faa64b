#include "sfu/section_match.hpp"

#include <gtest/gtest.h>

#include "sfu/peer.hpp"
#include "sfu/publisher.hpp"
#include "sfu/testing/sim_show.hpp"

namespace costage::sfu {
namespace {

using media::Kind;
using std::chrono::seconds;

struct SectionMatchTest : testing::Test {
  OfferedSection& section(const std::string& mid, const std::string& cid, Kind kind = Kind::audio) {
    const Codec* codec = find_codec(kind == Kind::audio ? "opus" : "VP8");
    return offer.sections.emplace_back(
        OfferedSection{.mid = mid, .kind = kind, .sending = true, .formats = {{codec, 96, 0, "", 0}}, .cid = cid});
  }
  PublishedTrack& announce(const std::string& cid, Kind kind = Kind::audio) {
    const media::PublishTrack command{.track = media::TrackSid{"TR_" + cid}, .cid = cid, .kind = kind};
    return *tracks.emplace_back(
        std::make_unique<PublishedTrack>(media::RoomSid{"RM_1"}, command, peer.timers, Instant{}));
  }
  PublishedTrack* find(std::size_t i) { return match.find(offer, offer.sections[i], tracks); }
  void bind(PublishedTrack& track, std::size_t i) {
    track.bind(*offer.sections[i].format().codec, offer.sections[i].mid, {media::Layer::high});
  }

  SeededRng rng{1};
  Context context{{}, rng};
  Peer peer{context, {}, Instant{}};
  ClientOffer offer;
  PublishedTracks tracks;
  SectionMatch match;
};

TEST_F(SectionMatchTest, TheIdComesFirst) {
  section("0", "a");
  section("1", "b");
  PublishedTrack& b = announce("b");
  EXPECT_EQ(find(0), nullptr) << "the section of b is there";
  EXPECT_EQ(find(1), &b);
  PublishedTrack& a = announce("a");
  EXPECT_EQ(find(0), &a);
}

TEST_F(SectionMatchTest, ASectionWithAnUnknownIdTakesTheOldestWaitingTrackOfItsKind) {
  announce("camera", Kind::video);
  PublishedTrack& first = announce("first");
  PublishedTrack& second = announce("second");
  section("0", "rewritten");
  EXPECT_EQ(find(0), &first);
  bind(first, 0);
  section("1", "");
  EXPECT_EQ(find(1), &second);
}

TEST_F(SectionMatchTest, AStoppedSectionDoesNotKeepItsIdFromAnother) {
  section("0", "a").sending = false;
  section("1", "rewritten");
  PublishedTrack& a = announce("a");
  EXPECT_EQ(find(1), &a);
}

TEST_F(SectionMatchTest, TheSectionOfATrackEndedHereTakesNoOther) {
  section("0", "a");
  PublishedTrack& a = announce("a");
  bind(a, 0);
  match.on_removed(offer, a);
  tracks.clear();
  announce("b");
  EXPECT_EQ(find(0), nullptr) << "b has a section of its own";
  PublishedTrack& again = announce("a");
  EXPECT_EQ(find(0), &again);
  tracks.pop_back();
  offer.sections[0].cid = "rewritten";
  match.on_offer(offer);
  EXPECT_EQ(find(0), tracks[0].get()) << "the client has put something else there";
}

TEST_F(SectionMatchTest, ABoundTrackIsOverWhenItsSectionSendsAnother) {
  section("0", "a");
  PublishedTrack& a = announce("a");
  bind(a, 0);
  EXPECT_FALSE(SectionMatch::is_over(offer, a, tracks));
  offer.sections[0].cid = "b";
  EXPECT_FALSE(SectionMatch::is_over(offer, a, tracks)) << "nobody announced b";
  announce("b");
  EXPECT_TRUE(SectionMatch::is_over(offer, a, tracks));
  offer.sections[0] = {.mid = "0", .cid = "a"};
  EXPECT_TRUE(SectionMatch::is_over(offer, a, tracks)) << "stopped";
  offer.sections.clear();
  EXPECT_TRUE(SectionMatch::is_over(offer, a, tracks));
}

// As libwebrtc does: the track's id in a=msid is a new one when the same track is published a second time.
TEST(PublishAgain, ReachesTheViewersUnderAnyId) {
  SimShow show(21);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(1));
  host.publishing = false;
  show.offer(host, false);
  show.run(seconds(1));
  ASSERT_EQ(show.events<media::TrackEnded>().size(), 2U);
  show.announce("host");
  host.publishing = true;
  host.msid_suffix = "-rewritten";
  show.offer(host, true);
  show.run(seconds(2));
  EXPECT_EQ(show.events<media::TrackStarted>().size(), 4U);
  for (const char* track : {"TR_Vhost", "TR_Ahost"}) {
    ASSERT_TRUE(viewer.screen_of(track)) << track;
    EXPECT_GT(viewer.screen_of(track)->packets.size(), 50U) << track;
  }
}

TEST(PublishAgain, WaitingForASectionEndsAfterTenSeconds) {
  SimShow show(22);
  show.join("host", false);
  for (std::size_t i = 0; i < media::kMaxPeerTracks; ++i) {
    const media::TrackSid sid{"TR_" + std::to_string(i)};
    show.command(media::PublishTrack{.peer = SimShow::peer("host"), .track = sid, .cid = sid.value()});
  }
  show.run(Publisher::kWaitForSection - seconds(1));
  EXPECT_TRUE(show.events<media::TrackEnded>().empty());
  show.run(seconds(2));
  EXPECT_EQ(show.events<media::TrackEnded>().size(), media::kMaxPeerTracks);
  EXPECT_EQ(show.sfu.stats().tracks, 0U);
}

}  // namespace
}  // namespace costage::sfu
