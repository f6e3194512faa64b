#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

template <class F, Is<app::Block> O>
void fields(F& f, O& o) {
  f("user", "user_id", o.user);
  f("by", "blocked_by", o.by);
  f("createdAt", "created_at", o.created_at);
}

}  // namespace costage::storage
