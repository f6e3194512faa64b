#include "app/diagnosis.hpp"

#include "app/context.hpp"
#include "app/invitees.hpp"
#include "domain/diagnosis/diagnosis.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

Drops drops_of(Transaction& tx, const RoomState& state, const UserId& user, WallTime now) {
  constexpr std::uint64_t kRead = Diagnosis::kEventsRead;
  const std::uint64_t after = state.seq > kRead ? state.seq - kRead : 0;
  return count_drops(tx.history().since(state.room.id, after, kRead), user, now - kDropWindow);
}

// `invite` holds what this node knows; it is the host's, whoever asks: theirs would be the invitation.
Patient patient_of(Transaction& tx, Invite invite, const UserId& reader, const RoomState& state, WallTime now) {
  invite.actor = {state.room.host, state.room.host_name};
  complete(tx, invite, state, now);
  Patient patient;
  if (const auto user = tx.users().find(invite.invitee)) patient.takes_invitations = user->takes_invitations;
  patient.blocked_by_reader = tx.blocks().has_any({reader}, invite.invitee);
  patient.invitation = tx.invitations().newest_for(state.room.id, invite.invitee);
  patient.request = tx.requests().newest_of(state.room.id, invite.invitee);
  patient.drops = drops_of(tx, state, invite.invitee, now);
  patient.invite = std::move(invite);
  return patient;
}

}  // namespace

void Diagnosis::get(const Caller& caller, const RoomId& room, const UserId& user, Done<DiagnosisView> done) {
  if (auto bad = bad_user_id(user, "userId")) return done(refuse(*bad));
  Invite invite = invite_of(in_, caller, room, user);
  const bool is_self = caller.user == user;
  if (is_self && caller.guest_of) invite.invitee_is_guest = true;
  in_.work.read<DiagnosisView>(
      [caller, room, invite = std::move(invite), is_self,
       at = in_.work.now()](Transaction& tx) -> domain::Answer<DiagnosisView> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::diagnose, is_self ? Relation::own : Relation::other))
          return refuse(Code::not_permitted);
        const Reader reader = is_self ? Reader::self : Reader::host;
        return DiagnosisView{invite.invitee,
                             diagnose(*state, patient_of(tx, invite, caller.user, *state, at), reader, at)};
      },
      std::move(done));
}

}  // namespace costage::app
