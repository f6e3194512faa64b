#include "sfu/subscriber.hpp"

#include <gtest/gtest.h>

#include "sfu/testing/sim_show.hpp"

namespace costage::sfu {
namespace {

using std::chrono::seconds;

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
