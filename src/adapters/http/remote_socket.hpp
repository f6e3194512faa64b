// A WebSocket as the control loop sees it: its owner, and what may be sent. The socket itself is its gateway's.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <memory>

#include "adapters/http/gateway.hpp"
#include "adapters/http/server_impl.hpp"

namespace costage::http {

class RemoteSocket final : public WebSocket, public std::enable_shared_from_this<RemoteSocket> {
 public:
  RemoteSocket(Server::Impl& server, Accept accept)
      : server_(&server), work_(asio::make_work_guard(server.loop())), accept_(std::move(accept)) {}

  // From here on until on_closed it speaks for the connection.
  void attach(Gateway& gateway, WebSocketConnection& connection);
  // The server has gone, and the connection with it.
  void detach();

  void send_text(std::string message) override { send_shared(Frame::text(message)); }
  void send_binary(std::string message) override { send_shared(Frame::binary(message)); }
  void send_shared(const SharedFrame& frame) override { send(frame, Urgency::now); }
  void send_paced(const SharedFrame& frame) override { send(frame, Urgency::paced); }
  void close(std::uint16_t code, std::string reason) override;
  [[nodiscard]] std::size_t queued_bytes() const override;
  [[nodiscard]] bool congested() const override { return waits_more_than(accept_.limits.queue_soft); }
  [[nodiscard]] std::uint16_t close_code() const override { return close_code_; }

  // ---- what the connection tells ----
  void on_opened();
  // Once it was heard the connection reads on.
  void on_message(std::string_view message, bool binary);
  void on_pong();
  void on_drained();
  // The last. With the code of who closed first.
  void on_closed(std::uint16_t code);

 private:
  enum class State { open, closing, closed };

  void send(const SharedFrame& frame, Urgency urgency);
  // The connection hears of it after what was sent before.
  template <class Call>
  void tell(Call call);
  [[nodiscard]] bool waits_more_than(std::size_t limit) const;
  void refuse_more();
  void watch_drain();

  Server::Impl* server_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;  // the control loop will hear of the end
  std::shared_ptr<Gateway> gateway_;
  WebSocketConnection* connection_ = nullptr;
  Accept accept_;
  WebSocketEvents events_;
  std::size_t sent_ = 0;             // cost of all frames
  mutable std::size_t settled_ = 0;  // of it, as last seen
  State state_ = State::open;
  bool watches_drain_ = false;
  std::uint16_t close_code_ = kAbnormalClosure;
};

}  // namespace costage::http
