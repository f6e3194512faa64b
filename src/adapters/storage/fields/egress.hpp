#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/egress/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::EgressKind> word(std::string_view text) {
  return domain::egress_kind_from(text);
}
template <>
inline std::optional<domain::EgressState> word(std::string_view text) {
  return domain::egress_state_from(text);
}

template <class F, Is<domain::Egress> O>
void fields(F& f, O& o) {
  f("id", "egress_id", o.id);
  f("kind", "kind", o.kind);
  f("state", "state", o.state);
  f("startedBy", "started_by", o.started_by);
  f("startedAt", "started_at", o.started_at);
  f("endedAt", "ended_at", o.ended_at);
  f("destinations", "destinations", o.destinations);
  f("failed", "failed", o.failed);
  f("file", "file", o.file);
  f("fileSeconds", "file_seconds", o.file_seconds);
  f("fileBytes", "file_bytes", o.file_bytes);
  f("error", "error", o.error);
}

// JSON only: in SQL they are rows of their own.
template <class F, Is<domain::EgressChange> O>
void fields(F& f, O& o) {
  f.part("egress", o.egress);
  f.list("running", o.running);
}

}  // namespace costage::storage
