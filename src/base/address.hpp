// An IP address and port of UDP or TCP as plain bytes: the cores compare and carry it, only adapters turn it into a
// sockaddr.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

namespace costage {

enum class IpProtocol : std::uint16_t { udp, tcp };  // as wide as the port: an Address has no padding

struct Address {
  std::array<std::uint8_t, 16> ip{};  // IPv4 is kept as ::ffff:a.b.c.d
  std::uint16_t port = 0;
  IpProtocol protocol = IpProtocol::udp;  // the same port of the other protocol is somebody else

  friend constexpr auto operator<=>(const Address&, const Address&) = default;

  [[nodiscard]] constexpr bool is_v4() const {
    for (std::size_t i = 0; i < 10; ++i)
      if (ip[i] != 0) return false;
    return ip[10] == 0xff && ip[11] == 0xff;
  }
  static constexpr Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, std::uint16_t port) {
    Address out;
    out.ip[10] = out.ip[11] = 0xff;
    out.ip[12] = a, out.ip[13] = b, out.ip[14] = c, out.ip[15] = d;
    out.port = port;
    return out;
  }
  [[nodiscard]] constexpr Address over(IpProtocol other) const {
    Address out = *this;
    out.protocol = other;
    return out;
  }
};
static_assert(sizeof(Address) == 20);

}  // namespace costage

template <>
struct std::hash<costage::Address> {
  std::size_t operator()(const costage::Address& a) const noexcept {
    std::uint64_t words[2];
    std::memcpy(words, a.ip.data(), sizeof words);
    const std::uint32_t rest = static_cast<std::uint32_t>(a.protocol) << 16 | a.port;
    std::uint64_t h = words[0] * 0x9e3779b97f4a7c15ULL ^ (words[1] + rest) * 0xbf58476d1ce4e5b9ULL;
    return static_cast<std::size_t>(h ^ (h >> 29));
  }
};
