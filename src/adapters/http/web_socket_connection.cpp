#include "adapters/http/web_socket_connection.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

namespace costage::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kHandshakeTimeout{15};
constexpr std::uint16_t kTryAgainLater = 1013, kGoingAway = 1001, kAbnormal = 1006, kNoStatus = 1005;
constexpr std::size_t kMaxReason = 123;       // bytes, RFC 6455 section 5.5
constexpr std::size_t kMessageOverhead = 64;  // bytes counted for a queued message besides its text

struct Message {
  std::shared_ptr<const std::string> data;
  bool binary = false;
  [[nodiscard]] std::size_t cost() const { return data->size() + kMessageOverhead; }
};

class WebSocketConnection final : public WebSocket,
                                  public Stoppable,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(std::shared_ptr<Server::Impl> server, beast::tcp_stream stream, Accept accept)
      : server_(std::move(server)),
        accept_(std::move(accept)),
        stream_(std::move(stream)),
        wake_(server_->loop()),
        deadline_(server_->loop()) {
    server_->add(this);
  }
  ~WebSocketConnection() override { server_->remove(this); }

  asio::awaitable<void> run(UpgradeRequest request) {
    const auto self = shared_from_this();
    configure();
    const auto [error] = co_await stream_.async_accept(request, kAwait);
    if (error) co_return;
    events_ = accept_.on_open(self);
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      if (kind == websocket::frame_type::pong && events_.on_pong && state_ == State::open) events_.on_pong();
    });
    asio::co_spawn(server_->loop(), [self] { return self->write_messages(); }, report);
    co_await read_messages();
    end();
  }

  static void report(std::exception_ptr error) {
    if (error) spdlog::error("a WebSocket ended by an exception");
  }

  void send_text(std::string message) override {
    enqueue({std::make_shared<const std::string>(std::move(message)), false});
  }
  void send_binary(std::string message) override {
    enqueue({std::make_shared<const std::string>(std::move(message)), true});
  }
  void send_shared(std::shared_ptr<const std::string> message, bool binary) override {
    enqueue({std::move(message), binary});
  }

  void close(std::uint16_t code, std::string reason) override {
    if (state_ != State::open) return;
    state_ = State::closing;
    close_code_ = code;
    reason.resize(std::min(reason.size(), kMaxReason));
    reason_ = std::move(reason);
    wake_.cancel();
    deadline_.expires_after(kCloseTimeout);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->drop();
    });
  }

  void stop() override { close(kGoingAway, "The server stops."); }
  [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }
  [[nodiscard]] bool congested() const override { return queued_bytes_ > accept_.limits.queue_soft; }
  [[nodiscard]] std::uint16_t close_code() const override { return close_code_; }

 private:
  enum class State { open, closing, closed };

  void configure() {
    stream_.set_option(websocket::stream_base::timeout{kHandshakeTimeout, accept_.limits.idle_timeout, false});
    stream_.read_message_max(accept_.limits.max_message);
    stream_.auto_fragment(false);
    if (!accept_.limits.deflate) return;
    websocket::permessage_deflate deflate;
    deflate.server_enable = true;
    deflate.server_no_context_takeover = deflate.client_no_context_takeover = true;
    deflate.server_max_window_bits = deflate.client_max_window_bits = kDeflateWindowBits;
    deflate.msg_size_threshold = kDeflateFrom;
    stream_.set_option(deflate);
  }

  void enqueue(Message message) {
    if (state_ != State::open) return;
    if (queued_bytes_ + message.cost() > accept_.limits.queue_hard) {
      for (const Message& lost : queue_) queued_bytes_ -= lost.cost();
      queue_.clear();
      spdlog::warn("a WebSocket was closed: its peer reads too slowly");
      close(kTryAgainLater, "Too much was waiting to be read.");
      return;
    }
    queued_bytes_ += message.cost();
    queue_.push_back(std::move(message));
    wake_.cancel();
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
    }
  }

  // The code is the peer's, unless we closed first.
  void note_end(const error_code& error) {
    if (state_ != State::open) return;
    const auto code = static_cast<std::uint16_t>(stream_.reason().code);
    close_code_ = error == websocket::error::closed ? (code == 0 ? kNoStatus : code) : kAbnormal;
  }

  // Sends one message at a time; sleeps until there is one, or until a ping is due.
  asio::awaitable<void> write_messages() {
    wake_.expires_after(accept_.limits.ping_every);
    while (state_ != State::closed) {
      if (!queue_.empty()) {
        if (!co_await write_one()) co_return;
      } else if (state_ == State::closing) {
        co_await stream_.async_close({static_cast<websocket::close_code>(close_code_), reason_}, kAwait);
        co_return;
      } else {
        wake_.expires_at(wake_.expiry());  // again, as it was: the next ping is due then
        const auto [interrupted] = co_await wake_.async_wait(kAwait);
        if (interrupted || state_ != State::open) continue;
        const auto [error] = co_await stream_.async_ping({}, kAwait);
        if (error) co_return;
        wake_.expires_after(accept_.limits.ping_every);
      }
    }
  }

  asio::awaitable<bool> write_one() {
    const Message message = std::move(queue_.front());
    queue_.pop_front();
    stream_.binary(message.binary);
    const auto [error, size] = co_await stream_.async_write(asio::buffer(*message.data), kAwait);
    queued_bytes_ -= message.cost();
    co_return !error;
  }

  void drop() {
    error_code ignored;
    beast::get_lowest_layer(stream_).socket().close(ignored);
  }

  void end() {
    state_ = State::closed;
    drop();
    wake_.cancel();
    deadline_.cancel();
    const WebSocketEvents events = std::exchange(events_, {});
    if (events.on_closed) events.on_closed();
  }

  std::shared_ptr<Server::Impl> server_;
  Accept accept_;
  websocket::stream<beast::tcp_stream> stream_;
  asio::steady_timer wake_;
  asio::steady_timer deadline_;
  WebSocketEvents events_;
  std::deque<Message> queue_;
  std::size_t queued_bytes_ = 0;  // with the message being written
  State state_ = State::open;
  std::uint16_t close_code_ = kAbnormal;
  std::string reason_;
};

}  // namespace

void run_web_socket(std::shared_ptr<Server::Impl> server, beast::tcp_stream stream, const UpgradeRequest& request,
                    Accept accept) {
  auto& loop = server->loop();
  auto connection = std::make_shared<WebSocketConnection>(std::move(server), std::move(stream), std::move(accept));
  asio::co_spawn(loop, [connection, request] { return connection->run(request); }, &WebSocketConnection::report);
}

}  // namespace costage::http
