// Tokens that are no longer good although their signature is: those of a removed participant, or of a closed room, made
// until then. Kept for as long as such a token could still be used.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/time.hpp"
#include "domain/limits.hpp"

namespace costage::livekit_server {

class Revocations {
 public:
  static constexpr std::chrono::seconds kKeep = domain::limits::kRevocationsKept;
  static constexpr std::size_t kMax = domain::limits::kRevocations;  // the oldest go first

  // Every token minted at or before `until`. No identity: everybody's for this room.
  void revoke(const std::string& room, const std::string& identity, WallTime until);
  [[nodiscard]] bool is_revoked(const std::string& room, const std::string& identity, WallTime minted) const;
  // Forgets what is older than kKeep.
  void expire(WallTime now);

 private:
  using Key = std::pair<std::string, std::string>;
  void drop_oldest();

  std::map<Key, WallTime> until_;
  std::multimap<WallTime, Key> by_time_;
};

}  // namespace costage::livekit_server
