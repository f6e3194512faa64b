// The ICE-lite agent of one transport (RFC 8445 section 2.5): it sends no checks of its own, answers the peer's
// authenticated ones, and uses the pair that the peer nominated last.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/peer/ice_credentials.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {

class IceLite {
 public:
  // One browser has a few interfaces times IPv4 and IPv6; the address silent for longest gives way to a ninth.
  static constexpr std::size_t kMaxRemoteAddresses = 8;
  static constexpr Duration kDisconnectedAfter = std::chrono::seconds(10);
  static constexpr Duration kFailedAfter = std::chrono::seconds(15);
  // A peer that never sends one valid check.
  static constexpr Duration kFirstCheckWithin = std::chrono::seconds(30);
  // A NAT gave the peer another address: its checks, every 2.5 s in libwebrtc, come from there and no longer from here.
  static constexpr Duration kMovedAfter = std::chrono::seconds(5);

  IceLite(Rng& rng, Instant now);

  [[nodiscard]] const IceCredentials& local() const { return local_; }
  // Only the remote ufrag is checked (in USERNAME); a lite agent has no use for the remote password.
  void set_remote(IceCredentials remote);

  // Fresh local credentials, and the time for a first check anew, after a failure too. The selected address stays in
  // use until the peer nominates again (RFC 8445 section 9).
  void restart(Rng& rng, Instant now);

  // Writes the answer to a binding request into `response` and gives its size; 0 means silence: not a request, not for
  // us, or not authenticated.
  std::size_t on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response);
  void on_time(Instant now);
  [[nodiscard]] Instant wake_at() const;

  [[nodiscard]] IceState state() const { return state_; }
  // Where to send: the nominated address, or before any nomination the one that was checked first.
  [[nodiscard]] std::optional<Address> selected() const { return selected_; }
  // True if `from` passed an authenticated check, so its datagrams may be looked at.
  [[nodiscard]] bool knows(const Address& from) const;

 private:
  struct Remote {
    Address address;
    Instant last_check;
  };

  // The local password that vouches for this request; null if it is not for us.
  [[nodiscard]] const Secret* authenticate(const stun::Message& request);
  void learn(Instant now, const Address& from, bool nominated);
  [[nodiscard]] bool is_silent(Instant now, const Address& address) const;

  IceCredentials local_;
  // After a restart: the peer may check with these until our new description reaches it.
  std::optional<IceCredentials> previous_;
  IceCredentials remote_;
  IceCredentials previous_remote_;
  std::vector<Remote> remotes_;
  std::optional<Address> selected_;
  IceState state_ = IceState::checking;
  Instant last_check_;  // any valid one; before the first, when we began
};

}  // namespace costage::sfu
