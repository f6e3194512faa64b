#include "domain/green_room.hpp"

#include <algorithm>

#include "domain/permission.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {

std::vector<UserId> green_room_people(const RoomState& state) {
  std::vector<UserId> people{state.room.host};
  for (const Invitation& invitation : state.invitations.newest)
    if (opens_stage(invitation)) people.push_back(invitation.invitee);
  return people;
}

std::optional<Refusal> why_not_green_room(const RoomState& state, const Actor& actor,
                                          const std::optional<Invitation>& past, WallTime now) {
  if (!permitted(state, actor, Action::enter_green_room, Relation::own)) return Code::not_permitted;
  if (!is_open(state.room.status)) return Code::room_ended;
  const std::vector<UserId> people = green_room_people(state);
  if (std::ranges::find(people, actor.user) != people.end()) return {};
  return why_not_admitted(state, actor.user, past, now);
}

}  // namespace costage::domain
