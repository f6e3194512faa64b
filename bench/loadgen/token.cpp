#include "loadgen/token.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <ctime>
#include <string_view>

namespace costage::bench {
namespace {

std::string signature(const std::string& secret, std::string_view text) {
  std::array<std::uint8_t, 32> mac{};
  const Bytes bytes = as_bytes(text);
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes.data(), bytes.size(), mac.data(), nullptr);
  return base64url(mac);
}

}  // namespace

std::string base64url(Bytes bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

std::string make_token(const ApiKey& api, const std::string& identity, const std::string& video) {
  const std::string claims = fmt::format(R"({{"iss":"{}","sub":"{}","name":"{}","exp":{},"video":{}}})", api.key,
                                         identity, identity, std::time(nullptr) + 3600, video);
  const std::string text = base64url(as_bytes(R"({"alg":"HS256","typ":"JWT"})")) + "." + base64url(as_bytes(claims));
  return text + "." + signature(api.secret, text);
}

}  // namespace costage::bench
