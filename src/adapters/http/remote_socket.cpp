#include "adapters/http/remote_socket.hpp"

#include <spdlog/spdlog.h>

#include "adapters/http/web_socket_connection.hpp"

namespace costage::http {
namespace {

constexpr std::uint16_t kTryAgainLater = 1013;

}  // namespace

void RemoteSocket::attach(Gateway& gateway, WebSocketConnection& connection) {
  gateway_ = gateway.shared_from_this();
  connection_ = &connection;
}

void RemoteSocket::detach() {
  state_ = State::closed;
  connection_ = nullptr;
  server_ = nullptr;
  work_.reset();
  events_ = {};
  accept_.on_open = nullptr;
}

template <class Call>
void RemoteSocket::tell(Call call) {
  gateway_->call([connection = connection_, call = std::move(call)] { call(*connection); });
}

void RemoteSocket::send(const SharedFrame& frame, Urgency urgency) {
  if (state_ != State::open) return;
  const std::size_t cost = SendQueue::cost(*frame);
  if (cost > accept_.limits.queue_hard || waits_more_than(accept_.limits.queue_hard - cost)) return refuse_more();
  sent_ += cost;
  gateway_->send(*connection_, frame, urgency);
  if (congested()) watch_drain();
}

// From the frame on that is one too many nothing more is sent.
void RemoteSocket::refuse_more() {
  spdlog::warn("a WebSocket was closed: its peer reads too slowly");
  tell([](WebSocketConnection& connection) { connection.forget(); });
  close(kTryAgainLater, "Too much was waiting to be read.");
}

void RemoteSocket::watch_drain() {
  if (!events_.on_drained || std::exchange(watches_drain_, true)) return;
  tell([](WebSocketConnection& connection) { connection.watch_drain(); });
}

void RemoteSocket::close(std::uint16_t code, std::string reason) {
  if (state_ != State::open) return;
  state_ = State::closing;
  close_code_ = code;
  tell([code, reason = std::move(reason)](WebSocketConnection& connection) { connection.close(code, reason); });
}

std::size_t RemoteSocket::queued_bytes() const {
  if (!connection_) return 0;
  settled_ = connection_->settled().cost();
  return sent_ - settled_;
}

// What the gateway's thread writes is looked at only when it matters: to share a cache line costs as much as the rest.
bool RemoteSocket::waits_more_than(std::size_t limit) const {
  return sent_ - settled_ > limit && queued_bytes() > limit;
}

void RemoteSocket::on_opened() {
  if (state_ == State::open) events_ = std::exchange(accept_.on_open, nullptr)(shared_from_this());
  if (!connection_) return;
  tell([hears_pongs = static_cast<bool>(events_.on_pong)](WebSocketConnection& connection) {
    connection.begin(hears_pongs);
  });
}

void RemoteSocket::on_message(std::string_view message, bool binary) {
  if (state_ == State::open && events_.on_message) events_.on_message(message, binary);
  if (connection_) tell([](WebSocketConnection& connection) { connection.read_next(); });
}

void RemoteSocket::on_pong() {
  if (state_ == State::open && events_.on_pong) events_.on_pong();
}

void RemoteSocket::on_drained() {
  watches_drain_ = false;
  if (state_ == State::open && events_.on_drained) events_.on_drained();
}

void RemoteSocket::on_closed(std::uint16_t code) {
  if (state_ == State::closed) return;
  if (state_ == State::open) close_code_ = code;
  state_ = State::closed;
  work_.reset();
  gateway_->drop(*std::exchange(connection_, nullptr));
  const auto self = shared_from_this();
  server_->remove(self);
  const WebSocketEvents events = std::exchange(events_, {});
  if (events.on_closed) events.on_closed();
}

}  // namespace costage::http
