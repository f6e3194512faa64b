// Who may do what: the table of api/authz.yaml. A test proves that both are equal.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/ids.hpp"

namespace costage::domain {

enum class Role { admin, host, co_host, viewer, guest };
enum class Action {
  create_room,
  list_rooms,
  read_room,
  update_room,
  stop_room,
  watch_room,
  create_invitation,
  list_invitations,
  read_invitation,
  cancel_invitation,
  resend_invitation,
  accept_invitation,
  reject_invitation,
  create_request,
  list_requests,
  read_request,
  withdraw_request,
  decline_request,
  open_lease,
  leave_stage,
  remove_from_stage,
  list_watchers,
  probe_media,
  read_history,
  update_me,
  manage_blocks,
  put_user,
  diagnose,
};
// What the action's object is to the caller: `own` = an invitation addressed to them, their own request or seat, a room
// that they are to host.
enum class Relation { other, own };
enum class Permission { no, own, any };

std::string_view name(Role role);
std::string_view name(Action action);
std::string_view name(Permission permission);
std::span<const Role> all_roles();
std::span<const Action> all_actions();

Permission permission(Action action, Role role);
bool may(Action action, Role role, Relation relation = Relation::other);

}  // namespace costage::domain
