// A controlling ICE agent with one local and one remote address, as small as RFC 8445 allows: enough for the load
// generator and for simulations. It nominates at once, answers the server's checks and keeps consent alive.
#pragma once

#include <optional>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/peer/ice_check.hpp"
#include "sfu/peer/ice_credentials.hpp"
#include "sfu/wire/stun.hpp"

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

  // The answer to our latest check, or a check of the server's, whose answer is written into `response`.
  StunOutcome on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response);
  // Writes a check that is due into `out` and gives its size; 0 if none is due. Send it to `server()`.
  std::size_t on_time(Instant now, MutableBytes out);
  [[nodiscard]] Instant wake_at() const;

  [[nodiscard]] IceState state() const { return state_; }
  [[nodiscard]] const std::optional<Address>& server() const { return server_; }

 private:
  StunOutcome on_request(const Address& from, const stun::Message& request, MutableBytes response) const;
  bool on_answer(Instant now, const stun::Message& answer);
  std::size_t write_check(MutableBytes out);

  Rng& rng_;
  IceCredentials local_;
  IceCredentials remote_;
  std::optional<Address> server_;
  stun::TransactionId transaction_{};
  bool waiting_ = false;  // transaction_ is unanswered
  Duration retransmit_ = kFirstRetransmit;
  Instant next_check_ = kNever;
  Instant last_answer_{};
  IceState state_ = IceState::checking;
  std::uint64_t tie_breaker_;
};

}  // namespace costage::sfu
