#include "domain/roles.hpp"

#include "base/check.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<Role>, 6> kRoles{{{Role::admin, "admin"},
                                             {Role::host, "host"},
                                             {Role::co_host, "coHost"},
                                             {Role::moderator, "moderator"},
                                             {Role::viewer, "viewer"},
                                             {Role::guest, "guest"}}};
constexpr auto kAllRoles = values_of(kRoles);
constexpr std::array<Named<Permission>, 7> kPermissions{{{Permission::no, "no"},
                                                         {Permission::own, "own"},
                                                         {Permission::any, "any"},
                                                         {Permission::invite, "invite"},
                                                         {Permission::own_or_invite, "ownOrInvite"},
                                                         {Permission::moderate, "moderate"},
                                                         {Permission::own_or_moderate, "ownOrModerate"}}};

constexpr auto no = Permission::no;
constexpr auto own = Permission::own;
constexpr auto any = Permission::any;
constexpr auto invite = Permission::invite;
constexpr auto own_or_invite = Permission::own_or_invite;
constexpr auto moderate = Permission::moderate;
constexpr auto own_or_moderate = Permission::own_or_moderate;

struct Row {
  Action action;
  std::string_view name;
  std::array<Permission, 6> by_role;  // admin, host, coHost, moderator, viewer, guest
};
using A = Action;

constexpr auto kTable = std::to_array<Row>({
    {A::create_room, "createRoom", {any, own, own, own, own, no}},
    {A::list_rooms, "listRooms", {any, any, any, any, any, no}},
    {A::read_room, "readRoom", {any, any, any, any, any, any}},
    {A::update_room, "updateRoom", {any, any, no, no, no, no}},
    {A::stop_room, "stopRoom", {any, any, no, no, no, no}},
    {A::watch_room, "watchRoom", {any, any, any, any, any, any}},
    {A::create_invitation, "createInvitation", {any, any, invite, no, no, no}},
    {A::list_invitations, "listInvitations", {any, any, invite, no, no, no}},
    {A::read_invitation, "readInvitation", {any, any, own_or_invite, own, own, no}},
    {A::cancel_invitation, "cancelInvitation", {any, any, invite, no, no, no}},
    {A::resend_invitation, "resendInvitation", {any, any, invite, no, no, no}},
    {A::call_to_stage, "callToStage", {any, any, invite, no, no, no}},
    {A::accept_invitation, "acceptInvitation", {own, own, own, own, own, no}},
    {A::reject_invitation, "rejectInvitation", {own, own, own, own, own, no}},
    {A::create_request, "createRequest", {own, own, own, own, own, no}},
    {A::list_requests, "listRequests", {any, any, invite, no, no, no}},
    {A::read_request, "readRequest", {any, any, own_or_invite, own, own, no}},
    {A::withdraw_request, "withdrawRequest", {own, own, own, own, own, no}},
    {A::decline_request, "declineRequest", {any, any, invite, no, no, no}},
    {A::open_lease, "openLease", {no, own, own, own, own, no}},
    {A::leave_stage, "leaveStage", {no, own, own, own, own, no}},
    {A::remove_from_stage, "removeFromStage", {any, any, moderate, no, no, no}},
    {A::switch_off_others, "switchOffOthers", {any, any, moderate, no, no, no}},
    {A::ask_to_switch_on, "askToSwitchOn", {any, any, moderate, no, no, no}},
    {A::set_permissions, "setPermissions", {any, any, no, no, no, no}},
    {A::name_successor, "nameSuccessor", {any, any, no, no, no, no}},
    {A::set_run_of_show, "setRunOfShow", {any, any, moderate, no, no, no}},
    {A::set_scene, "setScene", {any, any, moderate, no, no, no}},
    {A::manage_egress, "manageEgress", {any, any, no, no, no, no}},
    {A::list_watchers, "listWatchers", {any, any, any, any, any, no}},
    {A::probe_media, "probeMedia", {any, any, any, any, any, no}},
    {A::enter_green_room, "enterGreenRoom", {no, own, own, own, own, no}},
    {A::read_history, "readHistory", {any, any, any, any, any, any}},
    {A::read_chat, "readChat", {any, any, any, any, any, any}},
    {A::send_message, "sendMessage", {own, own, own, own, own, no}},
    {A::delete_message, "deleteMessage", {any, any, own_or_moderate, any, own, no}},
    {A::review_message, "reviewMessage", {any, any, moderate, any, no, no}},
    {A::report_message, "reportMessage", {any, any, any, any, any, no}},
    {A::pin_message, "pinMessage", {any, any, moderate, any, no, no}},
    {A::set_chat, "setChat", {any, any, moderate, any, no, no}},
    {A::react, "react", {any, any, any, any, any, no}},
    {A::read_moderation, "readModeration", {any, any, moderate, any, no, no}},
    {A::moderate_people, "moderatePeople", {any, any, moderate, any, no, no}},
    {A::appoint_moderator, "appointModerator", {any, any, no, no, no, no}},
    {A::set_words, "setWords", {any, no, no, no, no, no}},
    {A::update_me, "updateMe", {own, own, own, own, own, no}},
    {A::manage_blocks, "manageBlocks", {own, own, own, own, own, no}},
    {A::put_user, "putUser", {any, no, no, no, no, no}},
    {A::diagnose, "diagnose", {any, any, own, own, own, own}},
    {A::drain_node, "drainNode", {any, no, no, no, no, no}},
});

constexpr auto kAllActions = [] {
  std::array<Action, kTable.size()> out{};
  for (std::size_t i = 0; i < kTable.size(); ++i) out[i] = kTable[i].action;
  return out;
}();

const Row& row(Action action) {
  const Row& found = kTable[static_cast<std::size_t>(action)];
  COSTAGE_CHECK(found.action == action, "the table is in the order of the enum");
  return found;
}

}  // namespace

std::string_view name(Role role) { return name_in(kRoles, role); }
std::optional<Role> role_from(std::string_view name) { return value_in(kRoles, name); }
std::string_view name(Action action) { return row(action).name; }
std::string_view name(Permission permission) { return name_in(kPermissions, permission); }
std::span<const Role> all_roles() { return kAllRoles; }
std::span<const Action> all_actions() { return kAllActions; }

Permission permission(Action action, Role role) { return row(action).by_role[static_cast<std::size_t>(role)]; }

bool may(Action action, Role role, Relation relation, const StagePermissions& given) {
  switch (permission(action, role)) {
    case Permission::no:
      return false;
    case Permission::own:
      return relation == Relation::own;
    case Permission::any:
      return true;
    case Permission::invite:
      return given.invite;
    case Permission::own_or_invite:
      return given.invite || relation == Relation::own;
    case Permission::moderate:
      return given.moderate;
    case Permission::own_or_moderate:
      return given.moderate || relation == Relation::own;
  }
  return false;
}

}  // namespace costage::domain
