// A track seen in another room than its publisher's, against simulated browsers.
#include <gtest/gtest.h>

#include "sfu/testing/sim_show.hpp"

namespace costage::sfu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const LossyNetwork::Settings kGood{.delay = milliseconds(10), .jitter = milliseconds(2)};

class AcrossRooms : public testing::TestWithParam<media::Connections> {};
INSTANTIATE_TEST_SUITE_P(Connections, AcrossRooms,
                         testing::Values(media::Connections::pair, media::Connections::single));

TEST_P(AcrossRooms, AViewerSeesItToItsEnd) {
  SimShow show(9, kGood, GetParam());
  show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(2));
  for (const media::TrackSid& track : {SimShow::camera_of("host"), SimShow::microphone_of("host")})
    show.command(media::Unsubscribe{SimShow::peer("viewer"), track});
  show.command(media::MovePeer{SimShow::peer("viewer"), media::RoomSid{"RM_2"}});
  show.command(media::Subscribe{SimShow::peer("viewer"), SimShow::camera_of("host")});
  show.run(seconds(2));
  ASSERT_TRUE(viewer.screen_of("TR_Vhost"));
  EXPECT_LT(show.now - viewer.screen_of("TR_Vhost")->last_at, milliseconds(100));
  show.leave("host");
  show.run(seconds(1));
  EXPECT_EQ(show.sfu.stats().tracks, 0U);
  EXPECT_EQ(show.sfu.stats().subscriptions, 0U);
  EXPECT_FALSE(viewer.screen_of("TR_Vhost"));
}

}  // namespace
}  // namespace costage::sfu
