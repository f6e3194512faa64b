// For tests: an HTTP and WebSocket client on the test's own loop.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <string>
#include <utility>
#include <vector>

namespace costage::http {

namespace asio = boost::asio;

class TestClient {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  struct Answer {
    unsigned status = 0;
    std::string body;
    boost::beast::http::fields headers;
    [[nodiscard]] std::string header(const std::string& name) const { return std::string{headers[name]}; }
  };

  TestClient(asio::io_context& loop, std::uint16_t port)
      : socket_(loop), endpoint_(asio::ip::make_address("127.0.0.1"), port) {}

  asio::awaitable<Answer> request(std::string method, std::string target, std::string body = {}, Headers headers = {}) {
    namespace http = boost::beast::http;
    co_await connect();
    http::request<http::string_body> request;
    request.method_string(method);
    request.target(target);
    request.set(http::field::host, "localhost");
    for (const auto& [name, value] : headers) request.set(name, value);
    request.body() = std::move(body);
    request.prepare_payload();
    co_await http::async_write(socket_, request, asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(socket_, buffer_, response, asio::use_awaitable);
    co_return Answer{response.result_int(), response.body(), response.base()};
  }

  // Everything that comes back until the server closes.
  asio::awaitable<std::string> raw_until_closed(std::string bytes) {
    co_await connect();
    co_await asio::async_write(socket_, asio::buffer(bytes), asio::use_awaitable);
    std::string answer;
    boost::system::error_code ignored;
    co_await asio::async_read(socket_, asio::dynamic_buffer(answer),
                              asio::redirect_error(asio::use_awaitable, ignored));
    co_return answer;
  }

  void close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  asio::awaitable<void> connect() {
    if (!socket_.is_open()) co_await socket_.async_connect(endpoint_, asio::use_awaitable);
  }

  asio::ip::tcp::socket socket_;
  asio::ip::tcp::endpoint endpoint_;
  boost::beast::flat_buffer buffer_;
};

class TestWebSocket {
 public:
  using Stream = boost::beast::websocket::stream<asio::ip::tcp::socket>;

  explicit TestWebSocket(asio::io_context& loop) : stream_(loop) {}

  // Returns the HTTP status of the upgrade: 101, or what refused it.
  asio::awaitable<unsigned> open(std::uint16_t port, std::string target) {
    namespace http = boost::beast::http;
    const asio::ip::tcp::endpoint endpoint{asio::ip::make_address("127.0.0.1"), port};
    co_await stream_.next_layer().async_connect(endpoint, asio::use_awaitable);
    http::response<http::string_body> response;
    boost::system::error_code error;
    co_await stream_.async_handshake(response, "localhost", target, asio::redirect_error(asio::use_awaitable, error));
    co_return response.result_int();
  }
  asio::awaitable<void> send(std::string text) {
    co_await stream_.async_write(asio::buffer(text), asio::use_awaitable);
  }
  // Empty when the connection has ended; then code() says how.
  asio::awaitable<std::string> receive() {
    boost::beast::flat_buffer buffer;
    boost::system::error_code error;
    co_await stream_.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
    co_return error ? std::string{} : boost::beast::buffers_to_string(buffer.data());
  }
  asio::awaitable<void> close() {
    boost::system::error_code error;
    co_await stream_.async_close({}, asio::redirect_error(asio::use_awaitable, error));
  }
  [[nodiscard]] unsigned code() const { return stream_.reason().code; }
  [[nodiscard]] Stream& stream() { return stream_; }

 private:
  Stream stream_;
};

}  // namespace costage::http
