// Extended reports (RFC 3611): receiver reference time (RRTR, section 4.4), with which a receiver that sends no media
// asks for its round-trip time, and the answer (DLRR, section 4.5). Other blocks are skipped.
//
// +---------------------------------------------------------------+
// |                        SSRC of sender                         |
// +---------------+---------------+-------------------------------+
// | block type    | type-specific | length of the block in words  |  RRTR 4: NTP timestamp (64)
// +---------------+---------------+-------------------------------+  DLRR 5: items of SSRC, last RRTR,
// |  contents ...                                                 |          delay since it in 1/65536 s
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sfu/wire/rtcp/compound.hpp"

namespace costage::sfu::rtcp {

struct ExtendedReport {
  struct Dlrr {
    std::uint32_t ssrc = 0;       // of the receiver that asked
    std::uint32_t last_rrtr = 0;  // middle 32 bits of its NTP timestamp
    std::uint32_t delay = 0;      // since it arrived, in 1/65536 s
    friend bool operator==(const Dlrr&, const Dlrr&) = default;
  };
  std::uint32_t sender_ssrc = 0;
  std::optional<std::uint64_t> reference_time;  // RRTR: NTP timestamp
  Bytes dlrr_items;

  [[nodiscard]] std::size_t dlrr_count() const { return dlrr_items.size() / 12; }
  [[nodiscard]] Dlrr dlrr(std::size_t i) const {
    ByteReader in(dlrr_items.subspan(12 * i, 12));
    const std::uint32_t ssrc = in.u32();
    const std::uint32_t last = in.u32();
    return {ssrc, last, in.u32()};
  }

  static std::optional<ExtendedReport> parse(const Packet& packet);
  // Writes the blocks that there is something for.
  static void write(ByteWriter& out, std::uint32_t sender_ssrc, std::optional<std::uint64_t> reference_time,
                    std::span<const Dlrr> items);
};

}  // namespace costage::sfu::rtcp
