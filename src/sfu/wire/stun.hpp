// STUN messages (RFC 8489) with the attributes that ICE uses (RFC 8445 section 7.1).
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---+-----------------------------+-----------------------------+
// |0 0|     message type (14)       |  length without this header |
// +---+-----------------------------+-----------------------------+
// |                  magic cookie = 0x2112A442                    |
// +---------------------------------------------------------------+
// |                    transaction id (96 bits)                   |
// +-------------------------------+-------------------------------+
// |  attribute type (16)          |  length of the value (16)     |  repeated; each value is followed by
// +-------------------------------+-------------------------------+  padding to a multiple of four bytes
// |  value ...                                                    |
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace costage::sfu::stun {

enum class Class : std::uint8_t { request = 0, indication = 1, success = 2, error = 3 };
using TransactionId = std::array<std::uint8_t, 12>;
using CheckTag = std::array<std::uint8_t, 6>;  // the first half of our ids, the same for all checks of one agent

inline constexpr std::uint16_t kBinding = 1;
// Whoever writes into this many bytes has room for every message of this file with user names of up to 513 bytes.
inline constexpr std::size_t kMaxMessage = 1280;

// A parsed message. Views point into the datagram, which must live as long.
struct Message {
  Class message_class{};
  std::uint16_t method = 0;
  TransactionId transaction{};
  std::string_view username;
  std::optional<Address> mapped;  // XOR-MAPPED-ADDRESS
  std::optional<std::uint32_t> priority;
  std::optional<std::uint64_t> ice_controlling;  // tie-breaker
  std::optional<std::uint64_t> ice_controlled;   // tie-breaker
  std::optional<std::uint16_t> error_code;
  bool use_candidate = false;
  bool has_fingerprint = false;
  // A comprehension-required attribute (below 0x8000) that this file does not know; 0: none.
  std::uint16_t unknown_required = 0;
  Bytes authenticated;  // what MESSAGE-INTEGRITY covers; empty without that attribute
  Bytes integrity;      // its 20 bytes

  [[nodiscard]] bool is(Class wanted) const { return method == kBinding && message_class == wanted; }
};

// Empty: not STUN, malformed, or with a wrong FINGERPRINT. Attributes behind MESSAGE-INTEGRITY other than FINGERPRINT
// are ignored (RFC 8489 section 14.5).
[[nodiscard]] std::optional<Message> parse(Bytes datagram);

// False also when the message has no MESSAGE-INTEGRITY. The key is the ICE password of whoever receives a request
// (short-term credential, RFC 8489 section 9.1).
[[nodiscard]] bool verify_integrity(const Message& message, std::string_view password);

// The writers give the size written into `out`, 0 if it did not fit. All add MESSAGE-INTEGRITY (unless `password` is
// empty) and FINGERPRINT.
struct Request {
  TransactionId transaction{};
  std::string_view username;  // "remote-ufrag:local-ufrag"
  std::uint32_t priority = 0;
  std::uint64_t tie_breaker = 0;
  bool controlling = true;
  bool use_candidate = false;
};
[[nodiscard]] std::size_t write_request(MutableBytes out, const Request& request, std::string_view password);
[[nodiscard]] std::size_t write_success(MutableBytes out, const TransactionId& transaction, const Address& mapped,
                                        std::string_view password);
[[nodiscard]] std::size_t write_error(MutableBytes out, const TransactionId& transaction, std::uint16_t code,
                                      std::string_view reason, std::string_view password);

}  // namespace costage::sfu::stun
