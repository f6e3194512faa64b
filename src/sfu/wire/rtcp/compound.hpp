// Compound RTCP (RFC 3550 section 6.1), also of reduced size (RFC 5506): a chain of packets with a common header.
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---+-+---------+---------------+-------------------------------+
// |V=2|P|  count  |  packet type  |  length in words, minus one   |
// +---+-+---------+---------------+-------------------------------+
// |  body ...                        padding, its length last if P|
//
// Every message file has `parse` (empty: not that message, or malformed) and `write` (see ByteWriter::ok()).
// Parsed messages are views; nothing here allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace costage::sfu::rtcp {

enum class Type : std::uint8_t {
  sender_report = 200,
  receiver_report = 201,
  sdes = 202,
  transport_feedback = 205,  // RFC 4585 RTPFB
  payload_feedback = 206,    // RFC 4585 PSFB
};

// Feedback message types: the `count` of transport_feedback and payload_feedback.
inline constexpr std::uint8_t kNack = 1;
inline constexpr std::uint8_t kTransportCc = 15;
inline constexpr std::uint8_t kPli = 1;
inline constexpr std::uint8_t kFir = 4;
inline constexpr std::uint8_t kApplicationLayer = 15;  // REMB

struct Packet {
  Type type{};
  std::uint8_t count = 0;  // 5 bits: number of items or feedback message type
  Bytes body;              // behind the common header, without padding

  [[nodiscard]] bool is(Type wanted) const { return type == wanted; }
  [[nodiscard]] bool is(Type wanted, std::uint8_t format) const { return type == wanted && count == format; }
};

class Compound {
 public:
  // Empty unless the chain of headers covers the datagram exactly and only the last packet is padded.
  static std::optional<Compound> parse(Bytes datagram);

  // The next packet; empty at the end.
  [[nodiscard]] std::optional<Packet> next();

 private:
  explicit Compound(Bytes datagram) : rest_(datagram) {}
  Bytes rest_;
};

// Writes a common header and, at the end of its life, the length of what was written behind it.
class PacketWriter {
 public:
  PacketWriter(ByteWriter& out, Type type, std::uint8_t count);
  ~PacketWriter();
  PacketWriter(const PacketWriter&) = delete;
  PacketWriter& operator=(const PacketWriter&) = delete;

 private:
  ByteWriter& out_;
  std::size_t begin_;
};

// A list of SSRCs inside a message.
class SsrcList {
 public:
  SsrcList() = default;
  explicit SsrcList(Bytes bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t size() const { return bytes_.size() / 4; }
  [[nodiscard]] std::uint32_t operator[](std::size_t i) const { return ByteReader(bytes_.subspan(4 * i, 4)).u32(); }

 private:
  Bytes bytes_;
};

}  // namespace costage::sfu::rtcp
