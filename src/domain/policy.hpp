// What a room's owner may choose. The numbers are checked once, when they are set.
#pragma once

#include <chrono>
#include <optional>

#include "domain/errors.hpp"

namespace costage::domain {

struct Policies {
  bool invite_watchers_only = true;  // while live, only who watches now can be invited (S-027, D7)
  int max_co_hosts = 5;              // beside the host (D17)
  std::chrono::seconds invitation_ttl{60};
  std::chrono::seconds reconnect_grace{60};

  bool operator==(const Policies&) const = default;
};

struct PolicyChanges {
  std::optional<bool> invite_watchers_only;
  std::optional<int> max_co_hosts;
  std::optional<std::chrono::seconds> invitation_ttl;
  std::optional<std::chrono::seconds> reconnect_grace;
};

Answer<Policies> change(Policies policies, const PolicyChanges& changes);
// How long after the n-th decline the same pair waits (n >= 1).
std::chrono::seconds cool_down(int declines);

}  // namespace costage::domain
