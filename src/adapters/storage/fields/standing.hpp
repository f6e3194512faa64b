#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/moderation/events.hpp"

namespace costage::storage {

template <class F, Is<domain::Standing> O>
void fields(F& f, O& o) {
  f("user", "user_id", o.user);
  f("name", "name", o.name);
  f("moderator", "moderator", o.moderator);
  f("muted", "muted", o.muted);
  f("mutedUntil", "muted_until", o.muted_until);
  f("banned", "banned", o.banned);
  f("reason", "reason", o.reason);
  f("by", "by_id", o.by);
  f("at", "at", o.at);
}

template <class F, Is<domain::ModerationChange> O>
void fields(F& f, O& o) {
  fields(f, o.standing);
}

}  // namespace costage::storage
