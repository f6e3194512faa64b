#include <gtest/gtest.h>

#include "sfu/congestion/allocator.hpp"
#include "sfu/congestion/downlink.hpp"
#include "sfu/congestion/quality.hpp"

namespace costage::sfu {
namespace {

using media::Layer;
using Grants = std::vector<std::optional<Grant>>;

constexpr Instant at_s(int s) { return Instant{Duration{s * 1'000'000LL}}; }
constexpr Grant kLow{Layer::low};
constexpr Grant kMedium{Layer::medium};
constexpr Grant kHigh{Layer::high};

Grants share(std::uint64_t budget, std::uint64_t audio, const std::vector<VideoDemand>& demands,
             Pausing pausing = Pausing::allowed) {
  Grants out(demands.size());
  allocate(budget, audio, pausing, demands, out);
  return out;
}

VideoDemand demand(const std::vector<Ladder::Rung>& rungs, std::optional<Grant> current = std::nullopt) {
  VideoDemand out{.current = current};
  for (const auto& rung : rungs) out.ladder.add(rung.grant, rung.bitrate);
  return out;
}
const VideoDemand kCamera = demand({{kLow, 150'000}, {kMedium, 500'000}, {kHigh, 1'700'000}});

TEST(Allocator, GivesTheLowestLayerWhateverItCostsWherePausingIsForbidden) {
  EXPECT_EQ(share(10'000, 40'000, {kCamera, kCamera}), (Grants{std::nullopt, std::nullopt}));
  EXPECT_EQ(share(10'000, 40'000, {kCamera, kCamera}, Pausing::forbidden), (Grants{kLow, kLow}));
}

TEST(Allocator, GivesEverybodyTheLowestLayerBeforeAnybodyTheNext) {
  EXPECT_EQ(share(UINT64_MAX, 0, {kCamera, kCamera}), (Grants{kHigh, kHigh}));
  EXPECT_EQ(share(900'000, 40'000, {kCamera, kCamera}), (Grants{kMedium, kLow}));
  EXPECT_EQ(share(400'000, 40'000, {kCamera, kCamera}), (Grants{kLow, kLow}));
}

TEST(Allocator, PaysAudioFirstAndPausesVideoLast) {
  EXPECT_EQ(share(250'000, 40'000, {kCamera, kCamera}), (Grants{kLow, std::nullopt}));
  EXPECT_EQ(share(100'000, 100'000, {kCamera}), (Grants{std::nullopt}));
}

TEST(Allocator, KeepsWhatItHasLongerThanItTakesUpWhatItHasNot) {
  VideoDemand camera = kCamera;
  EXPECT_EQ(share(520'000, 0, {camera}), (Grants{kLow}));
  camera.current = kMedium;
  EXPECT_EQ(share(520'000, 0, {camera}), (Grants{kMedium}));
}

TEST(Allocator, ATrackWithoutLayersIsAllOrNothing) {
  const VideoDemand single = demand({{kHigh, 800'000}});
  EXPECT_EQ(share(1'000'000, 0, {single}), (Grants{kHigh}));
  EXPECT_EQ(share(700'000, 0, {single}), (Grants{std::nullopt}));
}

TEST(Allocator, FewerFramesOfTheLowestLayerFitWhereAllDoNot) {
  const VideoDemand camera = demand({{{Layer::low, 0}, 60'000}, {{Layer::low, 1}, 90'000}, {kLow, 150'000}});
  EXPECT_EQ(share(80'000, 0, {camera}), (Grants{Grant{Layer::low, 0}}));
  EXPECT_EQ(share(110'000, 0, {camera}), (Grants{Grant{Layer::low, 1}}));
  EXPECT_EQ(share(200'000, 0, {camera}), (Grants{kLow}));
  EXPECT_EQ(share(200'000, 0, {camera, camera}), (Grants{Grant{Layer::low, 1}, Grant{Layer::low, 0}}));
  EXPECT_EQ(share(10'000, 0, {camera}, Pausing::forbidden), (Grants{Grant{Layer::low, 0}})) << "as little as there is";
}

TEST(Allocator, TheNextStepIsTheCheapestOneUp) {
  const VideoDemand low = demand({{kLow, 150'000}, {kMedium, 450'000}, {kHigh, 1'700'000}}, kLow);
  const VideoDemand high = demand({{kLow, 150'000}, {kMedium, 450'000}, {kHigh, 1'700'000}}, kHigh);
  const VideoDemand paused = demand({{kLow, 150'000}, {kMedium, 450'000}});
  const auto step = [](std::vector<VideoDemand> demands) { return next_step(30'000, demands); };
  EXPECT_EQ(step({low}), 30'000U + 450'000 * 115 / 100);
  EXPECT_EQ(step({low, high}), 30'000U + 450'000 * 115 / 100 + 1'700'000);
  EXPECT_EQ(step({high, paused}), 30'000U + 1'700'000 + 150'000 * 115 / 100);
  EXPECT_EQ(step({high}), 0U) << "there is nothing more to send";
  EXPECT_EQ(share(step({low}), 30'000, {low}), (Grants{kMedium}));
}

// The link has had room for more until now.
void full(Downlink& link, std::uint64_t estimate) {
  for (const std::uint64_t told : {2 * estimate, estimate}) link.on_estimate(at_s(0), told, 1'000'000);
}

TEST(Downlink, AnEstimateAboveWhatIsSentIsNoLimit) {
  Downlink link;
  link.on_estimate(at_s(1), 400'000, 300'000);
  EXPECT_EQ(link.budget(at_s(1)), Downlink::kUnlimited);
}

// A browser's estimate of a connection that has just begun.
TEST(Downlink, AnEstimateThatGrowsIsNoLimit) {
  Downlink link;
  for (int i = 0; i < 20; ++i) {
    link.on_estimate(at_s(i), 100'000 + static_cast<std::uint64_t>(i) * 3'000, 800'000);
    EXPECT_EQ(link.budget(at_s(i)), Downlink::kUnlimited);
  }
  link.on_estimate(at_s(20), 150'000, 800'000);
  EXPECT_EQ(link.budget(at_s(20)), 150'000U) << "it falls";
}

TEST(Downlink, AnEstimateThatIsToldTwiceIsNoLimit) {
  Downlink link;
  for (const int ms : {0, 600}) link.on_estimate(at_s(1) + Duration{ms * 1000}, 35'000, 48'000);
  EXPECT_EQ(link.budget(at_s(2)), Downlink::kUnlimited);
  link.on_estimate(at_s(2), 35'000, 48'000);
  EXPECT_EQ(link.budget(at_s(2)), 35'000U) << "it stays";
}

TEST(Downlink, ShrinksAtOnceAndTriesMoreAfterAHold) {
  Downlink link;
  link.on_estimate(at_s(0), 900'000, 1'000'000);
  link.on_estimate(at_s(1), 400'000, 1'000'000);
  EXPECT_EQ(link.budget(at_s(2)), 400'000U);
  EXPECT_GT(link.budget(at_s(5)), 400'000U);
}

// A few hundred kilobits more are no use where the next layer costs a megabit.
TEST(Downlink, AnAttemptIsTheNextStep) {
  Downlink link;
  full(link, 70'000);
  EXPECT_EQ(link.budget(at_s(2), 520'000), 70'000U);
  EXPECT_EQ(link.budget(at_s(3), 520'000), 520'000U);
  EXPECT_EQ(link.budget(at_s(6), 1'900'000), 1'900'000U);
}

TEST(Downlink, FailedAttemptsGrowRarer) {
  Downlink link;
  int attempts = 0;
  std::uint64_t before = 400'000;
  full(link, 400'000);
  for (int s = 1; s < 300; ++s) {
    const std::uint64_t budget = link.budget(at_s(s));
    if (budget > before) {
      ++attempts;
      link.on_estimate(at_s(s), 400'000, budget);
    }
    before = link.budget(at_s(s));
  }
  EXPECT_GE(attempts, 4);
  EXPECT_LE(attempts, 12) << "five minutes at a hold that doubles up to a minute";
}

TEST(Downlink, RecoversCompletelyWhenTheLinkDoes) {
  Downlink link;
  full(link, 400'000);
  std::uint64_t budget = 0;
  for (int s = 1; s < 120; ++s) budget = link.budget(at_s(s));
  EXPECT_EQ(budget, Downlink::kUnlimited);
}

TEST(Quality, FallsWithLossAndDelay) {
  EXPECT_EQ(grade({}).quality, media::Quality::excellent);
  EXPECT_EQ(grade({.loss = 0.03F}).quality, media::Quality::good);
  EXPECT_EQ(grade({.loss = 0.15F}).quality, media::Quality::poor);
  EXPECT_LT(grade({.round_trip = Duration{600'000}}).score, grade({.round_trip = Duration{60'000}}).score);
}

}  // namespace
}  // namespace costage::sfu
