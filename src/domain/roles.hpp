// Who may do what: the table of api/authz.yaml. A test proves that both are equal.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/ids.hpp"

namespace costage::domain {

enum class Role { admin, host, co_host, moderator, viewer, guest };
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
  call_to_stage,
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
  switch_off_others,
  ask_to_switch_on,
  set_permissions,
  name_successor,
  set_run_of_show,
  set_scene,
  manage_egress,
  list_watchers,
  probe_media,
  enter_green_room,
  read_history,
  read_chat,
  send_message,
  delete_message,
  review_message,
  report_message,
  pin_message,
  set_chat,
  react,
  read_moderation,
  moderate_people,
  appoint_moderator,
  set_words,
  update_me,
  manage_blocks,
  put_user,
  diagnose,
  drain_node,
};
// What the action's object is to the caller: `own` = an invitation addressed to them, their own request or seat, a room
// that they are to host.
enum class Relation { other, own };
// `invite`, `moderate`: any for a co-host to whom the host has given that, else no; `own_or_..`: else own.
enum class Permission { no, own, any, invite, own_or_invite, moderate, own_or_moderate };
// What the host has given a co-host beyond the stage (S-012). It ends with the seat.
struct StagePermissions {
  bool invite = false;    // sees and answers requests, invites
  bool moderate = false;  // keeps order: in the chat, and among the other co-hosts
  bool products = false;  // tags and pins products (N-070)
  bool operator==(const StagePermissions&) const = default;
};

std::string_view name(Role role);
std::optional<Role> role_from(std::string_view name);
std::string_view name(Action action);
std::string_view name(Permission permission);
std::span<const Role> all_roles();
std::span<const Action> all_actions();

Permission permission(Action action, Role role);
bool may(Action action, Role role, Relation relation = Relation::other, const StagePermissions& given = {});

}  // namespace costage::domain
