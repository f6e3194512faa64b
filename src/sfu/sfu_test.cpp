// The whole media server against simulated browsers on a bad network. Every failure prints its seed.
#include "sfu/sfu.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sfu/forward/layer_demand.hpp"
#include "sfu/testing/sim_show.hpp"
#include "sfu/wire/data_track.hpp"
#include "sfu/wire/rtcp/remb.hpp"

namespace costage::sfu {
namespace {

using media::Layer;
using std::chrono::milliseconds;
using std::chrono::seconds;

const LossyNetwork::Settings kGood{.delay = milliseconds(10), .jitter = milliseconds(2)};
const LossyNetwork::Settings kBad{
    .loss_percent = 3, .duplicate_percent = 1, .delay = milliseconds(15), .jitter = milliseconds(12)};

// What a viewer must be able to rely on, whatever happened on the way.
void expect_unbroken(const SimScreen& screen) {
  ASSERT_FALSE(screen.packets.empty());
  const auto begin = screen.packets.find(screen.first_arrived);
  const std::int64_t last = screen.packets.rbegin()->first;
  EXPECT_EQ(last - begin->first + 1, std::distance(begin, screen.packets.end())) << "packets that were never repaired";
  const SimScreen::Arrived* before = nullptr;
  for (auto it = begin; it != screen.packets.end(); ++it) {
    const SimScreen::Arrived& now = it->second;
    ASSERT_TRUE(!screen.video || now.vp8) << "a payload that is not VP8";
    if (before != nullptr) {
      const auto step = static_cast<std::int32_t>(now.timestamp - before->timestamp);
      ASSERT_GE(step, 0);
      ASSERT_LT(step, 90000 * 4);
      if (screen.video) {
        const bool same_frame = now.frame.number == before->frame.number && now.frame.layer == before->frame.layer;
        ASSERT_EQ(same_frame, step == 0) << "frames and timestamps belong together";
        if (now.frame.layer != before->frame.layer) {
          ASSERT_TRUE(now.frame.key && now.frame.packet == 0) << "a layer switch away from a key frame";
        }
        ASSERT_EQ(static_cast<std::uint16_t>((*now.vp8->picture_id - *before->vp8->picture_id) & 0x7fff),
                  same_frame ? 0 : 1);
        ASSERT_EQ(static_cast<std::uint8_t>(*now.vp8->tl0_picture_index - *before->vp8->tl0_picture_index),
                  same_frame ? 0 : 1);
        // The timeline of the capture, but for a key frame that was overtaken or clocks not told yet. Sender reports
        // are on the same timeline, so lip-sync does not suffer.
        const double frames = static_cast<double>(now.frame.number) - before->frame.number;
        if (frames >= 0) {
          ASSERT_NEAR(step / 90.0, frames * 33.333, 70);
        }
      }
    }
    before = &now;
  }
}

void let_repairs_finish(SimShow& show) {
  show.network.set(kGood);
  for (auto& [name, b] : show.browsers) b->camera.video_on = b->camera.audio_on = false;
  show.run(milliseconds(1500));
}

class SfuOnEitherPath : public testing::TestWithParam<media::Connections> {};
INSTANTIATE_TEST_SUITE_P(Connections, SfuOnEitherPath,
                         testing::Values(media::Connections::pair, media::Connections::single));

TEST_P(SfuOnEitherPath, AViewerSeesAndHearsAPublisher) {
  SimShow show(1, kGood, GetParam());
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  let_repairs_finish(show);
  SimScreen* video = viewer.screen_of("TR_Vhost");
  SimScreen* audio = viewer.screen_of("TR_Ahost");
  ASSERT_TRUE(video && audio);
  EXPECT_GT(video->packets.size(), 80U * 3);
  EXPECT_GT(audio->packets.size(), 130U);
  expect_unbroken(*video);
  expect_unbroken(*audio);
  EXPECT_EQ(viewer.unsignalled, 0);
  EXPECT_EQ(video->packets.rbegin()->second.frame.layer, 2);
  EXPECT_TRUE(video->packets.begin()->second.frame.key);

  EXPECT_EQ(show.events<media::TrackStarted>().size(), 2U);
  EXPECT_EQ(show.events<media::TrackFlowing>().size(), 2U);
  EXPECT_EQ(show.events<media::SubscriptionFlowing>().size(), 2U);
  EXPECT_TRUE(show.events<media::NegotiationFailed>().empty());
  EXPECT_GT(show.browsers["host"]->camera.feedback_received, 10);
  EXPECT_GT(show.browsers["host"]->camera.packets_acknowledged, 400);
}

TEST_P(SfuOnEitherPath, UnderLossEveryViewerGetsAnUnbrokenStreamWhateverIsSwitched) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SimShow show(seed, kBad, GetParam());
    show.join("host", true);
    show.join("ann", false);
    show.join("bob", false);
    show.run(milliseconds(1500));
    for (int i = 0; i < 4; ++i) {
      const char* who = show.rng.below(2) == 0 ? "ann" : "bob";
      const auto layer = static_cast<Layer>(show.rng.below(3));
      show.command(
          media::ConfigureSubscription{SimShow::peer(who), SimShow::camera_of("host"), show.rng.below(5) != 0, layer});
      if (show.rng.below(4) == 0) show.command(media::MuteTrack{SimShow::camera_of("host"), show.rng.below(2) == 0});
      if (show.rng.below(4) == 0) show.browsers["host"]->camera.layer_on[show.rng.below(3)] ^= true;
      std::array<std::uint8_t, 300> garbage;
      show.rng.fill(garbage);
      const Address from = show.rng.below(2) == 0 ? show.stranger : show.browsers["host"]->publisher_address;
      show.sfu.on_packet(show.now, from, MutableBytes{garbage}.first(show.rng.below(garbage.size())));
      show.run(milliseconds(700));
    }
    let_repairs_finish(show);
    for (const char* who : {"ann", "bob"})
      for (const char* track : {"TR_Vhost", "TR_Ahost"}) {
        SCOPED_TRACE(testing::Message() << who << " " << track);
        SimScreen* screen = show.browsers[who]->screen_of(track);
        ASSERT_TRUE(screen);
        if (screen->video)
          expect_unbroken(*screen);
        else
          EXPECT_GT(screen->packets.size(), 100U);
      }
    if (testing::Test::HasFatalFailure() || testing::Test::HasNonfatalFailure()) return;
  }
}

TEST_P(SfuOnEitherPath, LossIsRepairedInBothDirections) {
  SimShow show(5, kBad, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(5));
  let_repairs_finish(show);
  EXPECT_GT(host.camera.packets_resent, 10);
  EXPECT_GT(viewer.screen_of("TR_Vhost")->repaired, 5);
  EXPECT_GT(show.sfu.stats().retransmitted, 5U);
  expect_unbroken(*viewer.screen_of("TR_Vhost"));
}

TEST_P(SfuOnEitherPath, EverybodyOnStageGetsTheOthersButNotThemselves) {
  SimShow show(2, kGood, GetParam());
  for (const char* name : {"host", "guest"}) show.join(name, true);
  show.join("viewer", false);
  show.run(seconds(2));
  EXPECT_EQ(show.browsers["host"]->screens.size(), 2U);
  EXPECT_EQ(show.browsers["viewer"]->screens.size(), 4U);
  EXPECT_TRUE(show.browsers["host"]->screen_of("TR_Vguest"));
  EXPECT_FALSE(show.browsers["host"]->screen_of("TR_Vhost"));
  for (auto& [name, b] : show.browsers)
    for (auto& s : b->screens) EXPECT_GT(s->packets.size(), 50U) << name;
}

TEST(Sfu, LayersFollowTheViewersWish) {
  SimShow show(3, kGood);
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  for (const Layer layer : {Layer::low, Layer::medium, Layer::high}) {
    show.command(media::ConfigureSubscription{SimShow::peer("viewer"), SimShow::camera_of("host"), true, layer});
    show.run(milliseconds(2500));
    EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, static_cast<int>(layer));
  }
  expect_unbroken(*viewer.screen_of("TR_Vhost"));
}

TEST(Sfu, WhenAPublisherStopsALayerItsViewersFallToTheNext) {
  SimShow show(4, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  host.camera.layer_on[2] = false;
  show.run(seconds(4));
  EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, 1);
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(200));
}

TEST(Sfu, MuteStopsAtOnceAndUnmuteResumesWithAKeyFrame) {
  SimShow show(6, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  show.command(media::MuteTrack{SimShow::camera_of("host"), true});
  show.run(milliseconds(100));
  const std::size_t before = viewer.screen_of("TR_Vhost")->packets.size();
  const int asked = host.camera.key_frames_asked;
  show.run(seconds(2));
  EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.size(), before);
  show.command(media::MuteTrack{SimShow::camera_of("host"), false});
  show.run(seconds(1));
  EXPECT_GT(viewer.screen_of("TR_Vhost")->packets.size(), before + 30);
  EXPECT_GT(host.camera.key_frames_asked, asked);
  expect_unbroken(*viewer.screen_of("TR_Vhost"));
}

TEST(Sfu, KeyFrameRequestsAreThrottled) {
  SimShow show(7, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  const int before = host.camera.key_frames_asked;
  for (int i = 0; i < 100; ++i) {
    std::array<std::uint8_t, 12> pli;
    ByteWriter out(pli);
    rtcp::Pli{1, viewer.screen_of("TR_Vhost")->ssrc}.write(out);
    viewer.subscriber.send_rtcp(out.written());
    show.run(milliseconds(20));
  }
  EXPECT_GE(host.camera.key_frames_asked - before, 1) << "a PLI reaches the publisher";
  EXPECT_LE(host.camera.key_frames_asked - before, 3) << "one a second at most";
}

// S-066: removal takes effect immediately.
// The newest key frame and what followed it are kept, and sent before the live stream.
TEST(Sfu, ANewcomersFirstPictureWaitsForNoKeyFrame) {
  SimShow show(77);
  show.join("host", true);
  show.join("first", false);
  show.run(seconds(2));
  show.run(Duration{300'000});
  constexpr std::uint32_t kFramesUntilNow = 69;
  SimBrowser& late = show.join("late", false);
  show.run(Duration{150'000});
  const SimScreen* screen = late.screen_of("TR_Vhost");
  ASSERT_TRUE(screen != nullptr && !screen->packets.empty());
  EXPECT_TRUE(screen->packets.begin()->second.frame.key);
  EXPECT_LT(screen->packets.begin()->second.frame.number, kFramesUntilNow) << "of before it came";
  show.run(seconds(2));
  expect_unbroken(*screen);
}

TEST_P(SfuOnEitherPath, ARemovedPublisherIsGoneAtOnceAndItsSectionsAreInactive) {
  SimShow show(8, kGood, GetParam());
  show.join("host", true);
  show.join("guest", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  const auto unused = [&] {
    return std::ranges::count_if(viewer.receives().media, [](const sdp::Media& m) {
      return m.direction == sdp::Direction::inactive || m.direction == sdp::Direction::recvonly;
    });
  };
  const auto before = unused();
  const Instant removed = show.now;
  show.leave("guest");
  show.run(seconds(1));
  EXPECT_EQ(unused(), before + 2);
  EXPECT_FALSE(viewer.screen_of("TR_Vguest"));
  for (auto& s : viewer.screens) {
    const bool gone = show.now - s->last_at > milliseconds(500);
    if (gone) {
      EXPECT_LT(s->last_at - removed, milliseconds(20)) << "nothing but what was on the way";
    }
  }
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(100));
  EXPECT_EQ(show.sfu.stats().tracks, 2U);
}

TEST(Sfu, AMovedPublisherIsHeardAndEndsInTheOtherRoom) {
  SimShow show(9, kGood);
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  const media::RoomSid other{"RM_2"};
  for (const media::TrackSid& track : {SimShow::camera_of("host"), SimShow::microphone_of("host")})
    show.command(media::Unsubscribe{SimShow::peer("viewer"), track});
  show.command(media::MovePeer{SimShow::peer("host"), other});
  EXPECT_EQ(show.sfu.stats().rooms, 2U);
  show.command(media::MovePeer{SimShow::peer("viewer"), other});
  EXPECT_EQ(show.sfu.stats().rooms, 1U);
  show.command(media::Subscribe{SimShow::peer("viewer"), SimShow::camera_of("host")});
  show.all_events.clear();
  show.run(seconds(2));
  ASSERT_TRUE(viewer.screen_of("TR_Vhost"));
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(100));
  for (const auto& told : show.events<media::SpeakersChanged>()) EXPECT_EQ(told.room, other);
  show.command(media::UnpublishTrack{SimShow::camera_of("host"), SimShow::peer("host")});
  show.run(seconds(1));
  EXPECT_EQ(show.sfu.stats().tracks, 1U);
  EXPECT_FALSE(viewer.screen_of("TR_Vhost"));
}

TEST_P(SfuOnEitherPath, SectionsAreUsedAgain) {
  SimShow show(9, kGood, GetParam());
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  for (int i = 0; i < 5; ++i) {
    show.join("guest" + std::to_string(i), true);
    show.run(seconds(1));
    EXPECT_TRUE(viewer.screen_of("TR_Vguest" + std::to_string(i)));
    show.leave("guest" + std::to_string(i));
    show.run(seconds(1));
  }
  EXPECT_EQ(viewer.receives().media.size(), viewer.single() ? 9U : 5U)
      << "data channels, and two sections for each of host and guest; or two of its own and six that it lends";
}

TEST_P(SfuOnEitherPath, AnOfferThatStopsSendingEndsTheTracks) {
  SimShow show(10, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(1));
  host.publishing = false;
  show.offer(host, false);
  show.run(seconds(1));
  EXPECT_EQ(show.events<media::TrackEnded>().size(), 2U);
  EXPECT_EQ(show.sfu.stats().tracks, 0U);
  EXPECT_EQ(show.sfu.stats().subscriptions, 0U);
  EXPECT_FALSE(viewer.screen_of("TR_Vhost"));
  // And it can start again on the same sections.
  host.publishing = true;
  show.offer(host, true);
  show.announce("host");
  show.run(seconds(2));
  ASSERT_TRUE(viewer.screen_of("TR_Vhost"));
  EXPECT_GT(viewer.screen_of("TR_Vhost")->packets.size(), 50U);
}

TEST(Sfu, TracksBindWhicheverComesFirst) {
  for (const bool announce_first : {true, false}) {
    SimShow show(11, kGood);
    SimBrowser& host = show.join("host", false);
    host.publishing = true;
    if (announce_first) show.announce("host");
    show.offer(host, true);
    if (!announce_first) show.announce("host");
    show.run(seconds(1));
    EXPECT_EQ(show.events<media::TrackStarted>().size(), 2U);
    EXPECT_EQ(show.events<media::TrackFlowing>().size(), 2U);
  }
}

TEST_P(SfuOnEitherPath, DataGoesBothWays) {
  SimShow show(12, kBad, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(5));
  const auto hello = std::make_shared<const Buffer>(Buffer(4000, 7));
  for (int i = 0; i < 20; ++i) {
    show.command(media::SendData{{SimShow::peer("viewer")}, media::Channel::reliable, hello});
    host.publisher.send_data(show.now, media::Channel::reliable, *hello);
    show.run(milliseconds(50));
  }
  show.run(seconds(5));
  EXPECT_EQ(viewer.messages.size(), 20U);
  EXPECT_EQ(show.events<media::DataReceived>().size(), 20U);
}

Buffer data_track_packet(std::uint8_t handle, std::uint16_t frame, bool start, bool final, std::size_t size = 1000) {
  Buffer out(12 + size, 7);
  ByteWriter w(out);
  w.u8(static_cast<std::uint8_t>((start ? 0x10 : 0) | (final ? 0x08 : 0)));
  for (const int field : {0, 0, static_cast<int>(handle), 0, 0}) w.u8(static_cast<std::uint8_t>(field));
  w.u16(frame);
  w.u32(0);
  return out;
}

TEST(Sfu, DataTracksGoToTheirSubscribersUnderTheirHandles) {
  SimShow show(12, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  SimBrowser& other = show.join("other", false);
  show.run(seconds(5));
  const auto send = [&](std::uint16_t frame) {
    show.send_data(host, media::Channel::data_track, data_track_packet(3, frame, true, true));
    show.run(milliseconds(50));
  };
  send(1);
  const media::SubscribeDataTrack wish{SimShow::peer("host"), 3, SimShow::peer("viewer"), 700, 0};
  show.command(wish);
  for (std::uint16_t frame = 2; frame <= 20; ++frame) send(frame);
  EXPECT_EQ(viewer.messages.size(), 19U);
  for (const Buffer& message : viewer.messages) EXPECT_EQ(data_track::parse(message)->handle, 700);
  EXPECT_TRUE(other.messages.empty());
  EXPECT_TRUE(show.events<media::DataReceived>().empty()) << "signalling has nothing to do with them";
  show.command(media::UnsubscribeDataTrack{SimShow::peer("host"), 3, SimShow::peer("viewer")});
  send(21);
  EXPECT_EQ(viewer.messages.size(), 19U);
}

// 30 frames of 250 packets a second, 60 Mbit/s, for somebody so far away that their window takes a part of it.
TEST(Sfu, ASlowSubscriberGetsFewerFramesButFreshOnes) {
  SimShow show(12, {.delay = milliseconds(10)});  // what comes out of order counts as lost, and is not sent again
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(5));
  show.command(media::SubscribeDataTrack{SimShow::peer("host"), 3, SimShow::peer("viewer"), 1, 0});
  show.network.detour = [&](const Address& from, const Address& to) {
    return from == viewer.subscriber_address || to == viewer.subscriber_address ? milliseconds(75) : Duration{};
  };
  constexpr int kPackets = 250;
  std::set<std::uint16_t> frames;
  Duration oldest{};
  for (std::uint16_t frame = 1; frame <= 600; ++frame) {
    for (int i = 0; frame <= 500 && i < kPackets; ++i)
      show.send_data(host, media::Channel::data_track, data_track_packet(3, frame, i == 0, i == kPackets - 1));
    show.run(milliseconds(33));
    for (const Buffer& message : std::exchange(viewer.messages, {})) {
      const auto header = data_track::parse(message);
      frames.insert(header->frame);
      oldest = std::max<Duration>(oldest, milliseconds(33) * (frame - header->frame));
    }
  }
  EXPECT_GT(frames.size(), 50U);
  EXPECT_LT(frames.size(), 400U);
  EXPECT_LT(oldest, seconds(2));
}

TEST(Sfu, SpeakersAreThoseWhoSpeak) {
  SimShow show(13, kGood);
  SimBrowser& host = show.join("host", true);
  host.camera.audio_level = 90;
  show.join("guest", true);
  show.run(seconds(3));
  std::map<media::PeerSid, bool> active;
  for (const auto& event : show.events<media::SpeakersChanged>())
    for (const media::Speaker& s : event.speakers) active[s.peer] = s.active;
  EXPECT_TRUE(active[SimShow::peer("guest")]);
  EXPECT_FALSE(active[SimShow::peer("host")]);
  show.browsers["guest"]->camera.audio_level = 90;
  show.run(seconds(2));
  EXPECT_FALSE(show.events<media::SpeakersChanged>().back().speakers.back().active);
}

TEST_P(SfuOnEitherPath, IceRestartKeepsMediaFlowing) {
  SimShow show(14, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  const std::string before = viewer.receives().media[0].transport.ice_ufrag;
  show.restart_ice(viewer);
  show.run(seconds(2));
  EXPECT_NE(viewer.receives().media[0].transport.ice_ufrag, before);
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(200));
  host.publishing = false;
  show.run(milliseconds(100));  // what is on its way, out of order, arrives
  expect_unbroken(*viewer.screen_of("TR_Vhost"));
}

TEST(Sfu, DemandTellsAPublisherWhatNobodyWants) {
  SimShow show(15, kGood);
  show.join("host", true);
  show.join("viewer", false);
  show.run(seconds(1));
  show.command(media::ConfigureSubscription{SimShow::peer("viewer"), SimShow::camera_of("host"), true, Layer::low});
  show.run(LayerDemandMemory::kLessAfter - milliseconds(1));
  EXPECT_TRUE(show.events<media::LayerDemand>().empty()) << "less is told only when it lasted";
  show.run(milliseconds(501));  // it is looked at four times a second
  ASSERT_EQ(show.events<media::LayerDemand>().size(), 1U);
  EXPECT_EQ(show.events<media::LayerDemand>()[0].max_layer, Layer::low);
  show.command(media::ConfigureSubscription{SimShow::peer("viewer"), SimShow::camera_of("host"), true, Layer::high});
  show.run(milliseconds(500));
  EXPECT_EQ(show.events<media::LayerDemand>().back().max_layer, Layer::high) << "more is told at once";
}

// The viewer's REMB, twenty times within two seconds.
void report_estimate(SimShow& show, SimBrowser& viewer, std::uint64_t bits) {
  for (int i = 0; i < 20; ++i) {
    std::array<std::uint8_t, 64> space;
    ByteWriter out(space);
    const std::array ssrcs{viewer.screen_of("TR_Vhost")->ssrc};
    rtcp::Remb{1, bits, {}}.write(out, ssrcs);
    viewer.subscriber.send_rtcp(out.written());
    show.run(milliseconds(100));
  }
}

TEST(Sfu, APoorEstimateLowersTheLayerAndThenPausesWhereThatIsAllowed) {
  SimShow show(16, kGood);
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false, true);
  show.run(seconds(3));
  report_estimate(show, viewer, 110'000);
  EXPECT_LT(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, 2);
  report_estimate(show, viewer, 40'000);
  ASSERT_FALSE(show.events<media::SubscriptionPaused>().empty());
  EXPECT_TRUE(show.events<media::SubscriptionPaused>()[0].paused);
  EXPECT_LT(show.now - viewer.screen_of("TR_Ahost")->last_at, milliseconds(100)) << "audio goes on";
  show.run(seconds(60));
  EXPECT_FALSE(show.events<media::SubscriptionPaused>().back().paused);
  EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, 2);
}

TEST(Sfu, APoorEstimateNeverStopsAVideoThatMayNotPause) {
  SimShow show(17, kGood);
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  report_estimate(show, viewer, 20'000);
  EXPECT_TRUE(show.events<media::SubscriptionPaused>().empty());
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(200));
  EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, 0) << "the lowest layer goes on";
  show.run(seconds(60));
  EXPECT_EQ(viewer.screen_of("TR_Vhost")->packets.rbegin()->second.frame.layer, 2);
}

// A thousand that only watch must not make each lost packet and each data message of one peer dearer.
TEST(Sfu, TimeLooksOnlyAtThePeersThatAreDue) {
  SimShow show(18, kBad);
  show.join("host", true);
  show.join("viewer", false);
  for (int i = 0; i < 1000; ++i)
    show.sfu.on_command(show.now, media::AddPeer{media::RoomSid{"RM_2"}, media::PeerSid{"PA_" + std::to_string(i)}});
  show.run(seconds(2));
  const auto before = show.sfu.stats();
  const auto hello = std::make_shared<const Buffer>(Buffer(1000, 7));
  for (int i = 0; i < 50; ++i) {
    show.command(media::SendData{{SimShow::peer("viewer")}, media::Channel::reliable, hello});
    show.run(milliseconds(20));
  }
  const auto& after = show.sfu.stats();
  EXPECT_GT(after.nacks_sent, before.nacks_sent);
  EXPECT_GT(after.data_sent, before.data_sent);
  EXPECT_GT(after.peers_woken, before.peers_woken + 50);
  EXPECT_LT(after.peers_woken, before.peers_woken + 1000) << "fewer than all of them once";
}

TEST(Sfu, WhenEverybodyHasLeftNothingIsWaitedFor) {
  SimShow show(24, kGood);
  for (int i = 0; i < 2; ++i) {
    show.join("host", true);
    show.run(seconds(1));
    EXPECT_LE(show.sfu.wake_at(), show.now + milliseconds(50));
    show.leave("host");
    show.run(seconds(1));
    EXPECT_EQ(show.sfu.wake_at(), kNever);
  }
}

// All at once they would be more than the batch holds: 2,000 viewers of three people are 12,000.
TEST(Sfu, ReportsToViewersAreSpreadOverTheSecond) {
  SimShow show(20, kGood);
  show.join("host", true);
  for (int i = 0; i < 40; ++i) show.join("viewer" + std::to_string(i), false);
  show.run(seconds(2));
  std::size_t reports = 0, most = 0;
  show.after_input = [&] {
    std::size_t now = 0;
    for (const auto& p : show.sfu.outgoing().packets())
      now += show.sfu.outgoing().bytes(p)[1] == static_cast<std::uint8_t>(rtcp::Type::sender_report);
    reports += now;
    most = std::max(most, now);
  };
  show.run(seconds(2));
  EXPECT_GE(reports, 2U * 2 * 40 - 2 * 40 / 20);
  EXPECT_LE(reports, 2U * 2 * 40 + 2 * 40 / 20);
  EXPECT_LE(most, 2U * 40 / 20) << "of the viewers of a twentieth of a second, two each";
}

// It can never be answered, so nobody may wait for it.
TEST(Sfu, AKeyFrameOfAudioIsNotWaitedFor) {
  SimShow show(19, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  host.camera.video_on = host.camera.audio_on = false;
  std::array<std::uint8_t, 12> pli;
  ByteWriter out(pli);
  rtcp::Pli{1, viewer.screen_of("TR_Ahost")->ssrc}.write(out);
  viewer.subscriber.send_rtcp(out.written());
  show.run(seconds(1));
  const auto before = show.sfu.stats().peers_woken;
  show.run(seconds(1));
  EXPECT_LT(show.sfu.stats().peers_woken - before, 10U);
}

TEST(Sfu, BadDescriptionsAreRefusedWithAReason) {
  SimShow show(17, kGood);
  SimBrowser& host = show.join("host", true);
  show.run(seconds(1));
  show.command(media::RemoteDescription{SimShow::peer("host"), media::Transport::publisher, 77, "nonsense"});
  show.command(media::RemoteDescription{SimShow::peer("host"), media::Transport::publisher, 78,
                                        "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"});
  show.command(
      media::RemoteDescription{SimShow::peer("nobody"), media::Transport::publisher, 79, host.make_offer(true)});
  const auto failed = show.events<media::NegotiationFailed>();
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[0].id, 77U);
  EXPECT_FALSE(failed[0].reason.empty());
  show.command(media::Subscribe{SimShow::peer("host"), media::TrackSid{"TR_none"}});
  ASSERT_EQ(show.events<media::SubscriptionFailed>().size(), 1U);
  EXPECT_EQ(show.events<media::SubscriptionFailed>()[0].why, media::SubscriptionFailure::no_track);
}

}  // namespace
}  // namespace costage::sfu
