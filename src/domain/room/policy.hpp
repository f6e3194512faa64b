// What a room's owner may choose. The numbers are checked once, when they are set.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/errors.hpp"
#include "domain/request/requests.hpp"

namespace costage::domain {

// What somebody who was invited must have working before they can join: one device, or camera and microphone (S-033).
enum class CoHostDevices { any, both };
std::string_view name(CoHostDevices devices);
std::optional<CoHostDevices> co_host_devices_from(std::string_view name);

// What happens when somebody who is on stage opens the show in a second window: it takes their place, or is refused.
enum class SecondWindow { replaces, refused };
std::string_view name(SecondWindow rule);
std::optional<SecondWindow> second_window_from(std::string_view name);

struct Policies {
  bool invite_watchers_only = true;     // while live, only who watches now can be invited (S-027, D7)
  bool invitees_must_be_ready = false;  // their page must say that camera and microphone are ready (S-033)
  bool invite_requesters_only = false;  // only who waits in the queue of requests can be invited
  std::string min_client_version{};     // older clients cannot be invited (S-032); empty: any
  int max_co_hosts = 5;                 // beside the host (D17)
  std::chrono::seconds invitation_ttl{60};
  std::chrono::seconds reconnect_grace{60};
  CoHostDevices co_host_devices = CoHostDevices::any;
  bool guests_may_watch = false;  // whoever has the link watches, without an account
  bool requests_open = true;      // whoever watches may ask to come on stage (S-031)
  std::chrono::seconds request_ttl{600};
  RequestOrder request_order = RequestOrder::asked;
  SecondWindow second_window = SecondWindow::replaces;
  std::chrono::seconds quiet_limit{0};  // nobody sends anything for that long: the show ends by itself; 0: it does not
  std::chrono::seconds show_limit{0};   // the longest a show lasts; 0: as long as it likes

  bool operator==(const Policies&) const = default;
};

// Why these cannot be, or nothing.
std::optional<Refusal> bad_policies(const Policies& policies);

}  // namespace costage::domain
