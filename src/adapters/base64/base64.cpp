#include "adapters/auth/base64url.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace costage::auth {

std::optional<std::string> base64url_decoded(std::string text) {
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.pop_back();
  const std::size_t length = text.size() * 3 / 4;
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  out.resize(length);
  return out;
}

}  // namespace costage::auth
