// Which transport a datagram belongs to: an ICE check by the user name fragment in it, all else by its source address.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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
  // A transport knows 8 at a time (IceControlled); the others are older. The oldest gives way, so no peer that changes
  // its address again and again takes the room of another. Two transports of kMaxLoopPeers: 128,000 at most.
  static constexpr std::size_t kMaxAddresses = 16;
  // The newest, and the one before it for late checks.
  static constexpr std::size_t kMaxUfrags = 2;

  // Datagrams with this local user name fragment are for `endpoint`.
  void add_ufrag(const std::string& ufrag, const Endpoint& endpoint);
  void learn_address(const Address& address, const Endpoint& endpoint);
  void forget(const Peer* peer);
  // Whose it was, if anybody's.
  std::optional<Endpoint> forget(const Address& address);

  [[nodiscard]] std::optional<Endpoint> find(const Address& from, Bytes datagram) const;
  [[nodiscard]] std::size_t addresses() const { return by_address_.size(); }
  [[nodiscard]] std::size_t ufrags() const { return by_ufrag_.size(); }
  template <class F>
  void each(F f) const {
    for (const auto& [address, endpoint] : by_address_) f(endpoint);
    for (const auto& [ufrag, endpoint] : by_ufrag_) f(endpoint);
  }

 private:
  struct Routes {  // the newest last
    std::vector<Address> addresses;
    std::vector<std::string> ufrags;
  };
  [[nodiscard]] Routes& routes_of(const Endpoint& endpoint) { return routes_[{endpoint.peer, endpoint.which}]; }

  std::unordered_map<Address, Endpoint> by_address_;
  std::unordered_map<std::string, Endpoint> by_ufrag_;
  std::map<std::pair<const Peer*, media::Transport>, Routes> routes_;
};

}  // namespace costage::sfu
