// Who sends a request: the person, a guest of one room, or the application's own server (`admin`).
#pragma once

#include <string>
#include <string_view>

#include "adapters/auth/token.hpp"
#include "domain/actor.hpp"

namespace costage::auth {

struct User {
  std::string id;
  std::string name;  // the id when the token has none
  bool admin = false;
  WallTime expires;
  std::string guest_of{};  // the room that a guest may watch; empty: no guest
};

[[nodiscard]] domain::Actor actor_of(const User& user);

[[nodiscard]] Result<User, TokenError> verify_user(std::string_view token, const Keys& keys, WallTime now);
// Empty: as sign().
[[nodiscard]] std::optional<std::string> sign_user(const User& user, const std::string& key_id, const Secret& secret);

}  // namespace costage::auth
