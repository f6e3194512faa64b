#include "app/invitees.hpp"

#include "app/context.hpp"

namespace costage::app {

using namespace domain;

Invite invite_of(const Context& in, const Caller& caller, const RoomId& room, const UserId& invitee) {
  Invite invite;
  invite.actor = caller;
  invite.invitee = invitee;
  invite.invitee_watching = in.presence.watches(room, invitee);
  invite.invitee_is_guest = in.presence.is_guest(room, invitee);
  invite.readiness = in.presence.readiness(room, invitee);
  return invite;
}

void complete(Transaction& tx, Invite& invite, const RoomState& state, WallTime now) {
  if (const auto user = tx.users().find(invite.invitee)) {
    invite.invitee_name = user->name;
    // Whom others have blocked is theirs to know: to the rest they are not available.
    invite.available = user->takes_invitations && !tx.blocks().has_any({invite.invitee}, invite.actor.user) &&
                       !is_blocked(tx, state, invite.invitee);
  }
  invite.blocked = tx.blocks().has_any({invite.actor.user}, invite.invitee);
  invite.pending_elsewhere = tx.invitations().pending_elsewhere(invite.invitee, state.room.id, now);
  if (state.invitations.newest_for(invite.invitee) != nullptr) return;
  if (const auto past = tx.invitations().newest_for(state.room.id, invite.invitee)) invite.declines = past->declines;
}

bool is_blocked(Transaction& tx, const RoomState& state, const UserId& user) {
  std::vector<UserId> people{state.room.host};
  for (const Seat& seat : state.stage.seats)
    if (seat.role == SeatRole::co_host) people.push_back(seat.user);
  return tx.blocks().has_any(people, user);
}

}  // namespace costage::app
