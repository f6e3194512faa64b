// User name fragment and password of one ICE session (RFC 8445 section 5.3, RFC 8839 section 5.4).
#pragma once

#include <string>

#include "base/rng.hpp"
#include "base/secret.hpp"

namespace costage::sfu {

struct IceCredentials {
  std::string ufrag;
  Secret pwd;

  // 8 and 24 characters of 5.8 bits: above the 24 and 128 bits that RFC 8445 section 5.3 demands.
  static IceCredentials generate(Rng& rng) { return {rng.text(8), Secret{rng.text(24)}}; }
};

// Consent is kept by the peer's authenticated checks (RFC 7675): 10 s of silence disconnect, 5 s more fail.
enum class IceState : std::uint8_t { checking, connected, disconnected, failed };

}  // namespace costage::sfu
