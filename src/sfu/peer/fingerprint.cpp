#include "sfu/peer/fingerprint.hpp"

#include <cctype>

namespace costage::sfu {

namespace {

std::size_t digest_size(std::string_view algorithm) {
  if (algorithm == "sha-256") return 32;
  if (algorithm == "sha-384") return 48;
  if (algorithm == "sha-512") return 64;
  return 0;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::optional<Fingerprint> parse_fingerprint(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {};
  Fingerprint out{std::string{text.substr(0, space)}, {}};
  for (char& c : out.algorithm) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const std::string_view hex = text.substr(space + 1);
  const std::size_t size = digest_size(out.algorithm);
  if (size == 0 || hex.size() != size * 3 - 1) return {};
  for (std::size_t i = 0; i < size; ++i) {
    const int high = hex_value(hex[i * 3]);
    const int low = hex_value(hex[i * 3 + 1]);
    if (high < 0 || low < 0 || (i + 1 < size && hex[i * 3 + 2] != ':')) return {};
    out.digest.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string to_text(const Fingerprint& fingerprint) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = fingerprint.algorithm;
  char separator = ' ';
  for (const std::uint8_t byte : fingerprint.digest) {
    out += {separator, kHex[byte >> 4], kHex[byte & 15]};
    separator = ':';
  }
  return out;
}

}  // namespace costage::sfu
