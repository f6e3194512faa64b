#include "sfu/peer/ice_client.hpp"

#include <algorithm>
#include <utility>

namespace costage::sfu {

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

StunOutcome IceClient::on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response) {
  const auto message = stun::parse(datagram);
  if (!message || server_ != from) return {};
  if (message->is(stun::Class::request)) return on_request(from, *message, response);
  if (message->is(stun::Class::success) && on_answer(now, *message)) return {StunOutcome::Kind::answer};
  return {};
}

StunOutcome IceClient::on_request(const Address& from, const stun::Message& request, MutableBytes response) const {
  const std::string& password = local_.pwd.reveal();
  if (!names_us(request.username, local_, remote_) || !stun::verify_integrity(request, password)) return {};
  return {StunOutcome::Kind::check, stun::write_success(response, request.transaction, from, password)};
}

bool IceClient::on_answer(Instant now, const stun::Message& answer) {
  if (!waiting_ || answer.transaction != transaction_) return false;
  if (!stun::verify_integrity(answer, remote_.pwd.reveal())) return false;
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
  return stun::write_request(out,
                             {.transaction = transaction_,
                              .username = check_username(remote_, local_),
                              .priority = kCheckPriority,
                              .tie_breaker = tie_breaker_,
                              .controlling = true,
                              .use_candidate = true},
                             remote_.pwd.reveal());
}

Instant IceClient::wake_at() const { return state_ == IceState::failed ? kNever : next_check_; }

}  // namespace costage::sfu
