#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/invitation/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::InvitationStatus> word(std::string_view text) {
  return domain::invitation_status_from(text);
}
template <>
inline std::optional<domain::Admission> word(std::string_view text) {
  return domain::admission_from(text);
}

template <class F, Is<domain::Invitation> O>
void fields(F& f, O& o) {
  f("id", "invitation_id", o.id);
  f("room", "room_id", o.room);
  f("roomTitle", "room_title", o.room_title);
  f("inviter", "inviter_id", o.inviter);
  f("inviterName", "inviter_name", o.inviter_name);
  f("invitee", "invitee_id", o.invitee);
  f("inviteeName", "invitee_name", o.invitee_name);
  f("status", "status", o.status);
  f("createdAt", "created_at", o.created_at);
  f("expiresAt", "expires_at", o.expires_at);
  f("respondedAt", "responded_at", o.responded_at);
  f("ttl", "ttl", o.ttl);
  f("declines", "declines", o.declines);
  f("admission", "admission", o.admission);
  f("calledFor", "called_for", o.called_for, Since{13});
}

template <class F, Is<domain::InvitationChange> O>
void fields(F& f, O& o) {
  fields(f, o.invitation);
}

}  // namespace costage::storage
