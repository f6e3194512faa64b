#include "sfu/peer/ice_controlled.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

IceControlled::IceControlled(Rng& rng, Instant now)
    : rng_(rng), session_{IceCredentials::generate(rng), {}}, last_consent_(now) {
  rng_.fill(tag_);
  remotes_.reserve(kMaxRemoteAddresses);
}

void IceControlled::restart(Instant now) {
  previous_ = std::exchange(session_, {IceCredentials::generate(rng_), {}});
  last_consent_ = now;
  silent_ = has_nominated_ = false;
  if (state_ == IceState::failed) state_ = IceState::checking;
  for (Remote& remote : remotes_) {
    if (remote.proof == Proof::current) remote.proof = Proof::before_restart;
    remote.sends = 0;
    remote.send_at = kNever;
  }
}

// ---- what comes in --------------------------------------------------------------------------------------------

StunOutcome IceControlled::on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response) {
  const auto message = stun::parse(datagram);
  if (state_ == IceState::failed || !message) return {};
  if (message->is(stun::Class::request)) return on_request(now, from, *message, response);
  if (message->is(stun::Class::success) && on_answer(now, from, *message)) return {StunOutcome::Kind::answer};
  return {};
}

const IceControlled::Session* IceControlled::authenticate(const stun::Message& request) {
  const auto vouches = [&](const Session& session) {
    return names_us(request.username, session.local, session.remote) &&
           stun::verify_integrity(request, session.local.pwd.reveal());
  };
  if (vouches(session_)) {
    previous_.reset();
    return &session_;
  }
  return previous_ && vouches(*previous_) ? &*previous_ : nullptr;
}

StunOutcome IceControlled::on_request(Instant now, const Address& from, const stun::Message& request,
                                      MutableBytes response) {
  const Session* session = authenticate(request);
  if (!session) return {};
  const std::string& password = session->local.pwd.reveal();
  const auto refuse = [&](std::uint16_t code, std::string_view reason) {
    return StunOutcome{StunOutcome::Kind::dropped,
                       stun::write_error(response, request.transaction, code, reason, password)};
  };
  if (request.unknown_required != 0) return refuse(420, "Unknown Attribute");
  // We stay controlled, so the peer has to change its role (RFC 8445 section 7.3.1.1).
  if (request.ice_controlled) return refuse(487, "Role Conflict");

  Remote& remote = learn(now, from);
  if (request.use_candidate) {
    for (Remote& each : remotes_) each.nominated = &each == &remote;
    has_nominated_ = true;
  }
  // The previous session's names are no use for a check of ours: the peer is about to give them up.
  if (session == &session_) trigger_check(now, remote);
  if (remote.proof != Proof::none) {
    consent(now);
    select(now, remote);
  }
  return {StunOutcome::Kind::check, stun::write_success(response, request.transaction, from, password)};
}

bool IceControlled::answers_ours(const Remote& remote, const stun::TransactionId& transaction) const {
  if (remote.sends != 0 && transaction == remote.transaction) return true;
  return selected_ == remote.address && transaction == consent_;
}

// The answer has to come from where the check went (RFC 8445 section 7.2.5.2.1).
bool IceControlled::on_answer(Instant now, const Address& from, const stun::Message& answer) {
  Remote* remote = find(from);
  if (!remote || !answers_ours(*remote, answer.transaction)) return false;
  if (!stun::verify_integrity(answer, session_.remote.pwd.reveal())) return false;
  if (answer.transaction == consent_) consent_.reset();
  remote->proof = Proof::current;
  remote->sends = 0;
  remote->send_at = kNever;
  remote->last_heard = now;
  consent(now);
  select(now, *remote);
  return true;
}

IceControlled::Remote& IceControlled::learn(Instant now, const Address& from) {
  if (Remote* known = find(from)) {
    known->last_heard = now;
    return *known;
  }
  if (remotes_.size() < kMaxRemoteAddresses) return remotes_.emplace_back(Remote{from, now});
  // Never the selected one: it is in use even if another address is checked more often.
  const auto oldest = std::min_element(remotes_.begin(), remotes_.end(), [&](const Remote& a, const Remote& b) {
    return std::pair(selected_ == a.address, a.last_heard) < std::pair(selected_ == b.address, b.last_heard);
  });
  return *oldest = Remote{from, now};
}

// ---- our checks -----------------------------------------------------------------------------------------------

void IceControlled::trigger_check(Instant now, Remote& remote) {
  const bool open = remote.send_at != kNever;
  // A peer that looks for a pair to nominate may have several of its own that look alike from here, to two addresses of
  // ours: it sees which of them works when our check follows the answer to its check (pion: else 200 ms later).
  if (open && !has_nominated_) remote.send_at = now;
  if (open || (remote.proof == Proof::current && has_nominated_)) return;
  remote.transaction = new_transaction();
  remote.sends = 0;
  remote.send_at = now;
}

Instant IceControlled::check_at() const {
  if (state_ == IceState::failed || session_.remote.ufrag.empty()) return kNever;
  Instant at = consent_check_at();
  for (const Remote& remote : remotes_) at = std::min(at, remote.send_at);
  return at;
}

stun::TransactionId IceControlled::new_transaction() {
  stun::TransactionId id;
  rng_.fill(id);
  std::ranges::copy(tag_, id.begin());
  return id;
}

IceControlled::Check IceControlled::write_check(Instant now, MutableBytes out) {
  if (consent_check_at() <= now) {
    consent_ = new_transaction();
    const auto fifth = static_cast<std::uint64_t>(kConsentEvery.count()) / 5;
    next_consent_ = now + kConsentEvery * 4 / 5 + Duration(static_cast<Duration::rep>(rng_.below(2 * fifth)));
    return write_check_of(*selected_, *consent_, out);
  }
  Remote& remote = *std::min_element(remotes_.begin(), remotes_.end(),
                                     [](const Remote& a, const Remote& b) { return a.send_at < b.send_at; });
  const Duration until_next = kFirstRetransmit * (1 << remote.sends);
  remote.send_at = ++remote.sends < kMaxSends ? now + until_next : kNever;
  return write_check_of(remote.address, remote.transaction, out);
}

IceControlled::Check IceControlled::write_check_of(const Address& to, const stun::TransactionId& transaction,
                                                   MutableBytes out) const {
  // The smallest tie breaker: a peer that takes itself for the controlled one as well becomes the controlling one
  // (RFC 8445 section 7.3.1.1), and nobody has a reason to answer 487.
  return {to, stun::write_request(out,
                                  {.transaction = transaction,
                                   .username = check_username(session_.remote, session_.local),
                                   .priority = kCheckPriority,
                                   .tie_breaker = 0,
                                   .controlling = false},
                                  session_.remote.pwd.reveal())};
}

// ---- the selected address -------------------------------------------------------------------------------------

void IceControlled::consent(Instant now) {
  last_consent_ = now;
  silent_ = false;
  state_ = IceState::connected;
}

void IceControlled::select(Instant now, Remote& remote) {
  const Remote* current = selected_ ? find(*selected_) : nullptr;
  if (current && !remote.nominated && now - current->last_heard < kMovedAfter) return;
  if (selected_ != remote.address) next_consent_ = now + kConsentEvery;  // it has just been heard
  selected_ = remote.address;
  remote.nominated = false;
}

// ---- time -----------------------------------------------------------------------------------------------------

void IceControlled::on_time(Instant now) {
  const Duration silent = now - last_consent_;
  if (now >= silent_at()) silent_ = true;
  if (state_ == IceState::checking && silent >= kFirstProofWithin) state_ = IceState::failed;
  if (state_ == IceState::connected && silent >= kDisconnectedAfter) state_ = IceState::disconnected;
  if (state_ == IceState::disconnected && silent >= kFailedAfter) state_ = IceState::failed;
  forget_silent(now);
}

// After a failure every address has to be proven anew: who has been away for long may have lost it to somebody else.
void IceControlled::forget_silent(Instant now) {
  std::erase_if(remotes_, [&](const Remote& remote) {
    return state_ == IceState::failed || now - remote.last_heard >= kConsentFor;
  });
  if (selected_ && !find(*selected_)) selected_.reset();
}

Instant IceControlled::state_changes_at() const {
  switch (state_) {
    case IceState::checking:
      return last_consent_ + kFirstProofWithin;
    case IceState::connected:
      return last_consent_ + kDisconnectedAfter;
    case IceState::disconnected:
      return last_consent_ + kFailedAfter;
    case IceState::failed:
      break;
  }
  return kNever;
}

Instant IceControlled::silent_at() const {
  const bool speaks = state_ == IceState::connected && !silent_;
  return speaks ? last_consent_ + kSilentAfter : kNever;
}

Instant IceControlled::consent_ends_at() const {
  if (!selected_) return kNever;
  return std::ranges::find(remotes_, *selected_, &Remote::address)->last_heard + kConsentFor;
}

void IceControlled::forget(const Address& address) {
  std::erase_if(remotes_, [&](const Remote& remote) { return remote.address == address; });
  if (selected_ == address) selected_.reset();
}

// ---- addresses ------------------------------------------------------------------------------------------------

IceControlled::Remote* IceControlled::find(const Address& address) {
  const auto known = std::ranges::find(remotes_, address, &Remote::address);
  return known == remotes_.end() ? nullptr : &*known;
}

bool IceControlled::knows(const Address& from) const {
  return std::ranges::find(remotes_, from, &Remote::address) != remotes_.end();
}

}  // namespace costage::sfu
