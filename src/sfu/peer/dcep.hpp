// Data Channel Establishment Protocol (RFC 8832).
//
//   DATA_CHANNEL_OPEN   0x03 | channel type 8 | priority 16 | reliability parameter 32
//                       label length 16 | protocol length 16 | label | protocol
//   DATA_CHANNEL_ACK    0x02
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace costage::sfu {

// SCTP payload protocol identifiers (RFC 8831 section 8).
enum class Ppid : std::uint32_t { dcep = 50, text = 51, binary = 53, empty_text = 56, empty_binary = 57 };

// How messages of a channel are delivered.
struct Delivery {
  bool ordered = true;
  std::optional<std::uint32_t> max_retransmits;
  std::optional<std::uint32_t> max_lifetime_ms;  // never both

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

struct DcepOpen {
  static constexpr std::size_t kMaxLabel = 255;  // ours; the field holds 65,535

  Delivery delivery;
  std::string label;
  std::string protocol;

  friend bool operator==(const DcepOpen&, const DcepOpen&) = default;
};

std::optional<DcepOpen> parse_dcep_open(Bytes message);
bool is_dcep_ack(Bytes message);
Buffer write(const DcepOpen& open);
Buffer write_dcep_ack();

}  // namespace costage::sfu
