#include "sfu/peer/ice_client.hpp"

#include <algorithm>
#include <utility>

#include "sfu/wire/stun.hpp"

namespace costage::sfu {

namespace {
// A host candidate of the first component (RFC 8445 section 5.1.2.1), as peer-reflexive one.
constexpr std::uint32_t kPriority = 110u << 24 | 65535u << 8 | 255u;
}  // namespace

IceClient::IceClient(Rng& rng) : rng_(rng), local_(IceCredentials::generate(rng)), tie_breaker_(rng.next()) {}

void IceClient::connect(Instant now, IceCredentials remote, const Address& server) {
  remote_ = std::move(remote);
  server_ = server;
  waiting_ = false;
  retransmit_ = kFirstRetransmit;
  next_check_ = now;
  last_answer_ = now;
  if (state_ == IceState::failed) state_ = IceState::checking;
}

bool IceClient::on_stun(Instant now, const Address& from, Bytes datagram) {
  const auto answer = stun::parse(datagram);
  if (!answer || !answer->is(stun::Class::success) || !waiting_ || server_ != from) return false;
  if (answer->transaction != transaction_ || !stun::verify_integrity(*answer, remote_.pwd.reveal())) return false;
  waiting_ = false;
  retransmit_ = kFirstRetransmit;
  last_answer_ = now;
  next_check_ = now + kKeepAlive;
  if (state_ != IceState::failed) state_ = IceState::connected;
  return true;
}

std::size_t IceClient::on_time(Instant now, MutableBytes out) {
  const Duration silent = now - last_answer_;
  if (server_ && state_ == IceState::connected && silent >= kDisconnectedAfter) state_ = IceState::disconnected;
  if (server_ && silent >= kFailedAfter) state_ = IceState::failed;
  if (state_ == IceState::failed || now < next_check_) return 0;
  if (waiting_) {
    retransmit_ = std::min(retransmit_ * 2, kMaxRetransmit);
  } else {
    rng_.fill(transaction_);
    waiting_ = true;
  }
  next_check_ = now + retransmit_;
  return write_check(out);
}

std::size_t IceClient::write_check(MutableBytes out) {
  const std::string username = remote_.ufrag + ":" + local_.ufrag;
  return stun::write_request(out,
                             {.transaction = transaction_,
                              .username = username,
                              .priority = kPriority,
                              .tie_breaker = tie_breaker_,
                              .controlling = true,
                              .use_candidate = true},
                             remote_.pwd.reveal());
}

Instant IceClient::wake_at() const { return state_ == IceState::failed ? kNever : next_check_; }

}  // namespace costage::sfu
