#include "sfu/router.hpp"

#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

// Checks name both sides, ours first: "ours:theirs" (RFC 8445 section 7.2.2).
std::string local_ufrag(Bytes datagram) {
  const auto message = stun::parse(datagram);
  if (!message || !message->is(stun::Class::request)) return {};
  return std::string(message->username.substr(0, message->username.find(':')));
}

template <class Map, class Key>
std::optional<Endpoint> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<Endpoint> Router::find(const Address& from, Bytes datagram) const {
  // An address may pass from one transport to another (a NAT's port is used again): a check always says whose it is.
  if (packet_kind(datagram) == PacketKind::stun) return look_up(by_ufrag_, local_ufrag(datagram));
  return look_up(by_address_, from);
}

void Router::learn_address(const Address& address, const Endpoint& endpoint) {
  const auto found = by_address_.find(address);
  if (found != by_address_.end()) {
    found->second = endpoint;
  } else if (by_address_.size() < kMaxAddresses) {
    by_address_.emplace(address, endpoint);
  }
}

void Router::forget(const Peer* peer) {
  std::erase_if(by_address_, [&](const auto& entry) { return entry.second.peer == peer; });
  std::erase_if(by_ufrag_, [&](const auto& entry) { return entry.second.peer == peer; });
}

}  // namespace costage::sfu
