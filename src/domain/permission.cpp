#include "domain/permission.hpp"

namespace costage::domain {
namespace {

Role role_without_seat(const Room& room, const Actor& actor) {
  if (actor.guest_of) return Role::guest;
  return actor.user == room.host ? Role::host : Role::viewer;
}

bool permitted_as(Role role, const Room& room, const Actor& actor, Action action, Relation relation) {
  if (actor.guest_of && (actor.guest_of != room.id || !room.policies.guests_may_watch)) return false;
  const bool as_admin = actor.admin && !actor.guest_of && may(action, Role::admin, relation);
  return as_admin || may(action, role, relation);
}

}  // namespace

Role role_of(const RoomState& state, const Actor& actor) {
  const Role role = role_without_seat(state.room, actor);
  return role == Role::viewer && state.stage.find(actor.user) != nullptr ? Role::co_host : role;
}

bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation) {
  return permitted_as(role_of(state, actor), state.room, actor, action, relation);
}

bool permitted(const Room& room, const Actor& actor, Action action) {
  return permitted_as(role_without_seat(room, actor), room, actor, action, Relation::other);
}

bool permitted(const Actor& actor, Action action) {
  if (actor.guest_of) return may(action, Role::guest);
  return may(action, Role::viewer) || (actor.admin && may(action, Role::admin));
}

}  // namespace costage::domain
