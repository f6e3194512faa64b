#include "loadgen/signal_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

#include "livekit/models.pb.h"
#include "livekit/signal.pb.h"
#include "loadgen/token.hpp"

namespace costage::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::use_awaitable;
using asio::ip::tcp;

asio::awaitable<tcp::socket> open_socket(Endpoint server) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  const auto addresses = co_await resolver.async_resolve(server.host, server.port, use_awaitable);
  tcp::socket socket(executor);
  co_await socket.async_connect(*addresses.begin(), use_awaitable);
  socket.set_option(tcp::no_delay(true));
  co_return socket;
}

std::string join_request(const std::string& offer) {
  livekit::JoinRequest join;
  join.mutable_client_info()->set_sdk(livekit::ClientInfo::CPP);
  join.mutable_client_info()->set_protocol(17);
  join.mutable_client_info()->set_version("1");
  join.mutable_connection_settings()->set_auto_subscribe(true);
  join.mutable_publisher_offer()->set_type("offer");
  join.mutable_publisher_offer()->set_sdp(offer);
  join.mutable_publisher_offer()->set_id(1);
  livekit::WrappedJoinRequest wrapped;
  wrapped.set_join_request(join.SerializeAsString());
  return wrapped.SerializeAsString();
}

}  // namespace

class SignalClient::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& io, Events events) : io_(io), events_(std::move(events)) {}

  void start(Endpoint server, std::string target) {
    auto work = [self = shared_from_this(), server = std::move(server), target = std::move(target)] {
      return self->run(server, target);
    };
    asio::co_spawn(io_, std::move(work), [self = shared_from_this()](std::exception_ptr error) { self->ended(error); });
  }

  void send(std::string message) {
    outbox_.push_back(std::move(message));
    if (outbox_.size() == 1 && open_) spawn_writer();
  }

  void close() {
    closing_ = true;
    if (open_ && outbox_.empty()) spawn_writer();
  }

  void forget_owner() { events_ = {}; }

 private:
  asio::awaitable<void> run(Endpoint server, std::string target) {
    socket_.emplace(co_await open_socket(server));
    socket_->binary(true);
    co_await socket_->async_handshake(server.host + ":" + server.port, target, use_awaitable);
    open_ = true;
    if (!outbox_.empty() || closing_) spawn_writer();
    for (beast::flat_buffer buffer;; buffer.clear()) {
      co_await socket_->async_read(buffer, use_awaitable);
      livekit::SignalResponse message;
      const auto data = buffer.data();
      if (message.ParseFromArray(data.data(), static_cast<int>(data.size())) && events_.on_message)
        events_.on_message(message);
    }
  }

  void spawn_writer() {
    asio::co_spawn(io_, [self = shared_from_this()] { return self->write(); }, asio::detached);
  }

  asio::awaitable<void> write() {
    while (!outbox_.empty()) {
      co_await socket_->async_write(asio::buffer(outbox_.front()), use_awaitable);
      outbox_.pop_front();
    }
    if (closing_) co_await socket_->async_close(beast::websocket::close_code::normal, use_awaitable);
  }

  void ended(std::exception_ptr error) {
    open_ = false;
    std::string why = "closed";
    try {
      if (error) std::rethrow_exception(error);
    } catch (const std::exception& e) {
      why = e.what();
    }
    if (events_.on_closed) events_.on_closed(why);
  }

  asio::io_context& io_;
  Events events_;
  std::optional<beast::websocket::stream<tcp::socket>> socket_;
  std::deque<std::string> outbox_;
  bool open_ = false;
  bool closing_ = false;
};

SignalClient::SignalClient(asio::io_context& io, Events events)
    : impl_(std::make_shared<Impl>(io, std::move(events))) {}
SignalClient::~SignalClient() { impl_->forget_owner(); }
void SignalClient::connect(const Endpoint& server, const std::string& token) {
  impl_->start(server, "/rtc?auto_subscribe=1&sdk=cpp&protocol=16&version=1&access_token=" + token);
}

void SignalClient::connect_single(const Endpoint& server, const std::string& token, const std::string& offer) {
  std::string request = base64url(as_bytes(join_request(offer)));
  request.append((4 - request.size() % 4) % 4, '=');  // LiveKit refuses what is not padded
  impl_->start(server, "/rtc/v1?access_token=" + token + "&join_request=" + request);
}

void SignalClient::send(const livekit::SignalRequest& request) { impl_->send(request.SerializeAsString()); }
void SignalClient::close() { impl_->close(); }

asio::awaitable<unsigned> room_service(Endpoint server, std::string token, std::string method, std::string json) {
  tcp::socket socket = co_await open_socket(server);
  namespace http = beast::http;
  http::request<http::string_body> request(http::verb::post, "/twirp/livekit.RoomService/" + method, 11);
  request.set(http::field::host, server.host);
  request.set(http::field::authorization, "Bearer " + token);
  request.set(http::field::content_type, "application/json");
  request.body() = std::move(json);
  request.prepare_payload();
  co_await http::async_write(socket, request, use_awaitable);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  co_await http::async_read(socket, buffer, response, use_awaitable);
  co_return response.result_int();
}

}  // namespace costage::bench
