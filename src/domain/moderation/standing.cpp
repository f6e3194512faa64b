#include "domain/moderation/standing.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

bool says_something(const Standing& standing) { return standing.moderator || standing.muted || standing.banned; }

// Moderators are for one show (N-120).
void end_offices(Standings& standings) {
  for (Standing& one : standings.people) one.moderator = false;
  std::erase_if(standings.people, [](const Standing& one) { return !says_something(one); });
}

}  // namespace

bool is_muted(const Standing& standing, WallTime now) {
  return standing.muted && (!standing.muted_until || now < *standing.muted_until);
}

const Standing* Standings::find(const UserId& user) const {
  const auto at = std::ranges::find(people, user, &Standing::user);
  return at == people.end() ? nullptr : &*at;
}

// A mute that ran out says nothing any more.
void apply(Standings& standings, const Event& event) {
  if (event.type == EventType::room_ended) return end_offices(standings);
  const auto* change = std::get_if<ModerationChange>(&event.data);
  if (change == nullptr) return;
  std::erase_if(standings.people, [&](Standing& one) {
    if (one.user == change->standing.user) return true;
    if (one.muted && !is_muted(one, event.at)) one.muted = false, one.muted_until.reset();
    return !says_something(one);
  });
  if (says_something(change->standing)) standings.people.push_back(change->standing);
}

std::string check_standings(const RoomState& state) {
  if (state.standings.people.size() > limits::kStandings) return "more people have a standing than there can be";
  for (const Standing& one : state.standings.people) {
    if (one.user == state.room.host) return "the host has a standing";
    if (one.banned && one.moderator) return "a moderator is banned";
    if (one.banned && state.stage.find(one.user) != nullptr) return "somebody who is banned is on stage";
  }
  return {};
}

}  // namespace costage::domain
