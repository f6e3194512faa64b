// Commands on invitations: invite, accept, reject, cancel, resend.
#include "domain/invitation/decide.hpp"

#include <algorithm>

#include "domain/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/request/decide.hpp"

namespace costage::domain {
namespace {

using std::chrono::ceil;
using std::chrono::seconds;

bool is_waiting(const Invitation* invitation, WallTime now) {
  return invitation != nullptr && status_at(*invitation, now) == InvitationStatus::pending;
}

std::optional<Refusal> bad_request(const Invite& command) {
  if (command.invitee.value().empty() || command.invitee.value().size() > limits::kUserId)
    return Refusal::invalid("userId", "It must name one user.");
  if (command.ttl && (*command.ttl < limits::kMinTtl || *command.ttl > limits::kMaxTtl))
    return Refusal::invalid("ttlSeconds", "It must be from " + std::to_string(limits::kMinTtl.count()) + " to " +
                                              std::to_string(limits::kMaxTtl.count()) + ".");
  return {};
}

// S-032, S-033, S-096.
std::optional<Refusal> not_ready(const Policies& policies, const Readiness& readiness) {
  if (is_older(readiness.client_version, policies.min_client_version)) return Code::client_too_old;
  if (!policies.invitees_must_be_ready) return {};
  if (!works(readiness.camera)) return Code::camera_off;
  if (!works(readiness.microphone)) return Code::microphone_off;
  return {};
}

std::optional<Refusal> wrong_invitee(const RoomState& state, const Invite& command) {
  if (command.invitee == state.room.host) return Code::invitee_is_host;
  if (const Standing* one = state.standings.find(command.invitee); one != nullptr && one->banned)
    return Code::person_banned;
  if (command.invitee_is_guest) return Code::invitee_is_guest;
  if (!command.invitee_name) return Code::user_unknown;
  if (state.stage.find(command.invitee) != nullptr) return Code::already_on_stage;
  const bool on_show = state.room.status != RoomStatus::idle;
  const Policies& policies = state.room.policies;
  if (on_show && policies.invite_watchers_only && !command.invitee_watching) return Code::invitee_not_watching;
  if (command.blocked) return Code::invitee_blocked;
  if (!command.available) return Code::invitee_unavailable;
  const StageRequest* request = state.requests.newest_of(command.invitee);
  const bool asked = request != nullptr && request->status == RequestStatus::waiting;
  if (policies.invite_requesters_only && !asked) return Code::invitee_did_not_ask;
  return not_ready(policies, command.readiness);
}

std::optional<Refusal> cooling_down(const Invitation* newest, WallTime now) {
  if (newest == nullptr || newest->status != InvitationStatus::rejected) return {};
  const WallTime until = cools_down_until(*newest);
  if (now >= until) return {};
  return Refusal{Code::cooling_down, ceil<seconds>(until - now)};
}

// 10 invitations or resends in a minute per room (requirements part 3).
std::optional<Refusal> too_fast(const RoomState& state, WallTime now) {
  if (state.invitations.recent.size() < limits::kInvitesPerWindow) return {};
  const WallTime free_at = state.invitations.recent.front() + limits::kInviteWindow;
  if (now >= free_at) return {};
  return Refusal{Code::rate_limited, ceil<seconds>(free_at - now)};
}

std::optional<Refusal> no_room_for_another(const RoomState& state, const Invite& command, WallTime now) {
  if (state.stage.co_hosts() >= static_cast<std::size_t>(state.room.policies.max_co_hosts)) return Code::stage_full;
  const auto waiting =
      std::ranges::count_if(state.invitations.newest, [&](const Invitation& i) { return is_waiting(&i, now); });
  if (static_cast<std::size_t>(waiting) >= limits::kPendingPerRoom) return Code::too_many_pending;
  if (command.pending_elsewhere >= limits::kPendingPerInvitee) return Code::too_many_pending;
  return {};
}

Invitation new_invitation(const RoomState& state, const Invite& command, const Invitation* before, WallTime now) {
  Invitation invitation;
  invitation.id = command.id;
  invitation.room = state.room.id;
  invitation.room_title = state.room.title;
  const Seat* inviter = state.stage.find(command.actor.user);
  invitation.inviter = inviter == nullptr ? state.room.host : inviter->user;
  invitation.inviter_name = inviter == nullptr ? state.room.host_name : inviter->name;
  invitation.invitee = command.invitee;
  invitation.invitee_name = *command.invitee_name;
  invitation.created_at = now;
  invitation.ttl = command.ttl.value_or(state.room.policies.invitation_ttl);
  invitation.expires_at = now + invitation.ttl;
  invitation.declines = before == nullptr ? command.declines : before->declines;
  return invitation;
}

EventType event_for(InvitationStatus status) {
  switch (status) {
    case InvitationStatus::accepted:
      return EventType::invitation_accepted;
    case InvitationStatus::rejected:
      return EventType::invitation_rejected;
    case InvitationStatus::cancelled:
      return EventType::invitation_cancelled;
    case InvitationStatus::expired:
      return EventType::invitation_expired;
    case InvitationStatus::pending:
      break;
  }
  COSTAGE_CHECK(false, "no invitation becomes pending again");
}

void invitation_becomes(Decision& decision, const Invitation& invitation, InvitationStatus status) {
  COSTAGE_CHECK(may_become(invitation.status, status), "only pending moves");
  Invitation next = invitation;
  next.status = status;
  next.responded_at = decision.now();
  if (status == InvitationStatus::rejected) ++next.declines;
  decision.emit(event_for(status), InvitationChange{std::move(next)});
}

void resend(Decision& decision, Invitation invitation, seconds ttl) {
  invitation.ttl = ttl;
  invitation.expires_at = decision.now() + ttl;
  decision.emit(EventType::invitation_resent, InvitationChange{std::move(invitation)});
}

// nullptr: there is none.
const Invitation* invitation_of(const RoomState& state, const InvitationVerb& verb) {
  const Invitation* held = state.invitations.find(verb.id);
  return held != nullptr || !verb.past ? held : &*verb.past;
}

// The invitation the command is about, if it is the actor's to act on and still waits for an answer.
Answer<Invitation> acted_on(const RoomState& state, const InvitationVerb& verb, Action action, WallTime now) {
  const Invitation* invitation = invitation_of(state, verb);
  if (invitation == nullptr) return refuse(Code::invitation_not_found);
  const Relation relation = invitation->invitee == verb.actor.user ? Relation::own : Relation::other;
  if (!permitted(state, verb.actor, action, relation)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  const InvitationStatus status = status_at(*invitation, now);
  if (status != InvitationStatus::pending) return refuse(refusal_for(status));
  return *invitation;
}

Answer<Events> answer(const RoomState& state, const InvitationVerb& verb, Action action, InvitationStatus status,
                      WallTime now) {
  const auto invitation = acted_on(state, verb, action, now);
  if (!invitation) return refuse(invitation.error());
  Decision decision{state, now, verb.actor.user};
  invitation_becomes(decision, *invitation, status);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const Invite& command, WallTime now) {
  if (auto refusal = why_not_invite(state, command, now)) return refuse(*refusal);
  Decision decision{state, now, command.actor.user};
  const Invitation* newest = state.invitations.newest_for(command.invitee);
  if (is_waiting(newest, now)) {
    resend(decision, *newest, command.ttl.value_or(newest->ttl));
    return decision.take();
  }
  if (newest != nullptr && has_run_out(*newest, now)) invitation_becomes(decision, *newest, InvitationStatus::expired);
  decision.emit(EventType::invitation_created, InvitationChange{new_invitation(state, command, newest, now)});
  end_request(decision, command.invitee, RequestStatus::invited);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const AcceptInvitation& command, WallTime now) {
  return answer(state, command, Action::accept_invitation, InvitationStatus::accepted, now);
}

Answer<Events> decide_on(const RoomState& state, const RejectInvitation& command, WallTime now) {
  return answer(state, command, Action::reject_invitation, InvitationStatus::rejected, now);
}

Answer<Events> decide_on(const RoomState& state, const CancelInvitation& command, WallTime now) {
  return answer(state, command, Action::cancel_invitation, InvitationStatus::cancelled, now);
}

Answer<Events> decide_on(const RoomState& state, const ResendInvitation& command, WallTime now) {
  const auto invitation = acted_on(state, command, Action::resend_invitation, now);
  if (!invitation) return refuse(invitation.error());
  if (auto fast = too_fast(state, now)) return refuse(*fast);
  Decision decision{state, now, command.actor.user};
  resend(decision, *invitation, invitation->ttl);
  return decision.take();
}

std::optional<Refusal> why_not_call(const RoomState& state, const Invitation& invitation, WallTime now) {
  const InvitationStatus status = status_at(invitation, now);
  if (status != InvitationStatus::accepted) return refusal_for(status);
  if (!opens_stage(invitation)) return Code::invitation_cancelled;
  if (state.stage.find(invitation.invitee) != nullptr) return Code::already_on_stage;
  const WallTime free_at = invitation.called_for.value_or(WallTime{}) - limits::kCountdown + limits::kCallsApart;
  if (invitation.called_for && now < free_at) return Refusal{Code::rate_limited, ceil<seconds>(free_at - now)};
  return {};
}

Answer<Events> decide_on(const RoomState& state, const CallToStage& command, WallTime now) {
  const Invitation* invitation = invitation_of(state, command);
  if (invitation == nullptr) return refuse(Code::invitation_not_found);
  if (!permitted(state, command.actor, Action::call_to_stage)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  // One that the room does not hold in mind lets nobody on stage any more.
  const bool is_held = state.invitations.find(command.id) != nullptr;
  if (!is_held && invitation->status == InvitationStatus::accepted) return refuse(Code::invitation_cancelled);
  if (auto refusal = why_not_call(state, *invitation, now)) return refuse(*refusal);
  Decision decision{state, now, command.actor.user};
  Invitation next = *invitation;
  next.called_for = now + limits::kCountdown;
  decision.emit(EventType::invitation_called, InvitationChange{std::move(next)});
  return decision.take();
}

}  // namespace

std::optional<Refusal> why_not_invite(const RoomState& state, const Invite& command, WallTime now) {
  if (!permitted(state, command.actor, Action::create_invitation)) return Code::not_permitted;
  if (auto bad = bad_request(command)) return bad;
  if (!is_open(state.room.status)) return Code::room_ended;
  if (auto wrong = wrong_invitee(state, command)) return wrong;
  const Invitation* newest = state.invitations.newest_for(command.invitee);
  if (newest != nullptr && newest->status == InvitationStatus::accepted && newest->admission == Admission::unused)
    return Code::invitation_already_accepted;
  if (auto cooling = cooling_down(newest, now)) return cooling;
  if (auto fast = too_fast(state, now)) return fast;
  if (is_waiting(newest, now)) return {};
  return no_room_for_another(state, command, now);
}

Answer<Events> decide_invitation(const RoomState& state, const InvitationCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

bool revoke_place(Decision& decision, const UserId& user) {
  const Invitation* held = decision.state().invitations.newest_for(user);
  if (held == nullptr || !opens_stage(*held) || decision.state().stage.find(user) != nullptr) return false;
  Invitation next = *held;
  next.admission = Admission::revoked;
  decision.emit(EventType::invitation_revoked, InvitationChange{std::move(next)});
  return true;
}

void expire_invitations(Decision& decision) {
  const auto invitations = decision.state().invitations.newest;
  for (const Invitation& invitation : invitations)
    if (has_run_out(invitation, decision.now())) invitation_becomes(decision, invitation, InvitationStatus::expired);
}

void end_pending(Decision& decision, const UserId& user) {
  const Invitation* held = decision.state().invitations.newest_for(user);
  if (held == nullptr || held->status != InvitationStatus::pending) return;
  const bool is_late = has_run_out(*held, decision.now());
  invitation_becomes(decision, Invitation{*held}, is_late ? InvitationStatus::expired : InvitationStatus::cancelled);
}

void end_all_pending(Decision& decision) {
  expire_invitations(decision);
  const auto invitations = decision.state().invitations.newest;
  for (const Invitation& invitation : invitations)
    if (invitation.status == InvitationStatus::pending)
      invitation_becomes(decision, invitation, InvitationStatus::cancelled);
}

}  // namespace costage::domain
