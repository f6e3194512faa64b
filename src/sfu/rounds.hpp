// Peers in shares, so that what each needs once a second is not done for all of them in one turn: neither its time nor
// its packets would fit. A full loop's reports, of 20 tracks each, are 80,000 packets; those of one share 4,000. A step
// of 50 ms serves one share; a peer has its turn in every twentieth step.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/time.hpp"

namespace costage::sfu {

inline constexpr std::size_t kRoundShares = 20;
inline constexpr Duration kRoundStep{50'000};

template <class Peer>
class Rounds {
 public:
  void add(Peer* peer) {
    std::ranges::min_element(shares_, {}, [](const auto& share) { return share.size(); })->push_back(peer);
  }
  void remove(const Peer* peer) {
    for (auto& share : shares_) std::erase(share, peer);
  }
  void step() { at_ = (at_ + 1) % kRoundShares; }
  // Calls f(peer) for those whose turn it is in every `steps` steps, a divisor of kRoundShares.
  template <class F>
  void each(std::size_t steps, F f) const {
    for (std::size_t share = at_ % steps; share < kRoundShares; share += steps)
      for (Peer* peer : shares_[share]) f(*peer);
  }

 private:
  std::array<std::vector<Peer*>, kRoundShares> shares_;
  std::size_t at_ = 0;
};

}  // namespace costage::sfu
