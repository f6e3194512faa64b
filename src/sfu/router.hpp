// Which transport a datagram belongs to: an ICE check by the user name fragment in it, the answer to a check of ours by
// its transaction id, all else by its source address.
//
// An address is routed to the transport that has proven it last, by an answer to a check of ours. A check from it is
// but a claim, which anybody can make for anybody's address: it routes only what comes before any proof, as the first
// flight of DTLS may.
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
#include "sfu/wire/stun.hpp"

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
  // its address again and again takes the room of another. Two transports of kMaxLoopPeers: 128,000 at most, and as
  // many that are only claimed.
  static constexpr std::size_t kMaxAddresses = 16;
  // The newest, and the one before it for late checks.
  static constexpr std::size_t kMaxUfrags = 2;

  // Answers to checks of `endpoint` begin with this.
  void set_check_tag(const stun::CheckTag& tag, const Endpoint& endpoint);
  // Datagrams with this local user name fragment are for `endpoint`.
  void add_ufrag(const std::string& ufrag, const Endpoint& endpoint);
  void claim_address(const Address& address, const Endpoint& endpoint);
  void prove_address(const Address& address, const Endpoint& endpoint);
  void forget(const Peer* peer);
  // Whose it was, if anybody's.
  std::optional<Endpoint> forget(const Address& address);

  [[nodiscard]] std::optional<Endpoint> find(const Address& from, Bytes datagram) const;
  [[nodiscard]] std::size_t addresses() const { return proven_.by_address.size() + claimed_.by_address.size(); }
  [[nodiscard]] std::size_t ufrags() const { return by_ufrag_.size(); }
  template <class F>
  void each(F f) const {
    for (const auto* table : {&proven_, &claimed_})
      for (const auto& [address, endpoint] : table->by_address) f(endpoint);
    for (const auto& [tag, endpoint] : by_tag_) f(endpoint);
    for (const auto& [ufrag, endpoint] : by_ufrag_) f(endpoint);
  }

 private:
  using Key = std::pair<const Peer*, media::Transport>;
  struct Addresses {
    std::unordered_map<Address, Endpoint> by_address;
    std::map<Key, std::vector<Address>> of;  // the newest last

    void learn(const Address& address, const Endpoint& endpoint);
    void forget(const Address& address);
    void forget(const Key& key);
  };
  struct Names {
    std::vector<std::string> ufrags;  // the newest last
    stun::CheckTag tag{};
  };
  static Key key(const Endpoint& endpoint) { return {endpoint.peer, endpoint.which}; }

  Addresses proven_;
  Addresses claimed_;
  std::map<stun::CheckTag, Endpoint> by_tag_;
  std::unordered_map<std::string, Endpoint> by_ufrag_;
  std::map<Key, Names> names_;
};

}  // namespace costage::sfu
