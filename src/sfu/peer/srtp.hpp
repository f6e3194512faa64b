// SRTP and SRTCP of one transport: RFC 3711 (AES-CM with HMAC-SHA1-80) and RFC 7714 (AES-128-GCM). Framing, rollover
// counters, replay windows and key derivation are here; ciphers are behind SrtpCipher (srtp_cipher.hpp).
//
//   SRTP   header | ciphertext | tag                       SRTCP  8 bytes | ciphertext | tag | E,index   (GCM)
//                                                                 8 bytes | ciphertext | E,index | tag   (CM)
//
// Nothing here allocates per packet; a stream's state is made with its first valid packet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "sfu/peer/srtp_cipher.hpp"
#include "sfu/peer/srtp_keys.hpp"
#include "sfu/peer/srtp_stream.hpp"

namespace costage::sfu {

// The most that protection adds to a packet: GCM's tag of 16 bytes and SRTCP's index of 4.
inline constexpr std::size_t kSrtpMaxOverhead = 20;

// RTP's fixed header, contributing sources and extension (RFC 3550 section 5.1), all in the clear; 0 if malformed.
[[nodiscard]] std::size_t srtp_header_size(Bytes packet);

// Cipher and session salt of RTP or RTCP in one direction.
struct SrtpDirection {
  SrtpDirection(SrtpUse use, SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine);

  std::unique_ptr<SrtpCipher> cipher;
  std::array<std::uint8_t, 14> salt;
};

class SrtpSender {
 public:
  SrtpSender(SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine);

  // Protects header + payload into `out` and gives the protected size; 0 if it does not fit, the header is malformed,
  // or the stream's packet of that number may not be sent again. One payload can be protected for many receivers
  // straight from its one copy; `header` and `payload` may also lie in `out` at their final places.
  // With GCM each (SSRC, sequence number) is protected once: a nonce must never repeat (RFC 7714 section 9.1), so a
  // retransmission needs RTX or the bytes kept from the first time. AES-CM allows repetition of an unchanged payload.
  std::size_t protect_rtp(Bytes header, Bytes payload, MutableBytes out);
  // A compound RTCP packet at the start of `buffer`.
  std::size_t protect_rtcp(MutableBytes buffer, std::size_t size);

 private:
  SrtpProfile profile_;
  SrtpDirection rtp_;
  SrtpDirection rtcp_;
  SrtpStreams streams_;
  std::uint32_t rtcp_index_ = 0;  // one counter for all our SSRCs: only uniqueness per SSRC is asked for
};

enum class SrtpVerdict : std::uint8_t { ok, malformed, unauthenticated, replayed };

class SrtpReceiver {
 public:
  struct Unprotected {
    SrtpVerdict verdict = SrtpVerdict::malformed;
    MutableBytes packet;  // with verdict ok: the plain packet, at the start of the datagram
  };

  SrtpReceiver(SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine);

  // Decrypt in place.
  Unprotected unprotect_rtp(MutableBytes datagram);
  Unprotected unprotect_rtcp(MutableBytes datagram);

 private:
  SrtpProfile profile_;
  SrtpDirection rtp_;
  SrtpDirection rtcp_;
  SrtpStreams rtp_streams_;
  SrtpStreams rtcp_streams_;
};

}  // namespace costage::sfu
