// Which media servers answer, as far as is known: while one does not, everything but sound and video of its rooms goes
// on.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace costage::app {

// One sentence for who runs the server, or nothing.
using Trouble = std::optional<std::string>;

class MediaState {
 public:
  using Region = std::string;  // empty: the first
  [[nodiscard]] bool available(const Region& region) const { return !away_.contains(region); }
  // Why one is not, or else what does not work as it should.
  [[nodiscard]] Trouble trouble() const {
    for (const auto* all : {&away_, &lame_})
      if (!all->empty()) return all->begin()->second;
    return {};
  }

  void set_away(const Region& region, const Trouble& why) {
    const bool before = available(region);
    put(away_, region, why);
    if (available(region) == before) return;
    for (const auto& listener : listeners_) listener(region, !before);
  }
  void set_lame(const Region& region, const Trouble& why) { put(lame_, region, why); }
  void on_change(std::function<void(const Region&, bool available)> listener) {
    listeners_.push_back(std::move(listener));
  }

 private:
  using Troubles = std::map<Region, std::string>;
  static void put(Troubles& all, const Region& region, const Trouble& why) {
    if (why)
      all.insert_or_assign(region, *why);
    else
      all.erase(region);
  }

  Troubles away_, lame_;
  std::vector<std::function<void(const Region&, bool)>> listeners_;
};

}  // namespace costage::app
