// What comes in which order, and where the show is in it (S-090). A plan for people: nothing happens by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

struct RunOfShowItem {
  std::string title;
  std::optional<UserId> user;  // whose part it is
  bool operator==(const RunOfShowItem&) const = default;
};

struct RunOfShow {
  std::vector<RunOfShowItem> items;
  std::optional<std::uint64_t> current;  // the item that is on now, past the last: all is done; nothing: not begun
  bool operator==(const RunOfShow&) const = default;
};

void apply(RunOfShow& run_of_show, const Event& event);
// Empty, or what does not hold of it.
std::string check_run_of_show(const RoomState& state);

}  // namespace costage::domain
