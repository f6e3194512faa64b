#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/stage/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::SeatRole> word(std::string_view text) {
  return domain::seat_role_from(text);
}
template <>
inline std::optional<domain::SeatState> word(std::string_view text) {
  return domain::seat_state_from(text);
}
template <>
inline std::optional<domain::Device> word(std::string_view text) {
  return domain::device_from(text);
}
template <>
inline std::optional<domain::Link> word(std::string_view text) {
  return domain::link_from(text);
}
template <>
inline std::optional<domain::LeaveReason> word(std::string_view text) {
  return domain::leave_reason_from(text);
}

template <class F, Is<domain::Seat> O>
void fields(F& f, O& o) {
  f("user", "user_id", o.user);
  f("name", "name", o.name);
  f("role", "role", o.role);
  f("state", "state", o.state);
  f("lease", "lease_id", o.lease);
  f("epoch", "epoch", o.epoch);
  f("camera", "camera", o.camera);
  f("microphone", "microphone", o.microphone);
  f("joinedAt", "joined_at", o.joined_at);
  f("onAirAt", "on_air_at", o.on_air_at);
  f("releaseAt", "release_at", o.release_at);
  f("link", "link", o.link);
  f("screen", "screen", o.screen, Since{12});
  f("mayInvite", "may_invite", o.permissions.invite, Since{10});
  f("mayModerate", "may_moderate", o.permissions.moderate, Since{10});
  f("mayManageProducts", "may_manage_products", o.permissions.products, Since{10});
}

// JSON only: in SQL the seats are rows of their own.
template <class F, Is<domain::Stage> O>
void fields(F& f, O& o) {
  f.list("seats", o.seats);
  f("lastEpoch", "last_epoch", o.last_epoch);
}

template <class F, Is<domain::StageChange> O>
void fields(F& f, O& o) {
  f.part("seat", o.seat);
  f.part("stage", o.stage);
  f("reason", "reason", o.reason);
  f("microphone", "microphone", o.sources.microphone, Since{10});
  f("camera", "camera", o.sources.camera, Since{10});
  f("screen", "screen", o.sources.screen, Since{10});
}

}  // namespace costage::storage
