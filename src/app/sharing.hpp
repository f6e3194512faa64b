// What lives for a moment only, between nodes over the bus: who watches, and hearts. Each node tells what it has
// itself; counts add up. What is lost is told again within 20 s, and a node that says nothing any more is forgotten
// with its watchers after 60 s, as anybody who falls silent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cluster.hpp"
#include "app/presence.hpp"
#include "app/reactions.hpp"
#include "app/watching.hpp"
#include "base/clock.hpp"

namespace costage::app {

// Somebody watches a room by some node, or, with nothing, does so no more.
struct SharedWatcher {
  domain::RoomId room;
  domain::UserId user;
  std::optional<Present> present;
};
// "node\n+\troom\tuser\t..\n-\troom\tuser\n"
struct SharedWatchers {
  std::string node;
  std::vector<SharedWatcher> watchers;
};
[[nodiscard]] std::string watcher_line(const SharedWatcher& watcher);
// What is not as it should be is left out.
[[nodiscard]] SharedWatchers watchers_from(std::string_view text);

struct SharedReactions {
  domain::RoomId room;
  ReactionCounts counts{};
};
[[nodiscard]] std::string reactions_text(const SharedReactions& reactions);
[[nodiscard]] std::optional<SharedReactions> reactions_from(std::string_view text);

class Sharing {
 public:
  static constexpr std::chrono::milliseconds kTellEvery{200};  // what changed
  static constexpr std::chrono::seconds kTellAllEvery{20};

  Sharing(const Cluster& cluster, const Clock& clock, Presence& presence, Watching& watching, Reactions& reactions);

  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;

 private:
  void tell_all(WallTime now);
  void tell(const std::vector<SharedWatcher>& watchers);
  void on_watchers(std::string_view bytes);
  void take(const std::string& node, const SharedWatcher& watcher);

  const Cluster& cluster_;
  const Clock& clock_;
  Presence& presence_;
  Watching& watching_;
  Reactions& reactions_;
  std::optional<WallTime> tell_at_, tell_all_at_;
};

}  // namespace costage::app
