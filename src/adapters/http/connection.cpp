#include "adapters/http/connection.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "adapters/http/dispatch.hpp"
#include "adapters/http/web_socket_connection.hpp"
#include "base/text.hpp"

namespace costage::http {
namespace {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kWriteTimeout{30};
constexpr std::size_t kReadAtOnce = 16 * 1024;  // bytes
constexpr std::size_t kMaxQueryParameters = 100;
constexpr std::size_t kMaxDiscarded = 4 * 1024 * 1024;

using Parser = bhttp::request_parser<bhttp::string_body>;

struct Refusal {
  unsigned status = 0;  // 0: the connection is gone, nobody is there to be answered
  std::string sentence;
};
// g++ 12 destroys an aggregate twice that is made inside a co_await expression, so refusals are made in plain
// functions.

Refusal refusal_of(const error_code& error, const Limits& limits) {
  if (error == bhttp::error::header_limit)
    return {431, fmt::format("The request's header is larger than {} bytes.", limits.max_header)};
  if (error == bhttp::error::body_limit)
    return {413, fmt::format("The request's body is larger than {} bytes.", limits.max_body)};
  const bool is_protocol_error = error.category() == make_error_code(bhttp::error::bad_method).category();
  if (!is_protocol_error || error == bhttp::error::end_of_stream || error == bhttp::error::partial_message) return {};
  return {400, "The request is not well-formed HTTP: " + error.message() + '.'};
}

// What is well-formed HTTP and still no request that can be served.
Refusal problem_with(const Parser::value_type& message, const std::optional<Target>& target) {
  if (message.version() >= 11 && !message.count(bhttp::field::host)) return {400, "The request has no Host header."};
  if (!target) return {400, "The request's target is not a well-formed URL path."};
  if (target->query_list.size() > kMaxQueryParameters) return {400, "The request has too many query parameters."};
  return {};
}

// RFC 9112 section 5.2: programs differ in how they read a folded line, so none is taken. The parser would join it.
bool has_folded_line(std::string_view header) {
  return header.find("\r\n ") != std::string_view::npos || header.find("\r\n\t") != std::string_view::npos;
}

// RFC 9112 section 6.1: where a body ends whose coding we do not know, nobody can say; its bytes must not pass for the
// next request.
Refusal problem_with_coding(const Parser::value_type& message) {
  if (!message.count(bhttp::field::transfer_encoding)) return {};
  if (message.version() < 11 || message.count(bhttp::field::content_length))
    return {400, "Transfer-Encoding stands beside Content-Length, or in HTTP/1.0."};
  if (equals_ignoring_case(message[bhttp::field::transfer_encoding], "chunked")) return {};
  return {501, "The only Transfer-Encoding known here is chunked."};
}

Request to_request(Parser::value_type&& message, std::string remote) {
  Request request;
  request.method = std::string{message.method_string()};
  request.remote = std::move(remote);
  for (const auto& field : message) {
    std::string name{field.name_string()};
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string& value = request.headers[name];
    if (!value.empty()) value += ", ";
    value += field.value();
  }
  request.body = std::move(message.body());
  return request;
}

class Connection final : public Stoppable, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Server::Impl> server, tcp::socket socket)
      : server_(std::move(server)), stream_(std::move(socket)) {
    error_code error;
    const auto peer = stream_.socket().remote_endpoint(error);
    remote_ = error ? "" : peer.address().to_string();
    stream_.socket().set_option(tcp::no_delay(true), error);
    server_->add(this);
  }
  ~Connection() override { server_->remove(this); }

  asio::awaitable<void> run() {
    const auto self = shared_from_this();
    while (co_await wait_for_request()) {
      if (!co_await serve_one()) break;
    }
  }

  void stop() override {
    if (idle_) stream_.cancel();
  }

 private:
  // False: none will come.
  asio::awaitable<bool> wait_for_request() {
    if (server_->stopping()) co_return false;
    if (buffer_.size() > 0) co_return true;
    idle_ = true;
    stream_.expires_after(served_any_ ? server_->limits().keep_alive : server_->limits().read_timeout);
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(kReadAtOnce), kAwait);
    idle_ = false;
    buffer_.commit(size);
    co_return !error;
  }

  // False: the connection ends after this request.
  asio::awaitable<bool> serve_one() {
    served_any_ = true;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(server_->limits().max_header));
    parser.body_limit(server_->limits().max_body);
    const error_code error = co_await read_message(parser);
    if (refusal_.status != 0) co_return co_await refuse(std::move(refusal_));
    if (error) co_return co_await refuse(refusal_of(error, server_->limits()));
    const auto& message = parser.get();
    std::optional<Target> target = message.target() == "*" ? Target{} : parse_target(message.target());
    Refusal problem = problem_with(message, target);
    if (problem.status != 0) co_return co_await refuse(std::move(problem));
    if (beast::websocket::is_upgrade(message)) co_return co_await serve_upgrade(parser, std::move(*target));
    co_return co_await serve_request(parser, std::move(*target));
  }

  // What is refused for a reason of ours, and not for the parser's, stands in refusal_.
  asio::awaitable<error_code> read_message(Parser& parser) {
    stream_.expires_after(server_->limits().read_timeout);
    const error_code error = co_await await_header();
    if (error || refusal_.status != 0) co_return error;
    const auto [header_error, header_size] = co_await bhttp::async_read_header(stream_, buffer_, parser, kAwait);
    if (header_error) co_return header_error;
    refusal_ = problem_with_coding(parser.get());
    if (refusal_.status != 0) co_return error_code{};
    stream_.expires_after(server_->limits().read_timeout);
    if (equals_ignoring_case(parser.get()[bhttp::field::expect], "100-continue") && !parser.is_done()) {
      bhttp::response<bhttp::empty_body> go_on{bhttp::status::continue_, parser.get().version()};
      const auto [error, size] = co_await bhttp::async_write(stream_, go_on, kAwait);
      if (error) co_return error;
    }
    const auto [body_error, body_size] = co_await bhttp::async_read(stream_, buffer_, parser, kAwait);
    co_return body_error;
  }

  // Reads until the header has ended or is longer than the parser will take.
  asio::awaitable<error_code> await_header() {
    constexpr std::string_view kEnd = "\r\n\r\n";
    for (std::size_t searched = 0;;) {
      const auto end = buffered().find(kEnd, searched);
      if (has_folded_line(buffered().substr(0, end))) refusal_ = Refusal{400, "A header line is folded."};
      if (end != std::string_view::npos || buffer_.size() > server_->limits().max_header) co_return error_code{};
      searched = buffer_.size() - std::min(buffer_.size(), kEnd.size() - 1);
      const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(kReadAtOnce), kAwait);
      if (error) co_return error;
      buffer_.commit(size);
    }
  }
  [[nodiscard]] std::string_view buffered() const {
    return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
  }

  asio::awaitable<bool> serve_request(Parser& parser, Target target) {
    const bool keep_alive = parser.get().keep_alive();
    const unsigned version = parser.get().version();
    Request request = to_request(parser.release(), remote_);
    const bool head = request.method == "HEAD";
    Response response = co_await dispatch(*server_, std::move(request), std::move(target));
    co_return co_await write(std::move(response), version, keep_alive, head);
  }

  asio::awaitable<bool> serve_upgrade(Parser& parser, Target target) {
    Parser::value_type message = parser.get();
    auto decision = co_await dispatch_upgrade(*server_, to_request(parser.release(), remote_), std::move(target));
    if (auto* refused = std::get_if<Response>(&decision))
      co_return co_await write(std::move(*refused), message.version(), message.keep_alive(), false);
    stream_.expires_never();
    run_web_socket(*server_, stream_.release_socket(), std::move(message), std::move(std::get<Accept>(decision)));
    co_return false;
  }

  asio::awaitable<bool> write(Response response, unsigned version, bool keep_alive, bool head) {
    bhttp::response<bhttp::string_body> out{static_cast<bhttp::status>(response.status), version};
    for (const auto& [name, value] : response.headers) out.insert(name, value);
    const bool bodyless = response.status == 204 || response.status == 304;
    if (!bodyless) {
      out.set(bhttp::field::content_type, response.content_type);
      out.content_length(response.body.size());
    }
    keep_alive = keep_alive && !server_->stopping();
    out.keep_alive(keep_alive);
    if (!head && !bodyless) out.body() = std::move(response.body);
    bhttp::response_serializer<bhttp::string_body> serializer{out};
    stream_.expires_after(kWriteTimeout);
    const auto [error, size] = co_await bhttp::async_write(stream_, serializer, kAwait);
    if (!error && !keep_alive) co_await linger();
    co_return !error && keep_alive;
  }

  asio::awaitable<bool> refuse(Refusal refusal) {
    if (refusal.status != 0)
      co_await write(server_->error(refusal.status, refusal.sentence), 11, /*keep_alive=*/false, /*head=*/false);
    co_return false;
  }

  // RFC 9112 section 9.6: closing while the peer still sends would reset the connection and lose the answer.
  asio::awaitable<void> linger() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kCloseTimeout);
    for (std::size_t discarded = 0; discarded < kMaxDiscarded;) {
      buffer_.clear();
      const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(kReadAtOnce), kAwait);
      if (error) break;
      discarded += size;
    }
  }

  std::shared_ptr<Server::Impl> server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Refusal refusal_;
  std::string remote_;
  bool idle_ = false;
  bool served_any_ = false;
};

}  // namespace

void serve_connection(std::shared_ptr<Server::Impl> server, tcp::socket socket) {
  if (server->full()) {
    spdlog::warn("connection refused: {} are open", server->connections());
    return;
  }
  auto& loop = server->loop();
  auto connection = std::make_shared<Connection>(std::move(server), std::move(socket));
  asio::co_spawn(
      loop, [connection] { return connection->run(); },
      [](std::exception_ptr error) {
        if (error) spdlog::error("a connection ended by an exception");
      });
}

}  // namespace costage::http
