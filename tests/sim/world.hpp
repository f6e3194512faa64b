// Virtual time and chance: everything that happens in a simulation is an act in one queue, and one seed decides which.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rng.hpp"
#include "base/time.hpp"

namespace costage::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What is broken on purpose, to see that it is found.
enum class Plant { nothing, deaf, early, forgetful, off_by_one, unchecked };

// The promises that a simulation holds the program to.
enum class Invariant {
  acknowledged,  // every acknowledged write is in the history
  one_end,       // an invitation ends once, and for everybody the same
  limits,        // every state that is told or stored is one that can be
  whole,         // every client hears every history whole and in order
  rights,        // a right to publish ends with its lease
  one_effect,    // an idempotency key has one effect
  answered,      // nothing waits for ever
  known_here,    // what a node keeps in mind is what the database says
  lives,         // a node ends when it is told to, and not by itself
};
[[nodiscard]] std::string_view name(Invariant invariant);

struct Broken {
  Invariant invariant{};
  std::string what;
};

class World {
 public:
  // `strict`: also what is known already is broken.
  World(std::uint64_t seed, Plant plant, bool strict) : plant_(plant), strict_(strict), rng_(seed) {}

  // ---- time ----
  [[nodiscard]] WallTime now() const { return now_; }
  // Acts of the same moment happen in the order in which they were asked for.
  void after(milliseconds delay, std::function<void()> act) {
    acts_.emplace(std::pair{now_ + delay, ++asked_}, std::move(act));
  }
  // Ends early at the first promise that is broken.
  void run_until(WallTime end);
  // What did not happen yet never does: it may hold what it is about.
  void end() { acts_.clear(); }

  // ---- chance ----
  [[nodiscard]] Rng& rng() { return rng_; }
  [[nodiscard]] bool chance(unsigned per_mille) { return rng_.below(kMille) < per_mille; }
  // Of trouble: none while it is calm.
  [[nodiscard]] bool trouble(unsigned per_mille) { return !calm_ && chance(per_mille); }
  [[nodiscard]] milliseconds between(milliseconds least, milliseconds most) {
    return least + milliseconds{rng_.below(static_cast<std::uint64_t>((most - least).count()) + 1)};
  }
  template <class Range>
  [[nodiscard]] auto& any(Range& range) {
    return *std::next(range.begin(), static_cast<std::ptrdiff_t>(rng_.below(range.size())));
  }
  [[nodiscard]] bool is_calm() const { return calm_; }
  void calm_down() { calm_ = true; }
  [[nodiscard]] bool planted(Plant plant) const { return plant_ == plant; }

  // ---- what is said of it ----
  void note(std::string what);
  // The first one counts; what is known already is only counted (known.hpp).
  void broken(Invariant invariant, std::string what);
  [[nodiscard]] const std::map<std::string_view, int>& known() const { return known_; }
  [[nodiscard]] const std::optional<Broken>& found() const { return found_; }
  [[nodiscard]] const std::vector<std::string>& trail() const { return trail_; }

 private:
  static constexpr std::uint64_t kMille = 1000;
  static constexpr WallTime kBegin{milliseconds{1'800'000'000'000}};

  Plant plant_;
  bool strict_;
  SeededRng rng_;
  WallTime now_ = kBegin;
  std::uint64_t asked_ = 0;
  std::map<std::pair<WallTime, std::uint64_t>, std::function<void()>> acts_;
  bool calm_ = false;
  std::optional<Broken> found_;
  std::map<std::string_view, int> known_;  // how often, by its name
  std::vector<std::string> trail_;
};

}  // namespace costage::sim
