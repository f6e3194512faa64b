// Between our addresses and the kernel's.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"

namespace costage::media_io {

// All give and take addresses of UDP.
[[nodiscard]] Address from_v4(const sockaddr_in& in);
[[nodiscard]] Address from_v6(const sockaddr_in6& in);
[[nodiscard]] sockaddr_in to_v4(const Address& a);
[[nodiscard]] sockaddr_in6 to_v6(const Address& a);

// A socket of IPv6 takes IPv4 as well.
[[nodiscard]] bool bind_to(int fd, const Address& address, bool v6);
[[nodiscard]] Address bound_address(int fd, bool v6);

[[nodiscard]] Result<Address, std::string> parse_ip(const std::string& text, std::uint16_t port);
// The addresses to offer as candidates for a socket bound to `bound`: itself, or for a wildcard every address of the
// machine that others can reach.
[[nodiscard]] std::vector<Address> candidate_addresses(const Address& bound);

}  // namespace costage::media_io
