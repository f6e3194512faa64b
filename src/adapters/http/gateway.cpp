#include "adapters/http/gateway.hpp"

#include "adapters/http/web_socket_connection.hpp"

namespace costage::http {

namespace asio = boost::asio;

Gateway::Gateway(asio::io_context& control, asio::io_context& loop)
    : control_(control), loop_(loop), pace_(std::make_shared<Pace>(loop)) {}

void Gateway::add(std::shared_ptr<WebSocketConnection> connection) {
  ++connections_;
  asio::post(loop_, [self = shared_from_this(), connection = std::move(connection)]() mutable {
    self->open_.insert(std::move(connection));
  });
}

void Gateway::drop(WebSocketConnection& connection) {
  --connections_;
  call([self = shared_from_this(), &connection] { self->open_.erase(connection.shared_from_this()); });
}

void Gateway::send(WebSocketConnection& to, SharedFrame frame, Urgency urgency) {
  orders_.push_back({&to, std::move(frame), urgency});
  if (std::exchange(flush_comes_, true)) return;
  asio::post(control_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->flush_comes_ = false;
    self->flush();
  });
}

void Gateway::flush() {
  if (orders_.empty()) return;
  asio::post(loop_, [orders = std::exchange(orders_, {})]() mutable { carry_out(orders); });
}

void Gateway::carry_out(std::vector<Order>& orders) {
  for (Order& order : orders) order.to->push(std::move(order.frame), order.urgency);
}

void Gateway::shut_down() {
  orders_.clear();
  for (const auto& connection : std::exchange(open_, {})) connection->abandon();
  pace_->stop();
}

}  // namespace costage::http
