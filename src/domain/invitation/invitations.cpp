#include "domain/invitation/invitations.hpp"

#include <algorithm>

#include "domain/events.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

Invitation* newest_for(Invitations& invitations, const UserId& invitee) {
  const auto at = std::ranges::find(invitations.newest, invitee, &Invitation::invitee);
  return at == invitations.newest.end() ? nullptr : &*at;
}

void put(Invitations& invitations, const Invitation& invitation) {
  if (Invitation* known = newest_for(invitations, invitation.invitee); known != nullptr && known->id == invitation.id) {
    *known = invitation;
    return;
  }
  std::erase_if(invitations.newest, [&](const Invitation& one) { return one.invitee == invitation.invitee; });
  invitations.newest.push_back(invitation);
}

void count(Invitations& invitations, WallTime at) {
  invitations.recent.push_back(at);
  if (invitations.recent.size() > limits::kInvitesPerWindow) invitations.recent.erase(invitations.recent.begin());
}

}  // namespace

void mark_admission(Invitation& invitation, const Event& event) {
  const auto* change = std::get_if<StageChange>(&event.data);
  if (change == nullptr || change->seat.user != invitation.invitee || change->seat.role == SeatRole::host) return;
  if (event.type == EventType::stage_prepared) {
    invitation.admission = Admission::used;
    invitation.called_for.reset();
  }
  if (change->reason == LeaveReason::removed) invitation.admission = Admission::revoked;
}

const Invitation* Invitations::find(const InvitationId& id) const {
  const auto at = std::ranges::find(newest, id, &Invitation::id);
  return at == newest.end() ? nullptr : &*at;
}

const Invitation* Invitations::newest_for(const UserId& invitee) const {
  const auto at = std::ranges::find(newest, invitee, &Invitation::invitee);
  return at == newest.end() ? nullptr : &*at;
}

void apply(Invitations& invitations, const Event& event) {
  if (const auto* change = std::get_if<InvitationChange>(&event.data)) put(invitations, change->invitation);
  if (const auto* change = std::get_if<StageChange>(&event.data))
    if (Invitation* invitation = newest_for(invitations, change->seat.user)) mark_admission(*invitation, event);
  if (event.type == EventType::invitation_created || event.type == EventType::invitation_resent)
    count(invitations, event.at);
}

void forget_past(Invitations& invitations, const Stage& stage, WallTime now) {
  std::erase_if(invitations.newest,
                [&](const Invitation& one) { return !matters(one, now) && stage.find(one.invitee) == nullptr; });
  while (invitations.newest.size() > limits::kInvitationsHeld) {
    const auto oldest = std::ranges::find_if(invitations.newest, [&](const Invitation& one) {
      return one.status != InvitationStatus::pending && stage.find(one.invitee) == nullptr;
    });
    invitations.newest.erase(oldest);
  }
}

std::optional<WallTime> next_deadline(const Invitations& invitations) {
  std::optional<WallTime> earliest;
  for (const Invitation& invitation : invitations.newest)
    if (invitation.status == InvitationStatus::pending)
      earliest = std::min(earliest.value_or(invitation.expires_at), invitation.expires_at);
  return earliest;
}

}  // namespace costage::domain
