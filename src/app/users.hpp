// Known users: whoever came with a good token once, or was put by an admin. Only they can be invited.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "app/ports/storage.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

class Users {
 public:
  explicit Users(const Context& context) : in_(context) {}

  // With every authenticated request; writes only when the name is new on this node. Server-to-server callers
  // (admin) are not people and are not recorded; guests come and go.
  void seen(const Caller& caller);
  void put(const Caller& caller, const User& user, const MaybeIdempotency& once, Done<User> done);
  void me(const Caller& caller, Done<User> done);
  // Off: nobody can invite the caller (S-023).
  void take_invitations(const Caller& caller, bool on, const MaybeIdempotency& once, Done<User> done);

 private:
  static constexpr std::size_t kMaxSeen = 50'000;  // about 150 bytes each: 8 MB; then all are asked about again

  const Context& in_;
  std::map<domain::UserId, std::string> seen_;
};

}  // namespace costage::app
