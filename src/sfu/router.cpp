#include "sfu/router.hpp"

#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

// Checks name both sides, ours first: "ours:theirs" (RFC 8445 section 7.2.2). Empty: no check.
std::optional<std::string> ufrag_of_check(Bytes datagram) {
  if (packet_kind(datagram) != PacketKind::stun) return std::nullopt;
  const auto message = stun::parse(datagram);
  if (!message || !message->is(stun::Class::request)) return std::nullopt;
  return std::string(message->username.substr(0, message->username.find(':')));
}

template <class Map, class Key>
std::optional<Endpoint> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

// Puts the item last. Gives the first if it is one too many.
template <class T>
std::optional<T> make_newest(std::vector<T>& items, const T& item, std::size_t limit) {
  if (!items.empty() && items.back() == item) return std::nullopt;
  std::erase(items, item);
  items.push_back(item);
  if (items.size() <= limit) return std::nullopt;
  const T oldest = items.front();
  items.erase(items.begin());
  return oldest;
}

}  // namespace

std::optional<Endpoint> Router::find(const Address& from, Bytes datagram) const {
  // An address may pass from one transport to another (a NAT's port is used again): a check always says whose it is.
  // Answers to our checks name nobody; they come from an address that a check has made known.
  if (const auto ufrag = ufrag_of_check(datagram)) return look_up(by_ufrag_, *ufrag);
  return look_up(by_address_, from);
}

void Router::add_ufrag(const std::string& ufrag, const Endpoint& endpoint) {
  by_ufrag_[ufrag] = endpoint;
  if (const auto old = make_newest(routes_of(endpoint).ufrags, ufrag, kMaxUfrags)) by_ufrag_.erase(*old);
}

void Router::learn_address(const Address& address, const Endpoint& endpoint) {
  const auto [entry, is_new] = by_address_.try_emplace(address, endpoint);
  if (!is_new && entry->second != endpoint) {
    std::erase(routes_of(entry->second).addresses, address);
    entry->second = endpoint;
  }
  if (const auto old = make_newest(routes_of(endpoint).addresses, address, kMaxAddresses)) by_address_.erase(*old);
}

void Router::forget(const Peer* peer) {
  for (const auto which : {media::Transport::publisher, media::Transport::subscriber}) {
    const auto routes = routes_.find({peer, which});
    if (routes == routes_.end()) continue;
    for (const Address& address : routes->second.addresses) by_address_.erase(address);
    for (const std::string& ufrag : routes->second.ufrags) by_ufrag_.erase(ufrag);
    routes_.erase(routes);
  }
}

std::optional<Endpoint> Router::forget(const Address& address) {
  const auto endpoint = look_up(by_address_, address);
  if (!endpoint) return std::nullopt;
  std::erase(routes_of(*endpoint).addresses, address);
  by_address_.erase(address);
  return endpoint;
}

}  // namespace costage::sfu
