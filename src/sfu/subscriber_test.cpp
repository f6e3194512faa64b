#include "sfu/subscriber.hpp"

#include <gtest/gtest.h>

#include "base/media_limits.hpp"
#include "sfu/room.hpp"
#include "sfu/testing/sim_show.hpp"

namespace costage::sfu {
namespace {

using std::chrono::seconds;

// The first part of a stream's name is its publisher; clients take the second for the track's sid if it is one.
TEST(Subscriber, StreamsNameTheirTracksForBrowsersThatForgetThem) {
  SimShow show(32);
  show.join("host", true);
  show.run(seconds(2));
  for (const bool firefox : {false, true}) {
    const std::string viewer = firefox ? "firefox" : "chromium";
    show.join(viewer, false, false, firefox);
    show.run(seconds(2));
    std::string sdp;
    for (const auto& offer : show.events<media::LocalDescription>())
      if (offer.peer == SimShow::peer(viewer)) sdp = offer.sdp;
    const std::string stream = firefox ? SimShow::camera_of("host").value() : "camera";
    EXPECT_NE(sdp.find("a=msid:PA_host|" + stream + " TR_Vhost"), std::string::npos) << sdp;
  }
}

// Waiting has an end.
TEST(Subscriber, AnOfferThatNobodyAnswersIsReportedOnce) {
  SimShow show(31);
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  viewer.answering = false;
  show.join("guest", true);
  show.run(ServerOffers::kAnswerWithin - seconds(1));
  EXPECT_TRUE(show.events<media::NegotiationFailed>().empty());
  show.run(seconds(20));
  const auto failed = show.events<media::NegotiationFailed>();
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].peer, SimShow::peer("viewer"));
  EXPECT_EQ(failed[0].transport, media::Transport::subscriber);
}

// The client can receive it well enough: it is told neither that it lacks a codec nor that the track is gone.
TEST(Subscriber, ATrackWithAllTheViewersItMayHaveSaysSo) {
  const Instant now{seconds(1000)};
  const Codec& vp8 = *find_codec("VP8");
  SeededRng rng(33);
  const Address server = Address::v4(127, 0, 0, 1, 7882);
  Context context({{server}}, rng);
  Peer host(context, {.room = media::RoomSid{"RM_1"}, .peer = SimShow::peer("host")}, now);
  Peer peer(context, {.room = host.room, .peer = SimShow::peer("viewer")}, now);
  PublishedTrack track(host.room, {.peer = host.sid, .track = SimShow::camera_of("host")}, host.timers, now);
  track.bind(vp8, "0", {media::Layer::high});
  context.tracks.emplace(track.announced.track, &track);
  std::vector<Outlet> others(media::kMaxTrackViewers);
  for (Outlet& one : others) ASSERT_TRUE(track.viewers.add({.down = DownTrack({.codec = &vp8}), .outlet = &one}));

  Subscriber& viewer = peer.subscriber;
  viewer.subscribe({.subscriber = peer.sid, .track = track.announced.track});
  peer.negotiate(now);
  const auto offer = std::get<media::LocalDescription>(context.events.back());
  SimBrowser browser(context.transports, rng, server, Address::v4(127, 0, 0, 1, 40000), "viewer", now);
  const auto answer = browser.make_answer(now, offer.sdp);
  ASSERT_TRUE(answer);
  peer.on_answer({offer.peer, offer.transport, offer.id, *answer}, now);
  viewer.on_connected(now);
  const auto* failed = std::get_if<media::SubscriptionFailed>(&context.events.back());
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->why, media::SubscriptionFailure::too_many);
  EXPECT_EQ(track.viewers.all().size(), others.size());
}

}  // namespace
}  // namespace costage::sfu
