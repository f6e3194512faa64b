#include <set>

#include "domain/limits.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

std::string check_invitation(const Invitation& invitation, const Room& room) {
  if (invitation.room != room.id) return "an invitation belongs to its room";
  if (invitation.invitee == room.host) return "the host is not invited";
  if ((invitation.status == InvitationStatus::pending) == invitation.responded_at.has_value())
    return "an invitation has an end exactly when it is not pending";
  if (invitation.ttl < limits::kMinTtl || invitation.ttl > limits::kMaxTtl) return "an invitation's time is in range";
  if (invitation.status != InvitationStatus::accepted && invitation.admission != Admission::unused)
    return "only an accepted invitation opens the stage";
  return {};
}

}  // namespace

std::string check_invitations(const RoomState& state) {
  if (state.invitations.recent.size() > limits::kInvitesPerWindow) return "no more invites are remembered than needed";
  std::set<UserId> invitees;
  for (const Invitation& invitation : state.invitations.newest) {
    if (auto broken = check_invitation(invitation, state.room); !broken.empty()) return broken;
    if (!invitees.insert(invitation.invitee).second) return "only the newest invitation of each invitee is held";
    if (!is_open(state.room.status) && invitation.status == InvitationStatus::pending)
      return "nothing is pending in a room that is over";
  }
  for (const Seat& seat : state.stage.seats) {
    const Invitation* invitation = state.invitations.newest_for(seat.user);
    if (seat.role == SeatRole::co_host && (invitation == nullptr || invitation->admission != Admission::used))
      return "a co-host came by an invitation";
  }
  return {};
}

}  // namespace costage::domain
