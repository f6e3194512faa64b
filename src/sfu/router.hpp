// Which transport a datagram belongs to: by its source address, or for an address not seen before by the user name
// fragment in its ICE check.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/media.hpp"

namespace costage::sfu {

struct Peer;

struct Endpoint {
  Peer* peer = nullptr;
  media::Transport which{};
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

class Router {
 public:
  // Two transports of 4000 peers with a few addresses each.
  static constexpr std::size_t kMaxAddresses = 32 * 1024;

  // Datagrams with this local user name fragment are for `endpoint`; older ones of it stay valid for late checks.
  void add_ufrag(const std::string& ufrag, const Endpoint& endpoint) { by_ufrag_[ufrag] = endpoint; }
  void learn_address(const Address& address, const Endpoint& endpoint);
  void forget(const Peer* peer);

  [[nodiscard]] std::optional<Endpoint> find(const Address& from, Bytes datagram) const;
  [[nodiscard]] std::size_t addresses() const { return by_address_.size(); }
  template <class F>
  void each(F f) const {
    for (const auto& [address, endpoint] : by_address_) f(endpoint);
    for (const auto& [ufrag, endpoint] : by_ufrag_) f(endpoint);
  }

 private:
  std::unordered_map<Address, Endpoint> by_address_;
  std::unordered_map<std::string, Endpoint> by_ufrag_;
};

}  // namespace costage::sfu
