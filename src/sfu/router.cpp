#include "sfu/router.hpp"

#include <algorithm>

#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

// Checks name both sides, ours first: "ours:theirs" (RFC 8445 section 7.2.2).
std::string ufrag_of(const stun::Message& check) {
  return std::string(check.username.substr(0, check.username.find(':')));
}

stun::CheckTag tag_of(const stun::Message& answer) {
  stun::CheckTag tag;
  std::copy_n(answer.transaction.begin(), tag.size(), tag.begin());
  return tag;
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
  // An address may pass from one transport to another (a NAT's port is used again): STUN always says whose it is.
  if (packet_kind(datagram) == PacketKind::stun) {
    const auto message = stun::parse(datagram);
    if (!message) return std::nullopt;
    return message->is(stun::Class::request) ? look_up(by_ufrag_, ufrag_of(*message))
                                             : look_up(by_tag_, tag_of(*message));
  }
  const auto proven = look_up(proven_.by_address, from);
  return proven ? proven : look_up(claimed_.by_address, from);
}

void Router::set_check_tag(const stun::CheckTag& tag, const Endpoint& endpoint) {
  by_tag_[tag] = endpoint;
  names_[key(endpoint)].tag = tag;
}

void Router::add_ufrag(const std::string& ufrag, const Endpoint& endpoint) {
  by_ufrag_[ufrag] = endpoint;
  if (const auto old = make_newest(names_[key(endpoint)].ufrags, ufrag, kMaxUfrags)) by_ufrag_.erase(*old);
}

void Router::claim_address(const Address& address, const Endpoint& endpoint) {
  if (look_up(proven_.by_address, address) != endpoint) claimed_.learn(address, endpoint);
}

void Router::prove_address(const Address& address, const Endpoint& endpoint) {
  proven_.learn(address, endpoint);
  if (look_up(claimed_.by_address, address) == endpoint) claimed_.forget(address);
}

void Router::Addresses::learn(const Address& address, const Endpoint& endpoint) {
  const auto [entry, is_new] = by_address.try_emplace(address, endpoint);
  if (!is_new && entry->second != endpoint) {
    std::erase(of[key(entry->second)], address);
    entry->second = endpoint;
  }
  if (const auto old = make_newest(of[key(endpoint)], address, kMaxAddresses)) by_address.erase(*old);
}

void Router::Addresses::forget(const Address& address) {
  const auto entry = by_address.find(address);
  std::erase(of[key(entry->second)], address);
  by_address.erase(entry);
}

void Router::Addresses::forget(const Key& key) {
  const auto addresses = of.extract(key);
  if (addresses.empty()) return;
  for (const Address& address : addresses.mapped()) by_address.erase(address);
}

void Router::forget(const Peer* peer) {
  for (const auto which : {media::Transport::publisher, media::Transport::subscriber}) {
    proven_.forget({peer, which});
    claimed_.forget({peer, which});
    const auto names = names_.extract({peer, which});
    if (names.empty()) continue;
    by_tag_.erase(names.mapped().tag);
    for (const std::string& ufrag : names.mapped().ufrags) by_ufrag_.erase(ufrag);
  }
}

std::optional<Endpoint> Router::forget(const Address& address) {
  std::optional<Endpoint> whose;
  for (Addresses* table : {&claimed_, &proven_})
    if (const auto endpoint = look_up(table->by_address, address)) {
      whose = endpoint;
      table->forget(address);
    }
  return whose;
}

}  // namespace costage::sfu
