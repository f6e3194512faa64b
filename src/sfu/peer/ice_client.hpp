// A controlling ICE agent with one local and one remote address, as small as RFC 8445 allows: enough for the load
// generator and for simulations against an ICE-lite server. It nominates at once and keeps consent alive.
#pragma once

#include <array>
#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/peer/ice_credentials.hpp"

namespace costage::sfu {

class IceClient {
 public:
  static constexpr Duration kFirstRetransmit = std::chrono::milliseconds(50);  // doubles up to kMaxRetransmit
  static constexpr Duration kMaxRetransmit = std::chrono::milliseconds(1600);
  static constexpr Duration kKeepAlive = std::chrono::seconds(2);
  static constexpr Duration kDisconnectedAfter = std::chrono::seconds(10);
  static constexpr Duration kFailedAfter = std::chrono::seconds(15);

  explicit IceClient(Rng& rng);

  [[nodiscard]] const IceCredentials& local() const { return local_; }
  // Starts checks of `server`; call wake_at/on_time from now on.
  void connect(Instant now, IceCredentials remote, const Address& server);
  // New local credentials; connect() follows with the server's.
  void restart() { local_ = IceCredentials::generate(rng_); }

  // Answers to our checks. True if `datagram` was the authenticated answer to our latest check.
  bool on_stun(Instant now, const Address& from, Bytes datagram);
  // Writes a check that is due into `out` and gives its size; 0 if none is due. Send it to `server()`.
  std::size_t on_time(Instant now, MutableBytes out);
  [[nodiscard]] Instant wake_at() const;

  [[nodiscard]] IceState state() const { return state_; }
  [[nodiscard]] const std::optional<Address>& server() const { return server_; }

 private:
  std::size_t write_check(MutableBytes out);

  Rng& rng_;
  IceCredentials local_;
  IceCredentials remote_;
  std::optional<Address> server_;
  std::array<std::uint8_t, 12> transaction_{};
  bool waiting_ = false;  // transaction_ is unanswered
  Duration retransmit_ = kFirstRetransmit;
  Instant next_check_ = kNever;
  Instant last_answer_{};
  IceState state_ = IceState::checking;
  std::uint64_t tie_breaker_;
};

}  // namespace costage::sfu
