#include "adapters/auth/user.hpp"

#include "base/text.hpp"

namespace costage::auth {

namespace {

constexpr std::size_t kMaxUserId = 128;  // bytes
constexpr std::size_t kMaxName = 100;    // characters; as domain::limits::kUserName

bool is_text(const boost::json::value* value, std::size_t max) {
  return value && value->is_string() && characters(value->get_string()) <= max;
}

}  // namespace

domain::Actor actor_of(const User& user) {
  domain::Actor actor{domain::UserId{user.id}, user.name, user.admin};
  if (!user.guest_of.empty()) actor.guest_of = domain::RoomId{user.guest_of};
  return actor;
}

Result<User, TokenError> verify_user(std::string_view token, const Keys& keys, WallTime now) {
  const auto claims = verify(token, keys, now);
  if (!claims) return fail(claims.error());
  if (claims->contains("video")) return fail(TokenError::wrong_kind);
  const auto* sub = claims->if_contains("sub");
  const auto* name = claims->if_contains("name");
  const auto* admin = claims->if_contains("admin");
  const auto* guest = claims->if_contains("guest");
  if (!sub || !sub->is_string()) return fail(TokenError::malformed);
  if (bad_id(sub->get_string(), kMaxUserId)) return fail(TokenError::bad_subject);
  if (name && !is_text(name, kMaxName)) return fail(TokenError::malformed);
  if (admin && !admin->is_bool()) return fail(TokenError::malformed);
  if (guest && (!is_text(guest, kMaxUserId) || guest->get_string().empty())) return fail(TokenError::malformed);

  User user;
  user.id = sub->get_string().c_str();
  user.name = name && !name->get_string().empty() ? name->get_string().c_str() : user.id;
  user.guest_of = guest ? guest->get_string().c_str() : "";
  user.admin = admin && admin->get_bool() && user.guest_of.empty();
  user.expires = from_unix_ms(static_cast<std::int64_t>(claims->at("exp").to_number<double>() * 1000));
  return user;
}

std::optional<std::string> sign_user(const User& user, const std::string& key_id, const Secret& secret) {
  boost::json::object claims{{"sub", user.id}, {"name", user.name}, {"exp", to_unix_ms(user.expires) / 1000}};
  if (user.admin) claims["admin"] = true;
  if (!user.guest_of.empty()) claims["guest"] = user.guest_of;
  return sign(std::move(claims), key_id, secret);
}

}  // namespace costage::auth
