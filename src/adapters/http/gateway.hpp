// A loop that owns the sockets of WebSockets: framing, writing, pings and closing. It has a thread of its own, or is
// the control loop itself. The control loop hands it what is to be sent, once a turn.
//
// What waits to be handed over has no limit of its own: each frame counts for its socket from the moment it is sent,
// and a socket takes no more than WebSocketLimits::queue_hard.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "adapters/http/frame.hpp"
#include "adapters/http/pace.hpp"
#include "adapters/http/send_queue.hpp"

namespace costage::http {

class WebSocketConnection;

class Gateway : public std::enable_shared_from_this<Gateway> {
 public:
  Gateway(boost::asio::io_context& control, boost::asio::io_context& loop);

  // ---- control loop ----
  // A connection stands here until its owner has heard that it is closed; until then it may be sent to.
  void add(std::shared_ptr<WebSocketConnection> connection);
  void send(WebSocketConnection& to, const SharedFrame& frame, Urgency urgency);
  // The call comes in the gateway's loop, after what was sent before.
  template <class Call>
  void call(Call call) {
    flush();
    boost::asio::post(loop_, std::move(call));
  }
  void drop(WebSocketConnection& connection);
  [[nodiscard]] std::size_t connections() const { return connections_; }
  // Every socket is closed and forgotten. The loop does not run any more, or is the control loop.
  void shut_down();

  // ---- the gateway's loop ----
  [[nodiscard]] boost::asio::io_context& control() const { return control_; }
  [[nodiscard]] boost::asio::io_context& loop() const { return loop_; }
  [[nodiscard]] const std::shared_ptr<Pace>& pace() const { return pace_; }

 private:
  // Sends one frame to the next `connections` of the list.
  struct Order {
    SharedFrame frame;
    Urgency urgency;
    std::size_t connections;
  };
  struct Orders {
    std::vector<Order> list;
    std::vector<WebSocketConnection*> connections;

    void carry_out() const;
  };

  void flush();

  boost::asio::io_context& control_;
  boost::asio::io_context& loop_;
  std::shared_ptr<Pace> pace_;
  // Control loop.
  Orders orders_;
  bool flush_comes_ = false;
  std::size_t connections_ = 0;
  // The gateway's loop.
  std::set<std::shared_ptr<WebSocketConnection>> open_;
};

}  // namespace costage::http
