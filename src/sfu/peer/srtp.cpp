#include "sfu/peer/srtp.hpp"

#include <cstring>
#include <utility>

namespace costage::sfu {

namespace {

constexpr std::size_t kRtcpHeader = 8;  // first header and sender's SSRC stay in the clear
constexpr std::size_t kIndexSize = 4;   // SRTCP's E bit and index
constexpr std::uint32_t kEncryptedBit = 0x80000000u;

std::uint16_t read_u16(const std::uint8_t* at) { return static_cast<std::uint16_t>(at[0] << 8 | at[1]); }
std::uint32_t read_u32(const std::uint8_t* at) { return std::uint32_t{read_u16(at)} << 16 | read_u16(at + 2); }
void write_u32(std::uint8_t* at, std::uint32_t v) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(v >> (24 - 8 * i));
}

using Salt = std::array<std::uint8_t, 14>;

// RFC 3711 section 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).
SrtpIv cm_iv(const Salt& salt, std::uint32_t ssrc, std::uint64_t index) {
  SrtpIv iv{};
  std::memcpy(iv.data(), salt.data(), salt.size());
  for (int i = 0; i < 4; ++i) iv[4 + i] ^= static_cast<std::uint8_t>(ssrc >> (24 - 8 * i));
  for (int i = 0; i < 6; ++i) iv[8 + i] ^= static_cast<std::uint8_t>(index >> (40 - 8 * i));
  return iv;
}

// RFC 7714 section 8.1 (two zeros, SSRC, ROC, SEQ) and 9.1 (two zeros, SSRC, two zeros, index): in both cases the
// packet index in six bytes behind the SSRC.
SrtpIv gcm_iv(const Salt& salt, std::uint32_t ssrc, std::uint64_t index) {
  SrtpIv iv{};
  std::memcpy(iv.data(), salt.data(), 12);
  for (int i = 0; i < 4; ++i) iv[2 + i] ^= static_cast<std::uint8_t>(ssrc >> (24 - 8 * i));
  for (int i = 0; i < 6; ++i) iv[6 + i] ^= static_cast<std::uint8_t>(index >> (40 - 8 * i));
  return iv;
}

SrtpIv make_iv(SrtpProfile profile, const Salt& salt, std::uint32_t ssrc, std::uint64_t index) {
  return profile == SrtpProfile::aead_aes_128_gcm ? gcm_iv(salt, ssrc, index) : cm_iv(salt, ssrc, index);
}

SrtpParts rtp_parts(SrtpProfile profile, const Salt& salt, std::uint32_t ssrc, std::uint64_t index) {
  SrtpParts parts{.iv = make_iv(profile, salt, ssrc, index)};
  if (profile == SrtpProfile::aes128_cm_sha1_80) {
    write_u32(parts.tail.data(), static_cast<std::uint32_t>(index >> 16));
    parts.tail_size = 4;
  }
  return parts;
}

SrtpParts rtcp_parts(SrtpProfile profile, const Salt& salt, std::uint32_t ssrc, std::uint32_t index) {
  SrtpParts parts{.iv = make_iv(profile, salt, ssrc, index), .header = kRtcpHeader, .tail_size = kIndexSize};
  write_u32(parts.tail.data(), index | kEncryptedBit);
  return parts;
}

// Distance of SRTCP's index and tag from the end of the ciphertext: GCM sends the tag first, CM the index.
std::size_t index_offset(SrtpProfile profile) {
  return profile == SrtpProfile::aead_aes_128_gcm ? srtp_tag_size(profile) : 0;
}
std::size_t tag_offset(SrtpProfile profile) { return profile == SrtpProfile::aead_aes_128_gcm ? 0 : kIndexSize; }

bool is_rtcp(Bytes packet) { return packet.size() >= kRtcpHeader && packet[0] >> 6 == 2; }

}  // namespace

std::size_t srtp_header_size(Bytes packet) {
  if (packet.size() < 12 || packet[0] >> 6 != 2) return 0;
  std::size_t size = 12 + 4u * (packet[0] & 0x0f);
  if (packet[0] & 0x10) {
    if (packet.size() < size + 4) return 0;
    size += 4 + 4u * read_u16(&packet[size + 2]);
  }
  return size <= packet.size() ? size : 0;
}

SrtpDirection::SrtpDirection(SrtpUse use, SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine) {
  const SrtpSession session = derive_session(master, use, profile);
  cipher = engine.cipher(profile, session.key);
  salt = session.salt;
}

SrtpSender::SrtpSender(SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine)
    : profile_(profile), rtp_(SrtpUse::rtp, profile, master, engine), rtcp_(SrtpUse::rtcp, profile, master, engine) {}

std::size_t SrtpSender::protect_rtp(Bytes header, Bytes payload, MutableBytes out) {
  const std::size_t clear = header.size() + payload.size();
  const std::size_t total = clear + srtp_tag_size(profile_);
  if (srtp_header_size(header) != header.size() || header.empty() || out.size() < total) return 0;

  const std::uint32_t ssrc = read_u32(&header[8]);
  const std::uint16_t sequence = read_u16(&header[2]);
  ReplayWindow* stream = streams_.find(ssrc);
  const std::uint64_t index = stream ? estimate_index(stream->highest(), sequence) : sequence;
  if (!stream) stream = streams_.add(ssrc);
  if (!stream || (profile_ == SrtpProfile::aead_aes_128_gcm && stream->seen(index))) return 0;

  SrtpParts parts = rtp_parts(profile_, rtp_.salt, ssrc, index);
  if (out.data() != header.data()) std::memcpy(out.data(), header.data(), header.size());
  parts.packet = out.data();
  parts.header = header.size();
  parts.payload = payload.data();
  parts.size = payload.size();
  rtp_.cipher->seal(parts, out.data() + clear);
  stream->mark(index);
  return total;
}

std::size_t SrtpSender::protect_rtcp(MutableBytes buffer, std::size_t size) {
  const std::size_t total = size + kIndexSize + srtp_tag_size(profile_);
  // RFC 3711 section 9.2: 2^31 SRTCP packets at most under one key.
  if (buffer.size() < total || !is_rtcp(buffer.first(size)) || rtcp_index_ == kEncryptedBit - 1) return 0;

  SrtpParts parts = rtcp_parts(profile_, rtcp_.salt, read_u32(&buffer[4]), ++rtcp_index_);
  parts.packet = buffer.data();
  parts.payload = buffer.data() + kRtcpHeader;
  parts.size = size - kRtcpHeader;
  std::uint8_t* const end = buffer.data() + size;
  rtcp_.cipher->seal(parts, end + tag_offset(profile_));
  std::memcpy(end + index_offset(profile_), parts.tail.data(), kIndexSize);
  return total;
}

SrtpReceiver::SrtpReceiver(SrtpProfile profile, const SrtpMasterKey& master, const SrtpEngine& engine)
    : profile_(profile), rtp_(SrtpUse::rtp, profile, master, engine), rtcp_(SrtpUse::rtcp, profile, master, engine) {}

SrtpReceiver::Unprotected SrtpReceiver::unprotect_rtp(MutableBytes datagram) {
  const std::size_t tag = srtp_tag_size(profile_);
  if (datagram.size() < 12 + tag) return {};
  const std::size_t end = datagram.size() - tag;
  const std::size_t header = srtp_header_size(datagram.first(end));
  if (header == 0) return {};

  const std::uint32_t ssrc = read_u32(&datagram[8]);
  const std::uint16_t sequence = read_u16(&datagram[2]);
  ReplayWindow* stream = rtp_streams_.find(ssrc);
  const std::uint64_t index = stream ? estimate_index(stream->highest(), sequence) : sequence;
  if (stream && stream->seen(index)) return {SrtpVerdict::replayed, {}};

  SrtpParts parts = rtp_parts(profile_, rtp_.salt, ssrc, index);
  parts.packet = datagram.data();
  parts.header = header;
  parts.size = end - header;
  if (!rtp_.cipher->open(parts, datagram.data() + end)) return {SrtpVerdict::unauthenticated, {}};
  if (!stream) stream = rtp_streams_.add(ssrc);
  if (!stream) return {};
  stream->mark(index);
  return {SrtpVerdict::ok, datagram.first(end)};
}

SrtpReceiver::Unprotected SrtpReceiver::unprotect_rtcp(MutableBytes datagram) {
  const std::size_t overhead = kIndexSize + srtp_tag_size(profile_);
  if (datagram.size() < kRtcpHeader + overhead || !is_rtcp(datagram)) return {};
  const std::size_t size = datagram.size() - overhead;
  std::uint8_t* const end = datagram.data() + size;
  const std::uint32_t word = read_u32(end + index_offset(profile_));
  // WebRTC always encrypts SRTCP (RFC 8827 section 6.5), so the unencrypted form is refused.
  if (!(word & kEncryptedBit)) return {};
  const std::uint32_t index = word & ~kEncryptedBit;
  const std::uint32_t ssrc = read_u32(&datagram[4]);
  ReplayWindow* stream = rtcp_streams_.find(ssrc);
  if (stream && stream->seen(index)) return {SrtpVerdict::replayed, {}};

  SrtpParts parts = rtcp_parts(profile_, rtcp_.salt, ssrc, index);
  parts.packet = datagram.data();
  parts.size = size - kRtcpHeader;
  if (!rtcp_.cipher->open(parts, end + tag_offset(profile_))) return {SrtpVerdict::unauthenticated, {}};
  if (!stream) stream = rtcp_streams_.add(ssrc);
  if (!stream) return {};
  stream->mark(index);
  return {SrtpVerdict::ok, datagram.first(size)};
}

}  // namespace costage::sfu
