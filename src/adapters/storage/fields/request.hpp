#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/request/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::RequestStatus> word(std::string_view text) {
  return domain::request_status_from(text);
}

template <class F, Is<domain::StageRequest> O>
void fields(F& f, O& o) {
  f("id", "request_id", o.id);
  f("room", "room_id", o.room);
  f("user", "user_id", o.user);
  f("name", "name", o.name);
  f("comment", "comment", o.comment);
  f("status", "status", o.status);
  f("createdAt", "created_at", o.created_at);
  f("expiresAt", "expires_at", o.expires_at);
  f("respondedAt", "responded_at", o.responded_at);
  f("reason", "reason", o.reason);
  f("appearances", "appearances", o.appearances);
  f("declines", "declines", o.declines);
  f("asked", "asked", o.asked);
}

template <class F, Is<domain::RequestChange> O>
void fields(F& f, O& o) {
  fields(f, o.request);
}

}  // namespace costage::storage
