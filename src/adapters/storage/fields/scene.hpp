#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/scene/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::Layout> word(std::string_view text) {
  return domain::layout_from(text);
}

template <class F, Is<domain::Scene> O>
void fields(F& f, O& o) {
  f("layout", "layout", o.layout);
  f("spotlight", "spotlight_id", o.spotlight);
  f("order", "seat_order", o.order);
}

template <class F, Is<domain::SceneChange> O>
void fields(F& f, O& o) {
  fields(f, o.scene);
}

}  // namespace costage::storage
