#include "domain/permission.hpp"

namespace costage::domain {
namespace {

bool permitted_as(Role role, const Actor& actor, Action action, Relation relation, const StagePermissions& given = {}) {
  const bool as_admin = actor.admin && !actor.guest_of && may(action, Role::admin, relation);
  return as_admin || may(action, role, relation, given);
}

}  // namespace

Role role_of(const RoomState& state, const Actor& actor) {
  if (actor.guest_of) return Role::guest;
  if (actor.user == state.room.host) return Role::host;
  return state.stage.find(actor.user) != nullptr ? Role::co_host : Role::viewer;
}

bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation) {
  const Room& room = state.room;
  if (actor.guest_of && (actor.guest_of != room.id || !room.policies.guests_may_watch)) return false;
  const Seat* seat = actor.guest_of ? nullptr : state.stage.find(actor.user);
  if (seat == nullptr) return permitted_as(role_of(state, actor), actor, action, relation);
  // Whoever stands in for the host.
  const Role role = room.acting_host == actor.user ? Role::host : role_of(state, actor);
  return permitted_as(role, actor, action, relation, seat->permissions);
}

bool permitted(const Actor& actor, Action action, Relation relation) {
  return permitted_as(actor.guest_of ? Role::guest : Role::viewer, actor, action, relation);
}

}  // namespace costage::domain
