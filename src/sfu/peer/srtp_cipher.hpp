// The cryptographic transforms under SRTP, one interface with two back ends: Intel ipsec-mb (amd64) and OpenSSL EVP
// (everywhere). A cipher holds the session keys of one direction, of RTP or of RTCP.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.hpp"

namespace costage::sfu {

// Numbers of the DTLS-SRTP protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
enum class SrtpProfile : std::uint16_t { aes128_cm_sha1_80 = 0x0001, aead_aes_128_gcm = 0x0007 };

// SRTP_AES128_CM_HMAC_SHA1_80 truncates its tag to 80 bits; GCM's is whole.
constexpr std::size_t srtp_tag_size(SrtpProfile profile) { return profile == SrtpProfile::aead_aes_128_gcm ? 16 : 10; }

// CM: the 16-byte counter block (RFC 3711 section 4.1.1). GCM: its first 12 bytes are the nonce (RFC 7714 section 8.1).
using SrtpIv = std::array<std::uint8_t, 16>;

// A packet whose first `header` bytes are in the clear, with the ciphertext behind them.
struct SrtpParts {
  SrtpIv iv{};
  std::uint8_t* packet = nullptr;  // with room for tag or tail behind the ciphertext
  std::size_t header = 0;
  const std::uint8_t* payload = nullptr;  // plain text to seal; may lie at packet + header
  std::size_t size = 0;                   // of plain text and ciphertext
  // Authenticated, not encrypted: for RTP with CM the rollover counter, for RTCP the E bit and index
  // (RFC 3711 section 4.2, RFC 7714 section 9); for RTP with GCM empty.
  std::array<std::uint8_t, 4> tail{};
  std::size_t tail_size = 0;
};

class SrtpCipher {
 public:
  virtual ~SrtpCipher() = default;
  // Writes the ciphertext behind the header and the tag to `tag` (srtp_tag_size bytes). The four bytes behind the
  // ciphertext may serve as scratch before the tag is written.
  virtual void seal(const SrtpParts& parts, std::uint8_t* tag) = 0;
  // Decrypts in place. False if the tag is wrong; the packet is then spoilt.
  virtual bool open(const SrtpParts& parts, const std::uint8_t* tag) = 0;
};

struct SrtpSessionKey {
  std::array<std::uint8_t, 16> encryption{};
  std::array<std::uint8_t, 20> authentication{};  // CM only
};

// A back end. It belongs to one media loop: its ciphers may share scratch memory.
class SrtpEngine {
 public:
  virtual ~SrtpEngine() = default;
  [[nodiscard]] virtual std::unique_ptr<SrtpCipher> cipher(SrtpProfile profile, const SrtpSessionKey& key) const = 0;
  [[nodiscard]] virtual const char* name() const = 0;
};

std::unique_ptr<SrtpEngine> make_evp_engine();
// Null where ipsec-mb is not built in or the processor lacks AES instructions.
std::unique_ptr<SrtpEngine> make_ipsec_mb_engine();
// The faster of the two that is there.
std::unique_ptr<SrtpEngine> make_srtp_engine();

}  // namespace costage::sfu
