// Known users: whoever came with a good token once, or was put by an admin. Only they can be invited.
#pragma once

#include "app/ports/store.hpp"
#include "app/request.hpp"

namespace costage::app {

class Core;

class Users {
 public:
  explicit Users(Core& core) : core_(core) {}

  // With every authenticated request; writes only when the name is new on this node. Server-to-server callers
  // (admin) are not people and are not recorded.
  void seen(const Caller& caller);
  void put(const Caller& caller, const User& user, const MaybeIdempotency& once, Done<User> done);

 private:
  Core& core_;
};

}  // namespace costage::app
