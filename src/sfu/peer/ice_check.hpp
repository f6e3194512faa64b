// What both ICE agents have in common: whom a check names, and what became of a STUN datagram.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sfu/peer/ice_credentials.hpp"

namespace costage::sfu {

// PRIORITY of a check (RFC 8445 section 7.1.1): our only candidate, as if the peer learned of it by this check.
inline constexpr std::uint32_t kCheckPriority = 110u << 24 | 65535u << 8 | 255u;

// USERNAME of a check names its receiver first (RFC 8445 section 7.2.2).
[[nodiscard]] inline std::string check_username(const IceCredentials& receiver, const IceCredentials& sender) {
  return receiver.ufrag + ":" + sender.ufrag;
}
// Whether a check of that USERNAME is for `local`; the sender's name is compared once it is known.
[[nodiscard]] inline bool names_us(std::string_view username, const IceCredentials& local,
                                   const IceCredentials& remote) {
  const std::size_t colon = username.find(':');
  if (colon == std::string_view::npos || username.substr(0, colon) != local.ufrag) return false;
  return remote.ufrag.empty() || username.substr(colon + 1) == remote.ufrag;
}

struct StunOutcome {
  enum class Kind : std::uint8_t {
    dropped,  // not for us, not authenticated, or a check that was refused
    check,    // an authenticated check
    answer,   // the authenticated answer to a check of ours
  };
  Kind kind = Kind::dropped;
  std::size_t response = 0;  // bytes to send to where the datagram came from; also for a refusal
};

}  // namespace costage::sfu
