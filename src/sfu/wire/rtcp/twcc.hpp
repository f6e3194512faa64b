// Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------------------------------------------------------+
// |                     SSRC of media source                      |
// +-------------------------------+-------------------------------+
// |     base sequence number      |      packet status count      |
// +-------------------------------+---------------+---------------+
// |     reference time (24), signed, 64 ms        | fb pkt. count |
// +-------------------------------+---------------+---------------+
// |  packet chunks (16 bits each) | ... receive deltas ...        |
//
// chunk, run length:     |0| S S | run length (13)          |  S: 0 lost, 1 small delta, 2 large delta
// chunk, status vector:  |1|0| 14 one-bit symbols           |  0 lost, 1 small delta
//                        |1|1|  7 two-bit symbols           |  as S
// delta in 250 us to the packet before (first: to the reference time): small 8 bits, large 16 bits signed
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/time.hpp"
#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct TransportFeedback {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  std::uint16_t base_sequence = 0;
  std::uint16_t status_count = 0;
  std::int32_t reference_time = 0;  // multiples of 64 ms
  std::uint8_t feedback_count = 0;
  Bytes chunks;
  Bytes deltas;

  // Empty unless the chunks cover status_count and the deltas are all there.
  static std::optional<TransportFeedback> parse(const Packet& packet);

  // Calls f(std::uint16_t sequence, std::optional<Duration> arrival) for each packet in order. Arrivals are on the
  // sender's clock, which is told in 24 bits of 64 ms: only differences mean something.
  template <class F>
  void for_each(F f) const;

  struct Source {
    std::uint32_t sender_ssrc = 0;
    std::uint32_t media_ssrc = 0;
    std::uint16_t base_sequence = 0;
    std::uint8_t feedback_count = 0;
  };
  // A message is never larger; give `out` that much room.
  static constexpr std::size_t kMaxSize = 1200;
  // More than kMaxSize holds deltas of.
  static constexpr std::size_t kMaxPackets = 1024;
  // `arrivals` belong to consecutive packets from the base, kNever where none arrived; at most the first kMaxPackets
  // are looked at. Gives how many of them the message covers, always up to one that arrived: fewer than all when a gap
  // in time does not fit a delta or the size is reached, so report the rest in a message of its own. 0: nothing was
  // written, because none arrived.
  static std::size_t write(ByteWriter& out, const Source& source, std::span<const Instant> arrivals);
};

inline constexpr std::int64_t kTwccTickUs = 250;
inline constexpr std::int64_t kTwccReferenceUs = 64'000;

namespace twcc {

enum Symbol : std::uint8_t { lost = 0, small_delta = 1, large_delta = 2, reserved = 3 };

// Symbols of one chunk, one at a time.
struct Chunk {
  std::uint16_t bits = 0;
  [[nodiscard]] std::size_t size() const { return bits & 0x8000 ? (bits & 0x4000 ? 7 : 14) : bits & 0x1fff; }
  [[nodiscard]] Symbol at(std::size_t i) const {
    if (!(bits & 0x8000)) return static_cast<Symbol>(bits >> 13 & 3);
    if (bits & 0x4000) return static_cast<Symbol>(bits >> (12 - 2 * i) & 3);
    return static_cast<Symbol>(bits >> (13 - i) & 1);
  }
};

}  // namespace twcc

template <class F>
void TransportFeedback::for_each(F f) const {
  ByteReader chunk_reader(chunks);
  ByteReader delta_reader(deltas);
  std::int64_t at = reference_time * kTwccReferenceUs;
  for (std::size_t done = 0; done < status_count;) {
    const twcc::Chunk chunk{chunk_reader.u16()};
    if (!chunk_reader.ok()) return;
    for (std::size_t i = 0; i < chunk.size() && done < status_count; ++i, ++done) {
      const auto sequence = static_cast<std::uint16_t>(base_sequence + done);
      const twcc::Symbol symbol = chunk.at(i);
      if (symbol == twcc::lost) {
        f(sequence, std::optional<Duration>{});
        continue;
      }
      const std::int64_t ticks =
          symbol == twcc::small_delta ? delta_reader.u8() : static_cast<std::int16_t>(delta_reader.u16());
      at += ticks * kTwccTickUs;
      f(sequence, std::optional<Duration>{Duration{at}});
    }
  }
}

}  // namespace costage::sfu::rtcp
