// A certificate's fingerprint as SDP writes it: "sha-256 4A:AD:B9:..." (RFC 8122 section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace costage::sfu {

struct Fingerprint {
  std::string algorithm;  // "sha-256", "sha-384" or "sha-512"
  Buffer digest;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// Empty for other hashes (sha-1 is too weak to prove anybody) and for a digest of the wrong length.
std::optional<Fingerprint> parse_fingerprint(std::string_view text);
std::string to_text(const Fingerprint& fingerprint);

}  // namespace costage::sfu
