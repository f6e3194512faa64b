#include "adapters/http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http/connection.hpp"
#include "adapters/http/remote_socket.hpp"
#include "adapters/http/server_impl.hpp"

namespace costage::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint16_t kGoingAway = 1001;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

std::string why_not(const error_code& error, const std::string& address, std::uint16_t port) {
  if (error == asio::error::address_in_use)
    return fmt::format("Port {} on {} is in use by another program.", port, address);
  if (error == asio::error::access_denied) return fmt::format("This user may not open port {} on {}.", port, address);
  if (error.value() == EADDRNOTAVAIL) return fmt::format("This machine has no address {}.", address);
  return fmt::format("Cannot listen on port {} on {}: {}.", port, address, error.message());
}

std::string_view found(const std::map<std::string, std::string, std::less<>>& map, std::string_view name) {
  const auto at = map.find(name);
  return at == map.end() ? std::string_view{} : at->second;
}

}  // namespace

std::string_view Request::header(std::string_view name) const { return found(headers, name); }

std::string_view Request::bearer() const {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view value = header("authorization");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string_view{};
}

std::string_view Request::access_token() const {
  const std::string_view token = bearer();
  return token.empty() ? query_value("access_token").value_or("") : token;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto at = query.find(name);
  if (at == query.end()) return {};
  return at->second;
}

Result<std::uint16_t, std::string> Server::Impl::listen(const std::string& address, std::uint16_t port) {
  error_code error;
  const auto ip = asio::ip::make_address(address, error);
  if (error) return fail(fmt::format("\"{}\" is not an IP address to listen on.", address));
  const tcp::endpoint endpoint{ip, port};
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    error_code ignored;
    acceptor_.close(ignored);
    return fail(why_not(error, address, port));
  }
  asio::co_spawn(loop_, [self = shared_from_this()] { return self->accept_connections(); }, asio::detached);
  return acceptor_.local_endpoint().port();
}

asio::awaitable<void> Server::Impl::accept_connections() {
  const auto keep_alive = shared_from_this();
  asio::steady_timer pause{loop_};
  while (acceptor_.is_open()) {
    auto [error, socket] = co_await acceptor_.async_accept(kAwait);
    if (error == asio::error::operation_aborted) break;
    if (error) {  // out of file descriptors, usually: give others the time to end
      pause.expires_after(std::chrono::milliseconds{100});
      co_await pause.async_wait(kAwait);
      continue;
    }
    serve_connection(keep_alive, std::move(socket));
  }
}

void Server::Impl::remove(Stoppable* connection) {
  connections_.erase(connection);
  end_if_empty();
}

void Server::Impl::remove(const std::shared_ptr<RemoteSocket>& socket) {
  sockets_.erase(socket);
  end_if_empty();
}

void Server::Impl::end_if_empty() {
  if (stopping_ && connections() == 0 && on_stopped_) asio::post(loop_, std::exchange(on_stopped_, nullptr));
}

void Server::Impl::stop(std::function<void()> on_stopped) {
  stopping_ = true;
  on_stopped_ = std::move(on_stopped);
  error_code ignored;
  acceptor_.close(ignored);
  const auto open = connections_;
  for (Stoppable* connection : open)
    if (connections_.contains(connection)) connection->stop();
  for (const auto& socket : sockets_) socket->close(kGoingAway, "The server stops.");
  end_if_empty();
}

void Server::Impl::shut_down() {
  stop({});
  gateways_.stop();
  for (const auto& socket : std::exchange(sockets_, {})) socket->detach();
}

bool Server::Impl::is_cross_origin(std::string_view path) const {
  for (const std::string& prefix : cross_origin_prefixes_)
    if (path.starts_with(prefix)) return true;
  return false;
}

Server::Server(asio::io_context& loop, Limits limits, std::size_t gateway_threads)
    : impl_(std::make_shared<Impl>(loop, limits, gateway_threads)) {}
Server::~Server() { impl_->shut_down(); }

void Server::route(std::string method, std::string pattern, Handler handler) {
  impl_->router().route(std::move(method), pattern, std::move(handler));
}
void Server::upgrade(std::string pattern, UpgradeHandler handler) {
  impl_->router().upgrade(pattern, std::move(handler));
}
std::string Server::serve_files(const std::string& directory, Headers headers) {
  auto files = StaticFiles::load(directory);
  if (!files) return files.error();
  impl_->files_ = Files{std::move(*files), std::move(headers)};
  return {};
}
std::string Server::serve_site(std::string name, const std::string& directory, Headers headers) {
  auto files = StaticFiles::load(directory, StaticFiles::Kind::kSite);
  if (!files) return files.error();
  impl_->sites_.insert_or_assign(std::move(name), Files{std::move(*files), std::move(headers)});
  return {};
}
void Server::allow_any_origin(std::string path_prefix) {
  impl_->cross_origin_prefixes_.push_back(std::move(path_prefix));
}
void Server::set_error_body(std::function<Response(unsigned, std::string_view)> make) {
  impl_->error_body_ = std::move(make);
}
std::vector<std::string> Server::routes() const { return impl_->router().routes(); }
Result<std::uint16_t, std::string> Server::listen(const std::string& address, std::uint16_t port) {
  return impl_->listen(address, port);
}
void Server::stop(std::function<void()> on_stopped) { impl_->stop(std::move(on_stopped)); }
std::size_t Server::connections() const { return impl_->connections(); }

}  // namespace costage::http
