// What a room's owner may choose. The numbers are checked once, when they are set.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "domain/errors.hpp"
#include "domain/request/requests.hpp"

namespace costage::domain {

// What somebody who was invited must have working before they can join: one device, or camera and microphone (S-033).
enum class CoHostDevices { any, both };
std::string_view name(CoHostDevices devices);
std::optional<CoHostDevices> co_host_devices_from(std::string_view name);

struct Policies {
  bool invite_watchers_only = true;  // while live, only who watches now can be invited (S-027, D7)
  int max_co_hosts = 5;              // beside the host (D17)
  std::chrono::seconds invitation_ttl{60};
  std::chrono::seconds reconnect_grace{60};
  CoHostDevices co_host_devices = CoHostDevices::any;
  bool guests_may_watch = false;  // whoever has the link watches, without an account
  bool requests_open = true;      // whoever watches may ask to come on stage (S-031)
  std::chrono::seconds request_ttl{600};
  RequestOrder request_order = RequestOrder::asked;

  bool operator==(const Policies&) const = default;
};

// Why these cannot be, or nothing.
std::optional<Refusal> bad_policies(const Policies& policies);

}  // namespace costage::domain
