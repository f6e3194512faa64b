// The socket of a WebSocket (RFC 6455), on its gateway's loop: reading, control frames and the closing handshake are
// Beast's. Messages are made elsewhere and go past it, unless they may be compressed: then Beast writes them, one at a
// time.
//
// The peer is read no faster than the owner listens: the next message is read when the owner has heard the last.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <list>
#include <memory>

#include "adapters/http/frame_stream.hpp"
#include "adapters/http/gateway.hpp"
#include "adapters/http/server_impl.hpp"

namespace costage::http {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

// Answers the request and hands the socket to a gateway.
void run_web_socket(Server::Impl& server, asio::ip::tcp::socket socket, UpgradeRequest request, Accept accept);

class WebSocketConnection : public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(std::shared_ptr<Gateway> gateway, std::weak_ptr<RemoteSocket> owner, asio::ip::tcp::socket socket,
                      const WebSocketLimits& limits);

  // ---- any thread ----
  [[nodiscard]] Settled& settled() { return sending_->settled(); }

  // ---- the gateway's loop ----
  void accept(const UpgradeRequest& request);
  // The owner is there.
  void begin(bool hears_pongs);
  void read_next();
  void push(const SharedFrame& frame, Urgency urgency);
  // Drops what was not begun to be written.
  void forget();
  // Tells the owner once when everything is written.
  void watch_drain();
  // Sends what is queued, then the close frame.
  void close(std::uint16_t code, const std::string& reason);
  // Ends without telling anybody.
  void abandon();

 private:
  enum class State { accepting, open, closing, closed };

  void configure();
  void on_accepted();
  // Calls on the control loop, while there is an owner.
  template <class Call>
  void tell(Call call);
  void on_read(boost::system::error_code error);
  [[nodiscard]] std::uint16_t code_of_peer(const boost::system::error_code& error) const;
  void ping_later();
  void ping();
  void say_close();
  void compress_next();
  void end(std::uint16_t code);

  std::shared_ptr<Gateway> gateway_;
  std::weak_ptr<RemoteSocket> owner_;
  WebSocketLimits limits_;
  std::shared_ptr<SendQueue> sending_;
  boost::beast::websocket::stream<FrameStream> stream_;
  boost::beast::flat_buffer received_;
  asio::steady_timer next_ping_;
  asio::steady_timer deadline_;
  std::list<SharedFrame> to_compress_;  // mostly empty, and then costs nothing
  State state_ = State::accepting;
  bool hears_pongs_ = false;
  bool compressing_ = false;
  std::uint16_t close_code_ = 0;
  std::string reason_;
};

}  // namespace costage::http
