// Whom somebody does not want to meet on a stage: blocked people cannot ask to join where the blocker hosts or is on
// stage, nor be invited there, and nobody whom they blocked can invite them.
#pragma once

#include "app/ports/storage.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

class Blocks {
 public:
  explicit Blocks(const Context& context) : in_(context) {}

  void put(const Caller& caller, const domain::UserId& user, const MaybeIdempotency& once, Done<Block> done);
  // Also of somebody who is not blocked.
  void remove(const Caller& caller, const domain::UserId& user, const MaybeIdempotency& once, Done<Block> done);
  void list(const Caller& caller, const PageRequest& page, Done<Page<Block>> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
