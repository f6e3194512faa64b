// Whether the media server answers, as far as is known: while it does not, everything but sound and video goes on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace costage::app {

// One sentence for who runs the server, or nothing.
using Trouble = std::optional<std::string>;

class MediaState {
 public:
  [[nodiscard]] bool available() const { return !away_; }
  // Why it is not, or else what does not work as it should.
  [[nodiscard]] const Trouble& trouble() const { return away_ ? away_ : lame_; }

  void set_away(Trouble why) {
    const bool before = available();
    away_ = std::move(why);
    if (available() == before) return;
    for (const auto& listener : listeners_) listener(available());
  }
  void set_lame(Trouble why) { lame_ = std::move(why); }
  void on_change(std::function<void(bool available)> listener) { listeners_.push_back(std::move(listener)); }

 private:
  Trouble away_, lame_;
  std::vector<std::function<void(bool)>> listeners_;
};

}  // namespace costage::app
