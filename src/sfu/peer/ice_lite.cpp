#include "sfu/peer/ice_lite.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

namespace {

// "ours:theirs" (RFC 8445 section 7.2.2); theirs is compared once it is known.
bool names_us(std::string_view username, const IceCredentials& local, const IceCredentials& remote) {
  const std::size_t colon = username.find(':');
  if (colon == std::string_view::npos || username.substr(0, colon) != local.ufrag) return false;
  return remote.ufrag.empty() || username.substr(colon + 1) == remote.ufrag;
}

}  // namespace

IceLite::IceLite(Rng& rng, Instant now) : local_(IceCredentials::generate(rng)), last_check_(now) {}

void IceLite::restart(Rng& rng, Instant now) {
  previous_ = std::exchange(local_, IceCredentials::generate(rng));
  last_check_ = now;
  if (state_ == IceState::failed) state_ = IceState::checking;
}

void IceLite::set_remote(IceCredentials remote) {
  if (previous_) previous_remote_ = remote_;
  remote_ = std::move(remote);
}

const Secret* IceLite::authenticate(const stun::Message& request) {
  if (names_us(request.username, local_, remote_) && stun::verify_integrity(request, local_.pwd.reveal())) {
    previous_.reset();
    return &local_.pwd;
  }
  if (previous_ && names_us(request.username, *previous_, previous_remote_) &&
      stun::verify_integrity(request, previous_->pwd.reveal()))
    return &previous_->pwd;
  return nullptr;
}

std::size_t IceLite::on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response) {
  const auto request = stun::parse(datagram);
  if (state_ == IceState::failed || !request || !request->is(stun::Class::request)) return 0;
  const Secret* password = authenticate(*request);
  if (!password) return 0;
  if (request->unknown_required != 0)
    return stun::write_error(response, request->transaction, 420, "Unknown Attribute", password->reveal());
  // A lite agent is always controlled (RFC 8445 section 6.1.1).
  if (request->ice_controlled)
    return stun::write_error(response, request->transaction, 487, "Role Conflict", password->reveal());
  learn(now, from, request->use_candidate);
  return stun::write_success(response, request->transaction, from, password->reveal());
}

void IceLite::learn(Instant now, const Address& from, bool nominated) {
  last_check_ = now;
  state_ = IceState::connected;
  if (!selected_ || nominated || is_silent(now, *selected_)) selected_ = from;

  const auto known = std::find_if(remotes_.begin(), remotes_.end(), [&](const Remote& r) { return r.address == from; });
  if (known != remotes_.end()) {
    known->last_check = now;
  } else if (remotes_.size() < kMaxRemoteAddresses) {
    remotes_.push_back({from, now});
  } else {
    // Never the selected one: it is in use even if another address is checked more often.
    const auto oldest = std::min_element(remotes_.begin(), remotes_.end(), [&](const Remote& a, const Remote& b) {
      return std::pair(a.address == *selected_, a.last_check) < std::pair(b.address == *selected_, b.last_check);
    });
    *oldest = {from, now};
  }
}

bool IceLite::is_silent(Instant now, const Address& address) const {
  const auto known =
      std::find_if(remotes_.begin(), remotes_.end(), [&](const Remote& r) { return r.address == address; });
  return known == remotes_.end() || now - known->last_check >= kMovedAfter;
}

void IceLite::on_time(Instant now) {
  const Duration silent = now - last_check_;
  if (state_ == IceState::checking && silent >= kFirstCheckWithin) state_ = IceState::failed;
  if (state_ == IceState::connected && silent >= kDisconnectedAfter) state_ = IceState::disconnected;
  if (state_ == IceState::disconnected && silent >= kFailedAfter) state_ = IceState::failed;
}

Instant IceLite::wake_at() const {
  switch (state_) {
    case IceState::checking:
      return last_check_ + kFirstCheckWithin;
    case IceState::connected:
      return last_check_ + kDisconnectedAfter;
    case IceState::disconnected:
      return last_check_ + kFailedAfter;
    case IceState::failed:
      break;
  }
  return kNever;
}

bool IceLite::knows(const Address& from) const {
  return std::any_of(remotes_.begin(), remotes_.end(), [&](const Remote& r) { return r.address == from; });
}

}  // namespace costage::sfu
