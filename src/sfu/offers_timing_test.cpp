// When descriptions come, and media after them: clients need a moment for what they are told.
#include <gtest/gtest.h>

#include "sfu/client_offers.hpp"
#include "sfu/server_offers.hpp"
#include "sfu/testing/sim_show.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu {
namespace {

using media::Connections;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr LossyNetwork::Settings kFast{.delay = milliseconds(1)};

std::size_t descriptions_to(const SimShow& show, const std::string& who, media::Transport transport) {
  const auto all = show.events<media::LocalDescription>();
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [&](const auto& d) { return d.peer == SimShow::peer(who) && d.transport == transport; }));
}

TEST(OffersTiming, TheFirstAnswerOnASingleConnectionComesAfterTheJoinResponse) {
  SimShow show(1, kFast, Connections::single);
  show.join("viewer", false);
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::publisher), 0U);
  show.run(ClientOffers::kAfterJoin - milliseconds(1));
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::publisher), 0U);
  show.run(milliseconds(2));
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::publisher), 1U);
}

TEST(OffersTiming, ALaterAnswerComesAtOnce) {
  SimShow show(2, kFast, Connections::single);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(1));
  const auto before = descriptions_to(show, "viewer", media::Transport::publisher);
  show.offer(viewer, false);
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::publisher), before + 1);
}

// Packets of a stream that is not named yet are lost at clients, a key frame first.
TEST(OffersTiming, MediaOfANewTrackFollowsTheAnswerThatNamesIt) {
  SimShow show(3, kFast, Connections::single);
  SimBrowser& viewer = show.join("viewer", false);
  show.join("host", true);
  show.run(seconds(2));
  ASSERT_TRUE(viewer.screen_of("TR_Vhost"));
  EXPECT_GT(viewer.screen_of("TR_Vhost")->packets.size(), 100U);
  EXPECT_EQ(viewer.unsignalled, 0);
}

TEST(OffersTiming, BetweenAnAnswerAndTheNextOfferIsAPauseThatCollectsChanges) {
  SimShow show(4, kFast, Connections::pair);
  show.join("viewer", false);
  show.join("host", true);
  show.run(seconds(2));
  const auto before = descriptions_to(show, "viewer", media::Transport::subscriber);
  show.command(media::Unsubscribe{SimShow::peer("viewer"), SimShow::camera_of("host")});
  show.run(milliseconds(1));
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::subscriber), before + 1);
  show.command(media::Subscribe{.subscriber = SimShow::peer("viewer"), .track = SimShow::camera_of("host")});
  show.run(milliseconds(2));
  show.command(media::Unsubscribe{SimShow::peer("viewer"), SimShow::microphone_of("host")});
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::subscriber), before + 1);
  show.run(ServerOffers::kAfterAnswer + milliseconds(2));
  EXPECT_EQ(descriptions_to(show, "viewer", media::Transport::subscriber), before + 2);
}

// A request for a key frame before that would be lost, and the next one waits for the throttle.
TEST(OffersTiming, NoKeyFrameIsAskedForBeforeThePublisherIsConnected) {
  SimShow show(5, {.delay = milliseconds(40)}, Connections::pair);
  show.join("viewer", false);
  show.run(seconds(1));
  SimBrowser& host = show.join("host", false);
  auto offer = sdp::parse(host.make_offer(true));
  ASSERT_TRUE(offer);
  for (sdp::Media& m : offer->media)  // as pion does: no simulcast, and the stream named
    if (m.kind == "video") m.simulcast.reset(), m.rids.clear(), m.ssrcs = {{777, "cname", ""}};
  show.command(media::RemoteDescription{SimShow::peer("host"), media::Transport::publisher, 1, sdp::serialize(*offer)});
  show.announce("host");
  show.run(milliseconds(60));
  ASSERT_FALSE(show.events<media::TrackStarted>().empty());
  EXPECT_EQ(show.sfu.stats().plis_sent, 0U);
  show.run(milliseconds(500));
  EXPECT_GT(show.sfu.stats().plis_sent, 0U);
}

}  // namespace
}  // namespace costage::sfu
