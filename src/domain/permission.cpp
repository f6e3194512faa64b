#include "domain/permission.hpp"

namespace costage::domain {
namespace {

bool permitted_as(Role role, const Actor& actor, Action action, Relation relation, const StagePermissions& given = {}) {
  const bool as_admin = actor.admin && !actor.guest_of && may(action, Role::admin, relation);
  return as_admin || may(action, role, relation, given);
}

bool is_moderator(const Footing& footing) { return footing.standing != nullptr && footing.standing->moderator; }

// A guest's id is that of nobody else, and the application's own server is never out.
bool is_banned(const Footing& footing, const Actor& actor) {
  return footing.standing != nullptr && footing.standing->banned && !actor.admin;
}

}  // namespace

Footing footing(const RoomState& state, const UserId& user) {
  return {state.room, state.stage.find(user), state.standings.find(user)};
}

Role role_of(const Footing& footing, const Actor& actor) {
  if (actor.guest_of) return Role::guest;
  if (actor.user == footing.room.host) return Role::host;
  if (footing.seat != nullptr) return Role::co_host;
  return is_moderator(footing) ? Role::moderator : Role::viewer;
}

bool permitted(const Footing& footing, const Actor& actor, Action action, Relation relation) {
  const Room& room = footing.room;
  if (actor.guest_of && (actor.guest_of != room.id || !room.policies.guests_may_watch)) return false;
  if (is_banned(footing, actor)) return false;
  const Role role = role_of(footing, actor);
  if (actor.guest_of || footing.seat == nullptr) return permitted_as(role, actor, action, relation);
  // Whoever stands in for the host; a moderator remains one on stage.
  if (room.acting_host == actor.user) return permitted_as(Role::host, actor, action, relation);
  return permitted_as(role, actor, action, relation, footing.seat->permissions) ||
         (is_moderator(footing) && may(action, Role::moderator, relation));
}

Role role_of(const RoomState& state, const Actor& actor) { return role_of(footing(state, actor.user), actor); }

bool permitted(const RoomState& state, const Actor& actor, Action action, Relation relation) {
  return permitted(footing(state, actor.user), actor, action, relation);
}

Code denied(const Footing& footing, const Actor& actor) {
  return is_banned(footing, actor) ? Code::banned : Code::not_permitted;
}
Code denied(const RoomState& state, const Actor& actor) { return denied(footing(state, actor.user), actor); }

Sight sight_of(const RoomState& state, const Actor& actor) {
  return {permitted(state, actor, Action::list_invitations), permitted(state, actor, Action::read_moderation)};
}

bool permitted(const Actor& actor, Action action, Relation relation) {
  return permitted_as(actor.guest_of ? Role::guest : Role::viewer, actor, action, relation);
}

}  // namespace costage::domain
