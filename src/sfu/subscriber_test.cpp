#include "sfu/subscriber.hpp"

#include <gtest/gtest.h>

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
  show.run(Subscriber::kAnswerWithin - seconds(1));
  EXPECT_TRUE(show.events<media::NegotiationFailed>().empty());
  show.run(seconds(20));
  const auto failed = show.events<media::NegotiationFailed>();
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].peer, SimShow::peer("viewer"));
  EXPECT_EQ(failed[0].transport, media::Transport::subscriber);
}

}  // namespace
}  // namespace costage::sfu
