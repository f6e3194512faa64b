#include "adapters/http/web_socket_connection.hpp"

#include <boost/beast/websocket.hpp>

#include "adapters/http/remote_socket.hpp"

namespace costage::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::chrono::seconds kHandshakeTimeout{15};
constexpr std::uint16_t kNoStatus = 1005;
constexpr std::size_t kMaxReason = 123;  // bytes, RFC 6455 section 5.5
constexpr std::size_t kKeptRead = 4096;  // bytes

// The socket as one of another loop.
asio::ip::tcp::socket moved(asio::ip::tcp::socket socket, asio::io_context& loop) {
  error_code error;
  const auto protocol = socket.local_endpoint(error).protocol();
  const auto file = socket.release(error);
  asio::ip::tcp::socket result{loop};
  result.assign(protocol, file, error);
  return result;
}

}  // namespace

void run_web_socket(Server::Impl& server, asio::ip::tcp::socket socket, UpgradeRequest request, Accept accept) {
  Gateway& gateway = server.gateways().next();
  const WebSocketLimits limits = accept.limits;
  const auto owner = std::make_shared<RemoteSocket>(server, std::move(accept));
  auto connection = std::make_shared<WebSocketConnection>(gateway.shared_from_this(), owner,
                                                          moved(std::move(socket), gateway.loop()), limits);
  server.add(owner);
  owner->attach(gateway, *connection);
  gateway.add(connection);
  gateway.call([connection, request = std::move(request)] { connection->accept(request); });
}

WebSocketConnection::WebSocketConnection(std::shared_ptr<Gateway> gateway, std::weak_ptr<RemoteSocket> owner,
                                         asio::ip::tcp::socket socket, const WebSocketLimits& limits)
    : gateway_(std::move(gateway)),
      owner_(std::move(owner)),
      limits_(limits),
      sending_(std::make_shared<SendQueue>(gateway_->pace(), std::move(socket))),
      stream_(sending_),
      next_ping_(gateway_->loop()),
      deadline_(gateway_->loop()) {}

template <class Call>
void WebSocketConnection::tell(Call call) {
  asio::post(gateway_->control(), [weak = owner_, call = std::move(call)] {
    if (const auto owner = weak.lock()) call(*owner);
  });
}

void WebSocketConnection::accept(const UpgradeRequest& request) {
  if (state_ != State::accepting) return;
  configure();
  stream_.async_accept(request, [self = shared_from_this()](error_code error) {
    if (error) return self->end(kAbnormalClosure);
    self->on_accepted();
  });
}

// The owner may have closed it meanwhile; then it has nobody who would hear a message.
void WebSocketConnection::on_accepted() {
  if (state_ == State::closing) {
    say_close();
    return read_next();
  }
  state_ = State::open;
  tell([](RemoteSocket& owner) { owner.on_opened(); });
}

void WebSocketConnection::configure() {
  // With Beast's own pings: without them it counts messages only, and ends who just answers ours.
  stream_.set_option(websocket::stream_base::timeout{kHandshakeTimeout, limits_.idle_timeout, true});
  stream_.read_message_max(limits_.max_message);
  stream_.auto_fragment(false);
  if (!limits_.deflate) return;
  websocket::permessage_deflate deflate;
  deflate.server_enable = true;
  deflate.server_no_context_takeover = deflate.client_no_context_takeover = true;
  deflate.server_max_window_bits = deflate.client_max_window_bits = kDeflateWindowBits;
  deflate.msg_size_threshold = kDeflateFrom;
  stream_.set_option(deflate);
}

void WebSocketConnection::begin(bool hears_pongs) {
  hears_pongs_ = hears_pongs;
  stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
    if (kind == websocket::frame_type::pong && hears_pongs_ && state_ == State::open)
      tell([](RemoteSocket& owner) { owner.on_pong(); });
  });
  ping_later();
  read_next();
}

void WebSocketConnection::read_next() {
  if (state_ == State::closed) return;
  received_.consume(received_.size());
  if (received_.capacity() > kKeptRead) received_.shrink_to_fit();
  stream_.async_read(received_, [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
}

void WebSocketConnection::on_read(error_code error) {
  if (error) return end(code_of_peer(error));
  const auto data = received_.cdata();
  const std::string_view message{static_cast<const char*>(data.data()), data.size()};
  tell([message, binary = stream_.got_binary()](RemoteSocket& owner) { owner.on_message(message, binary); });
}

std::uint16_t WebSocketConnection::code_of_peer(const error_code& error) const {
  if (error != websocket::error::closed) return kAbnormalClosure;
  const auto code = static_cast<std::uint16_t>(stream_.reason().code);
  return code == 0 ? kNoStatus : code;
}

// Beast answers the peer's close frame by itself; no message may follow that answer.
void WebSocketConnection::push(const SharedFrame& frame, Urgency urgency) {
  if (state_ != State::open || !stream_.is_open()) return settled().add(SendQueue::cost(*frame));
  if (!limits_.deflate) return sending_->push(frame, urgency);
  to_compress_.push_back(frame);
  if (!std::exchange(compressing_, true)) compress_next();
}

void WebSocketConnection::forget() {
  for (const SharedFrame& frame : std::exchange(to_compress_, {})) settled().add(SendQueue::cost(*frame));
  sending_->forget();
}

void WebSocketConnection::watch_drain() {
  sending_->when_empty([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    if (!self->to_compress_.empty()) return self->watch_drain();
    self->tell([](RemoteSocket& owner) { owner.on_drained(); });
  });
}

void WebSocketConnection::close(std::uint16_t code, const std::string& reason) {
  if (state_ == State::closing || state_ == State::closed) return;
  const bool accepting = std::exchange(state_, State::closing) == State::accepting;
  close_code_ = code;
  reason_ = reason.substr(0, kMaxReason);
  next_ping_.cancel();
  deadline_.expires_after(kCloseTimeout);
  deadline_.async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->sending_->close();
  });
  if (!accepting && !compressing_) say_close();
}

void WebSocketConnection::say_close() {
  stream_.async_close({static_cast<websocket::close_code>(close_code_), reason_},
                      [self = shared_from_this()](error_code) {});
}

void WebSocketConnection::ping_later() {
  next_ping_.expires_after(limits_.ping_every);
  next_ping_.async_wait([weak = weak_from_this()](error_code error) {
    const auto self = weak.lock();
    if (!error && self && self->state_ == State::open) self->ping();
  });
}

void WebSocketConnection::ping() {
  stream_.async_ping({}, [self = shared_from_this()](error_code error) {
    if (!error && self->state_ == State::open) self->ping_later();
  });
}

void WebSocketConnection::compress_next() {
  if (to_compress_.empty() || state_ == State::closed) {
    compressing_ = false;
    if (state_ == State::closing) say_close();
    return;
  }
  SharedFrame frame = std::move(to_compress_.front());
  to_compress_.pop_front();
  settled().add(SendQueue::cost(*frame));
  stream_.binary(frame->is_binary());
  const auto message = asio::buffer(frame->message());
  stream_.async_write(message, [self = shared_from_this(), frame = std::move(frame)](error_code error, std::size_t) {
    if (error) self->forget();
    self->compress_next();
  });
}

void WebSocketConnection::end(std::uint16_t code) {
  if (state_ == State::closed) return;
  abandon();
  tell([code](RemoteSocket& owner) { owner.on_closed(code); });
}

void WebSocketConnection::abandon() {
  state_ = State::closed;
  sending_->close();
  next_ping_.cancel();
  deadline_.cancel();
}

}  // namespace costage::http
