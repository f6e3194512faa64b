// What somebody may, or may not, do in a show beyond their role: who was appointed, muted or banned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

struct Standing {
  UserId user;
  std::string name;
  bool moderator = false;
  bool muted = false;                   // see is_muted
  std::optional<WallTime> muted_until;  // nothing: to the end of the show
  bool banned = false;
  std::string reason;  // of the last mute or ban
  UserId by;           // who said it last
  WallTime at;

  bool operator==(const Standing&) const = default;
};

[[nodiscard]] bool is_muted(const Standing& standing, WallTime now);

// Only people of whom there is something to say.
struct Standings {
  std::vector<Standing> people;

  [[nodiscard]] const Standing* find(const UserId& user) const;
  bool operator==(const Standings&) const = default;
};

void apply(Standings& standings, const Event& event);
std::string check_standings(const RoomState& state);

}  // namespace costage::domain
