#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/run_of_show/events.hpp"

namespace costage::storage {

template <class F, Is<domain::RunOfShowItem> O>
void fields(F& f, O& o) {
  f("title", "title", o.title);
  f("user", "user_id", o.user);
}

// JSON only: in SQL the items are rows of their own.
template <class F, Is<domain::RunOfShowChange> O>
void fields(F& f, O& o) {
  f.list("items", o.run_of_show.items);
  f("current", "current_item", o.run_of_show.current);
}

}  // namespace costage::storage
