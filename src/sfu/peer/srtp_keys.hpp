// Key derivation of SRTP (RFC 3711 section 4.3, with a key derivation rate of zero; RFC 7714 section 11 uses the same).
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "sfu/peer/srtp_cipher.hpp"

namespace costage::sfu {

// What DTLS exports for one direction (RFC 5764 section 4.2). GCM's salt has 12 bytes; the last two are then zero.
struct SrtpMasterKey {
  std::array<std::uint8_t, 16> key{};
  std::array<std::uint8_t, 14> salt{};
};

struct SrtpSession {
  SrtpSessionKey key;
  std::array<std::uint8_t, 14> salt{};
};

enum class SrtpUse : std::uint8_t { rtp = 0, rtcp = 3 };  // first of three consecutive derivation labels

SrtpSession derive_session(const SrtpMasterKey& master, SrtpUse use, SrtpProfile profile);

}  // namespace costage::sfu
