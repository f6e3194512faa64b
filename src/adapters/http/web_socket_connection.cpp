#include "adapters/http/web_socket_connection.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <list>

#include "adapters/http/frame_stream.hpp"

namespace costage::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kHandshakeTimeout{15};
constexpr std::uint16_t kTryAgainLater = 1013, kGoingAway = 1001, kAbnormal = 1006, kNoStatus = 1005;
constexpr std::size_t kMaxReason = 123;  // bytes, RFC 6455 section 5.5

// Reads, control frames and the closing handshake are Beast's. Messages are made elsewhere and go past it, unless they
// may be compressed: then Beast writes them, one at a time.
class WebSocketConnection final : public WebSocket,
                                  public Stoppable,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(std::shared_ptr<Server::Impl> server, beast::tcp_stream stream, Accept accept)
      : server_(std::move(server)),
        limits_(accept.limits),
        on_open_(std::move(accept.on_open)),
        sending_(std::make_shared<SendQueue>(server_->pace(), stream.release_socket())),
        stream_(sending_),
        next_ping_(server_->loop()),
        deadline_(server_->loop()) {
    server_->add(this);
  }
  ~WebSocketConnection() override { server_->remove(this); }

  asio::awaitable<void> run(std::unique_ptr<UpgradeRequest> request) {
    const auto self = shared_from_this();
    configure();
    const auto [error] = co_await stream_.async_accept(*request, kAwait);
    if (error) co_return;
    request.reset();  // most connections live long
    events_ = std::exchange(on_open_, nullptr)(self);
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      if (kind == websocket::frame_type::pong && events_.on_pong && state_ == State::open) events_.on_pong();
    });
    ping_later();
    co_await read_messages();
    end();
  }

  static void report(std::exception_ptr error) {
    if (error) spdlog::error("a WebSocket ended by an exception");
  }

  void send_text(std::string message) override { send_shared(Frame::text(message)); }
  void send_binary(std::string message) override { send_shared(Frame::binary(message)); }
  void send_shared(SharedFrame frame) override { send(std::move(frame), &SendQueue::push_now); }
  void send_paced(SharedFrame frame) override { send(std::move(frame), &SendQueue::push); }

  void close(std::uint16_t code, std::string reason) override {
    if (state_ != State::open) return;
    state_ = State::closing;
    close_code_ = code;
    reason.resize(std::min(reason.size(), kMaxReason));
    reason_ = std::move(reason);
    next_ping_.cancel();
    deadline_.expires_after(kCloseTimeout);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->sending_->close();
    });
    if (!compressing_) say_close();
  }

  void stop() override { close(kGoingAway, "The server stops."); }
  [[nodiscard]] std::size_t queued_bytes() const override { return sending_->waiting() + to_compress_bytes_; }
  [[nodiscard]] bool congested() const override { return queued_bytes() > limits_.queue_soft; }
  [[nodiscard]] std::uint16_t close_code() const override { return close_code_; }

 private:
  enum class State { open, closing, closed };

  void configure() {
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

  void send(SharedFrame frame, void (SendQueue::*push)(SharedFrame)) {
    if (!admits(*frame)) return;
    if (limits_.deflate) return compress(std::move(frame));
    (*sending_.*push)(std::move(frame));
    if (congested()) watch_drain();
  }

  // False: nothing more is sent, from now on if this frame is the one too many. Beast answers the peer's close frame by
  // itself; no message may follow that answer.
  bool admits(const Frame& frame) {
    if (state_ != State::open || !stream_.is_open()) return false;
    if (queued_bytes() + SendQueue::cost(frame) <= limits_.queue_hard) return true;
    spdlog::warn("a WebSocket was closed: its peer reads too slowly");
    to_compress_.clear();
    to_compress_bytes_ = 0;
    sending_->forget();
    close(kTryAgainLater, "Too much was waiting to be read.");
    return false;
  }

  void watch_drain() {
    if (!events_.on_drained || std::exchange(watches_drain_, true)) return;
    sending_->when_empty([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->watches_drain_ = false;
      if (self->state_ == State::open) self->events_.on_drained();
    });
  }

  asio::awaitable<void> read_messages() {
    beast::flat_buffer buffer;
    while (true) {
      const auto [error, size] = co_await stream_.async_read(buffer, kAwait);
      if (error) {
        note_end(error);
        co_return;
      }
      const auto data = buffer.cdata();
      if (state_ == State::open && events_.on_message)
        events_.on_message({static_cast<const char*>(data.data()), data.size()}, stream_.got_binary());
      buffer.consume(buffer.size());
      if (buffer.capacity() > kKeptRead) buffer.shrink_to_fit();
    }
  }

  // The code is the peer's, unless we closed first.
  void note_end(const error_code& error) {
    if (state_ != State::open) return;
    const auto code = static_cast<std::uint16_t>(stream_.reason().code);
    close_code_ = error == websocket::error::closed ? (code == 0 ? kNoStatus : code) : kAbnormal;
  }

  void ping_later() {
    next_ping_.expires_after(limits_.ping_every);
    next_ping_.async_wait([weak = weak_from_this()](error_code error) {
      const auto self = weak.lock();
      if (!error && self && self->state_ == State::open) self->ping();
    });
  }
  void ping() {
    stream_.async_ping({}, [self = shared_from_this()](error_code error) {
      if (!error && self->state_ == State::open) self->ping_later();
    });
  }

  void say_close() {
    stream_.async_close({static_cast<websocket::close_code>(close_code_), reason_},
                        [self = shared_from_this()](error_code) {});
  }

  void compress(SharedFrame frame) {
    to_compress_bytes_ += SendQueue::cost(*frame);
    to_compress_.push_back(std::move(frame));
    if (std::exchange(compressing_, true)) return;
    asio::co_spawn(server_->loop(), [self = shared_from_this()] { return self->write_compressed(); }, report);
  }

  asio::awaitable<void> write_compressed() {
    error_code error;
    while (!error && !to_compress_.empty()) {
      const SharedFrame frame = std::move(to_compress_.front());
      to_compress_.pop_front();
      to_compress_bytes_ -= SendQueue::cost(*frame);
      const std::string_view message = frame->message();
      stream_.binary(frame->is_binary());
      const auto [failed, size] = co_await stream_.async_write(asio::buffer(message), kAwait);
      error = failed;
    }
    compressing_ = false;
    if (state_ == State::closing) say_close();
  }

  void end() {
    state_ = State::closed;
    sending_->close();
    next_ping_.cancel();
    deadline_.cancel();
    const WebSocketEvents events = std::exchange(events_, {});
    if (events.on_closed) events.on_closed();
  }

  static constexpr std::size_t kKeptRead = 4096;  // bytes

  std::shared_ptr<Server::Impl> server_;
  WebSocketLimits limits_;
  std::function<WebSocketEvents(std::shared_ptr<WebSocket>)> on_open_;
  std::shared_ptr<SendQueue> sending_;
  websocket::stream<FrameStream> stream_;
  asio::steady_timer next_ping_;
  asio::steady_timer deadline_;
  WebSocketEvents events_;
  std::list<SharedFrame> to_compress_;  // mostly empty, and then costs nothing
  std::size_t to_compress_bytes_ = 0;
  State state_ = State::open;
  bool compressing_ = false;
  bool watches_drain_ = false;
  std::uint16_t close_code_ = kAbnormal;
  std::string reason_;
};

}  // namespace

void run_web_socket(std::shared_ptr<Server::Impl> server, beast::tcp_stream stream, const UpgradeRequest& request,
                    Accept accept) {
  auto& loop = server->loop();
  auto connection = std::make_shared<WebSocketConnection>(std::move(server), std::move(stream), std::move(accept));
  auto kept = std::make_unique<UpgradeRequest>(request);
  asio::co_spawn(
      loop, [connection, kept = std::move(kept)]() mutable { return connection->run(std::move(kept)); },
      &WebSocketConnection::report);
}

}  // namespace costage::http
