#include "adapters/livekit_api/webhook_signature.hpp"

#include <openssl/evp.h>

#include <array>

#include "adapters/base64/base64.hpp"

namespace costage::livekit_api {
namespace {

constexpr std::chrono::minutes kSignatureFor{5};
constexpr std::string_view kBearer = "Bearer ";

std::string base64_of_sha256(const std::string& body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(body.data(), body.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return base64({reinterpret_cast<const char*>(digest.data()), size});
}

}  // namespace

std::string webhook_signature(const std::string& body, const std::string& key_id, const Secret& secret, WallTime now) {
  const std::int64_t seconds = to_unix_ms(now) / 1000;
  const std::int64_t until = seconds + std::chrono::seconds{kSignatureFor}.count();
  return auth::sign({{"sha256", base64_of_sha256(body)}, {"iat", seconds}, {"nbf", seconds}, {"exp", until}}, key_id,
                    secret)
      .value_or("");
}

Signed is_signed(const std::string& body, std::string_view authorization, const auth::Keys& keys, WallTime now) {
  if (authorization.starts_with(kBearer)) authorization.remove_prefix(kBearer.size());
  const auto claims = auth::verify(authorization, keys, now);
  if (!claims) return Signed::by_nobody_known;
  const auto* digest = claims->if_contains("sha256");
  const bool same = digest != nullptr && digest->is_string() && digest->as_string() == base64_of_sha256(body);
  return same ? Signed::yes : Signed::another_body;
}

}  // namespace costage::livekit_api
