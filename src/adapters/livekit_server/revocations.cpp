#include "adapters/livekit_server/revocations.hpp"

#include "app/ports/media_server.hpp"

namespace costage::livekit_server {

void Revocations::revoke(const std::string& room, const std::string& identity, WallTime until) {
  const Key key{room, identity};
  const auto [it, added] = until_.try_emplace(key, until);
  if (!added && it->second >= until) return;
  it->second = until;
  by_time_.emplace(until, key);
  while (by_time_.size() > kMax) drop_oldest();
}

bool Revocations::is_revoked(const std::string& room, const std::string& identity, WallTime minted) const {
  const auto covers = [&](const std::string& who) {
    const auto it = until_.find({room, who});
    return it != until_.end() && minted <= it->second;
  };
  // Somebody's connections as a viewer are revoked together.
  const std::string viewers{app::viewers_prefix(identity)};
  return covers(identity) || covers("") || (!viewers.empty() && covers(viewers));
}

void Revocations::expire(WallTime now) {
  while (!by_time_.empty() && by_time_.begin()->first + kKeep < now) drop_oldest();
}

void Revocations::drop_oldest() {
  const auto oldest = by_time_.begin();
  const auto it = until_.find(oldest->second);
  if (it != until_.end() && it->second == oldest->first) until_.erase(it);
  by_time_.erase(oldest);
}

}  // namespace costage::livekit_server
