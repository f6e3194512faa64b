#include "adapters/http/gateway.hpp"

#include "adapters/http/web_socket_connection.hpp"

namespace costage::http {

namespace asio = boost::asio;

Gateway::Gateway(asio::io_context& control, asio::io_context& loop)
    : control_(control), loop_(loop), pace_(std::make_shared<Pace>(loop)) {}

void Gateway::add(std::shared_ptr<WebSocketConnection> connection) {
  ++connections_;
  call([self = shared_from_this(), connection = std::move(connection)]() mutable {
    self->open_.insert(std::move(connection));
  });
}

void Gateway::drop(WebSocketConnection& connection) {
  --connections_;
  call([self = shared_from_this(), &connection] { self->open_.erase(connection.shared_from_this()); });
}

// A frame for many is one order: its count of owners is not touched by two threads for each of them.
void Gateway::send(WebSocketConnection& to, const SharedFrame& frame, Urgency urgency) {
  orders_.connections.push_back(&to);
  if (!orders_.list.empty() && orders_.list.back().frame == frame && orders_.list.back().urgency == urgency)
    ++orders_.list.back().connections;
  else
    orders_.list.push_back({frame, urgency, 1});
  if (std::exchange(flush_comes_, true)) return;
  asio::post(control_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->flush_comes_ = false;
    self->flush();
  });
}

void Gateway::flush() {
  if (orders_.list.empty()) return;
  asio::post(loop_, [orders = std::exchange(orders_, {})] { orders.carry_out(); });
}

void Gateway::Orders::carry_out() const {
  auto to = connections.begin();
  for (const Order& order : list)
    for (std::size_t i = 0; i < order.connections; ++i) (*to++)->push(order.frame, order.urgency);
}

void Gateway::shut_down() {
  orders_ = {};
  for (const auto& connection : std::exchange(open_, {})) connection->abandon();
  pace_->stop();
}

}  // namespace costage::http
