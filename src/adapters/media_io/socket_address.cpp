#include "adapters/media_io/socket_address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace costage::media_io {
namespace {

bool is_wildcard(const Address& a) {
  const auto begin = a.ip.begin() + (a.is_v4() ? 12 : 0);
  return std::all_of(begin, a.ip.end(), [](std::uint8_t b) { return b == 0; });
}

}  // namespace

Address from_v4(const sockaddr_in& in) {
  Address out;
  out.ip[10] = out.ip[11] = 0xff;
  std::memcpy(out.ip.data() + 12, &in.sin_addr, 4);
  out.port = ntohs(in.sin_port);
  return out;
}

Address from_v6(const sockaddr_in6& in) {
  Address out;
  std::memcpy(out.ip.data(), &in.sin6_addr, 16);
  out.port = ntohs(in.sin6_port);
  return out;
}

sockaddr_in to_v4(const Address& a) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(a.port);
  std::memcpy(&out.sin_addr, a.ip.data() + 12, 4);
  return out;
}

sockaddr_in6 to_v6(const Address& a) {
  sockaddr_in6 out{};
  out.sin6_family = AF_INET6;
  out.sin6_port = htons(a.port);
  std::memcpy(&out.sin6_addr, a.ip.data(), 16);
  return out;
}

bool bind_to(int fd, const Address& address, bool v6) {
  if (!v6) {
    const sockaddr_in in = to_v4(address);
    return ::bind(fd, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0;
  }
  const int off = 0;
  setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  const sockaddr_in6 in = to_v6(address);
  return ::bind(fd, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0;
}

Address bound_address(int fd, bool v6) {
  sockaddr_in6 storage{};
  socklen_t size = sizeof storage;
  getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size);
  if (v6) return from_v6(storage);
  sockaddr_in in{};
  std::memcpy(&in, &storage, sizeof in);
  return from_v4(in);
}

Result<Address, std::string> parse_ip(const std::string& text, std::uint16_t port) {
  sockaddr_in v4{};
  v4.sin_port = htons(port);
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) return from_v4(v4);
  sockaddr_in6 v6{};
  v6.sin6_port = htons(port);
  if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) return from_v6(v6);
  return fail(fmt::format("\"{}\" is not an IP address", text));
}

std::vector<Address> candidate_addresses(const Address& bound) {
  if (!is_wildcard(bound)) return {bound};
  std::vector<Address> out;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return {bound};
  for (const ifaddrs* i = list; i != nullptr; i = i->ifa_next) {
    if (i->ifa_addr == nullptr || (i->ifa_flags & IFF_UP) == 0 || (i->ifa_flags & IFF_LOOPBACK) != 0) continue;
    Address a;
    if (i->ifa_addr->sa_family == AF_INET)
      a = from_v4(*reinterpret_cast<const sockaddr_in*>(i->ifa_addr));
    else if (i->ifa_addr->sa_family == AF_INET6 && !bound.is_v4())
      a = from_v6(*reinterpret_cast<const sockaddr_in6*>(i->ifa_addr));
    else
      continue;
    const bool link_local = !a.is_v4() && a.ip[0] == 0xfe && (a.ip[1] & 0xc0) == 0x80;
    if (link_local) continue;
    a.port = bound.port;
    out.push_back(a);
  }
  freeifaddrs(list);
  std::partition(out.begin(), out.end(), [](const Address& a) { return a.is_v4(); });
  if (out.empty()) out.push_back(Address::v4(127, 0, 0, 1, bound.port));
  return out;
}

}  // namespace costage::media_io
