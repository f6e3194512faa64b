// The server's ICE agent of one transport (RFC 8445), always controlled: it answers the peer's authenticated checks,
// sends a triggered check of its own to every address they come from, and uses the pair that the peer nominated last.
// Our offers say a=ice-lite for the sake of the role alone (negotiation/subscriber_offer.cpp): clients answer checks of
// whoever they come from.
//
// An address is proven once such a check was answered from there. Nothing but STUN goes to any other: a peer that
// nominates somebody else's address points no media at it (the "voice hammer", RFC 8445 section 19.5.1). Checks of our
// own also spare a full client a round: it may nominate as soon as it sees one on a pair that works for it.
// The selected pair is asked for consent all the time (RFC 7675), so that a peer that is gone is noticed early, and one
// that has stopped its own checks while media flows is kept.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/rng.hpp"
#include "base/time.hpp"
#include "sfu/peer/ice_check.hpp"
#include "sfu/peer/ice_credentials.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {

class IceControlled {
 public:
  // One browser has a few interfaces times IPv4 and IPv6; the address silent for longest gives way to a ninth.
  static constexpr std::size_t kMaxRemoteAddresses = 8;
  static constexpr Duration kDisconnectedAfter = std::chrono::seconds(10);
  static constexpr Duration kFailedAfter = std::chrono::seconds(15);
  // A peer that never gets as far as a proven address.
  static constexpr Duration kFirstProofWithin = std::chrono::seconds(30);
  // A NAT gave the peer another address: its checks, every 2.5 s in libwebrtc, come from there and no longer from here.
  static constexpr Duration kMovedAfter = std::chrono::seconds(5);
  // An address without checks for that long is forgotten (RFC 7675 section 5.1), whatever restarts gave time for.
  static constexpr Duration kConsentFor = std::chrono::seconds(30);
  // Our checks: at 0, 0.1, 0.3, 0.7, 1.5, 3.1 and 6.3 s until one is answered, anew with the peer's next check.
  // Somebody whose address is spoofed gets these and the answers to the spoofed checks, no more.
  static constexpr Duration kFirstRetransmit = std::chrono::milliseconds(100);
  static constexpr unsigned kMaxSends = 7;
  // Consent is asked for that often, a fifth more or less (RFC 7675 section 5.1), and never repeated.
  static constexpr Duration kConsentEvery = std::chrono::seconds(2);
  // At least two requests were not answered then, and the peer, whose checks come every 2.5 s, sent none either.
  static constexpr Duration kSilentAfter = std::chrono::seconds(5);

  IceControlled(Rng& rng, Instant now);

  [[nodiscard]] const IceCredentials& local() const { return session_.local; }
  // Before this call no check of ours goes out: they name the remote ufrag and are signed with the remote password.
  void set_remote(IceCredentials remote) { session_.remote = std::move(remote); }

  // Fresh local credentials, and the time for a first proof anew, after a failure too. The selected address stays in
  // use until the peer nominates again (RFC 8445 section 9). set_remote() follows with the peer's new credentials.
  void restart(Instant now);

  // Writes the answer to a binding request into `response`. Whoever cannot prove the local password gets silence.
  StunOutcome on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response);
  // Nobody is at that address any more: a connection of TCP is over. The next check of another one takes its place.
  void forget(const Address& address);
  void on_time(Instant now);
  [[nodiscard]] Instant wake_at() const {
    return std::min({state_changes_at(), silent_at(), consent_ends_at(), check_at()});
  }

  // When the next check of ours is due; it may be now after every call above.
  [[nodiscard]] Instant check_at() const;
  struct Check {
    Address to;
    std::size_t size = 0;
  };
  // Writes the check that is due at check_at(). Call when that time has come.
  Check write_check(Instant now, MutableBytes out);

  // All transaction ids of our checks begin with it, so that their answers find this agent whoever else claims the
  // address that they come from.
  [[nodiscard]] const stun::CheckTag& tag() const { return tag_; }

  [[nodiscard]] IceState state() const { return state_; }
  // No sign of life for kSilentAfter.
  [[nodiscard]] bool silent() const { return silent_; }
  // Where to send: the address nominated last among the proven ones, before any nomination the one proven first.
  [[nodiscard]] std::optional<Address> selected() const { return selected_; }
  // True if `from` passed an authenticated check, so its datagrams may be looked at.
  [[nodiscard]] bool knows(const Address& from) const;

 private:
  // The credentials between two restarts; the remote ones are empty until they are known.
  struct Session {
    IceCredentials local;
    IceCredentials remote;
  };
  enum class Proof : std::uint8_t { none, before_restart, current };
  struct Remote {
    Address address;
    Instant last_heard;
    Proof proof = Proof::none;
    bool nominated = false;  // takes effect once there is a proof
    // Our one check of it: unanswered while send_at is set and after the last send.
    stun::TransactionId transaction{};
    unsigned sends = 0;
    Instant send_at = kNever;
  };

  StunOutcome on_request(Instant now, const Address& from, const stun::Message& request, MutableBytes response);
  bool on_answer(Instant now, const Address& from, const stun::Message& answer);
  [[nodiscard]] bool answers_ours(const Remote& remote, const stun::TransactionId& transaction) const;
  // The session whose local password vouches for this request; null if it is not for us.
  [[nodiscard]] const Session* authenticate(const stun::Message& request);
  Remote& learn(Instant now, const Address& from);
  void trigger_check(Instant now, Remote& remote);
  [[nodiscard]] stun::TransactionId new_transaction();
  Check write_check_of(const Address& to, const stun::TransactionId& transaction, MutableBytes out) const;
  [[nodiscard]] Instant consent_check_at() const { return selected_ ? next_consent_ : kNever; }
  void consent(Instant now);
  void select(Instant now, Remote& remote);
  void forget_silent(Instant now);
  [[nodiscard]] Instant state_changes_at() const;
  [[nodiscard]] Instant silent_at() const;
  [[nodiscard]] Instant consent_ends_at() const;
  [[nodiscard]] Remote* find(const Address& address);

  Rng& rng_;
  stun::CheckTag tag_{};
  Session session_;
  // After a restart: the peer may check with these until our new description reaches it.
  std::optional<Session> previous_;
  std::vector<Remote> remotes_;
  std::optional<Address> selected_;             // proven, and in remotes_
  std::optional<stun::TransactionId> consent_;  // of the last check that asked it for consent, until it is answered
  Instant next_consent_ = Instant::min();
  bool silent_ = false;
  bool has_nominated_ = false;  // the peer, since the last restart
  IceState state_ = IceState::checking;
  Instant last_consent_;  // the last valid check of a proven address; before the first proof, when we began
};

}  // namespace costage::sfu
