#include "adapters/media_io/load_meter.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace costage::media_io {

namespace {

// Weight of the last look: some seconds count, since who comes costs much more in their first moment than afterwards.
constexpr double kNewest = 0.15;
constexpr std::size_t kPeersToMeasure = 10;  // with fewer the loop's own work counts for too much
constexpr double kBusyToMeasure = 0.02;

double smoothed(double before, double now) { return before + kNewest * (now - before); }

}  // namespace

void LoadMeter::look(const std::vector<Worked>& worked) {
  for (std::size_t i = 0; i < std::min(worked.size(), loops_.size()); ++i) {
    Loop& loop = loops_[i];
    const Worked before = std::exchange(loop.last, worked[i]);
    if (before.at == Instant{}) continue;
    const auto passed = static_cast<double>((worked[i].at - before.at).count());
    const auto waited = static_cast<double>((worked[i].waited - before.waited).count());
    // Who says nothing new sleeps.
    loop.busy = smoothed(loop.busy, passed > 0 ? std::clamp(1 - waited / passed, 0.0, 1.0) : 0);
    if (worked[i].peers >= kPeersToMeasure && loop.busy >= kBusyToMeasure)
      loop.per_peer = smoothed(loop.per_peer, loop.busy / static_cast<double>(worked[i].peers));
    std::rotate(loop.newcomers.begin(), loop.newcomers.end() - 1, loop.newcomers.end());
    loop.newcomers[0] = 0;
  }
}

int LoadMeter::headroom(std::size_t index) const {
  const Loop& loop = loops_[index];
  const auto coming = std::accumulate(loop.newcomers.begin(), loop.newcomers.end(), std::size_t{0});
  const double expected = loop.busy + loop.per_peer * static_cast<double>(coming);
  return static_cast<int>(std::max(0.0, 100 * (1 - expected / kMost)));
}

int LoadMeter::headroom() const {
  int most = 0;
  for (std::size_t i = 0; i < loops_.size(); ++i) most = std::max(most, headroom(i));
  return most;
}

}  // namespace costage::media_io
