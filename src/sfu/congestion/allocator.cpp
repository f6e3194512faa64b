#include "sfu/congestion/allocator.hpp"

#include <algorithm>

namespace costage::sfu {
namespace {

// Taking up something new needs 15 % more room than it costs, so that the choice does not swing.
std::uint64_t price(const VideoDemand& d, const Ladder::Rung& rung) {
  const bool kept = d.current && *d.current >= rung.grant;
  return kept ? rung.bitrate : rung.bitrate + rung.bitrate * 15 / 100;
}

// One step up for one video, if it can be paid or has to be given.
bool climb(const VideoDemand& d, Pausing pausing, std::optional<Grant>& grant, std::uint64_t& left) {
  const auto rungs = d.ladder.rungs();
  const auto next = std::find_if(rungs.begin(), rungs.end(), [&](const auto& r) { return !grant || r.grant > *grant; });
  if (next == rungs.end()) return false;
  const std::uint64_t paid = grant ? price(d, *(next - 1)) : 0;
  const std::uint64_t extra = std::max(price(d, *next), paid) - paid;
  const bool owed = !grant && pausing == Pausing::forbidden;
  if (extra > left && !owed) return false;
  left -= std::min(extra, left);
  grant = next->grant;
  return true;
}

}  // namespace

std::uint64_t next_step(std::uint64_t audio, std::span<const VideoDemand> demands) {
  std::uint64_t kept = audio;
  std::uint64_t cheapest = UINT64_MAX;
  for (const VideoDemand& d : demands) {
    std::uint64_t now = 0;
    for (const Ladder::Rung& rung : d.ladder.rungs()) {
      if (d.current && rung.grant <= *d.current) {
        now = rung.bitrate;
      } else {
        cheapest = std::min(cheapest, std::max(price(d, rung), now) - now);
        break;
      }
    }
    kept += now;
  }
  return cheapest == UINT64_MAX ? 0 : kept + cheapest;
}

void allocate(std::uint64_t budget, std::uint64_t audio, Pausing pausing, std::span<const VideoDemand> demands,
              std::span<std::optional<Grant>> out) {
  std::uint64_t left = budget > audio ? budget - audio : 0;
  std::fill(out.begin(), out.end(), std::nullopt);
  for (bool climbed = true; climbed;) {
    climbed = false;
    for (std::size_t i = 0; i < demands.size(); ++i) climbed |= climb(demands[i], pausing, out[i], left);
  }
}

}  // namespace costage::sfu
