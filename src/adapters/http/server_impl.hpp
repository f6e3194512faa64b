// What the connections of a Server share. Control loop only.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <set>

#include "adapters/http/gateways.hpp"
#include "adapters/http/router.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/static_files.hpp"

namespace costage::http {

class RemoteSocket;

// A connection as the server sees it when it stops.
class Stoppable {
 public:
  virtual ~Stoppable() = default;
  virtual void stop() = 0;
};

struct Files {
  StaticFiles files;
  Headers headers;  // go with each of them
};

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
 public:
  Impl(asio::io_context& loop, Limits limits, std::size_t gateway_threads)
      : loop_(loop), limits_(limits), gateways_(loop, gateway_threads), acceptor_(loop) {}
  ~Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] Result<std::uint16_t, std::string> listen(const std::string& address, std::uint16_t port);
  void stop(std::function<void()> on_stopped);
  // The server goes: no socket is left, and no thread.
  void shut_down();

  void add(Stoppable* connection) { connections_.insert(connection); }
  void remove(Stoppable* connection);
  void add(std::shared_ptr<RemoteSocket> socket) { sockets_.insert(std::move(socket)); }
  void remove(const std::shared_ptr<RemoteSocket>& socket);

  [[nodiscard]] asio::io_context& loop() const { return loop_; }
  [[nodiscard]] const Gateways& gateways() const { return gateways_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] const Router& router() const { return router_; }
  [[nodiscard]] Router& router() { return router_; }
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] bool full() const { return connections() >= limits_.max_connections; }
  [[nodiscard]] std::size_t connections() const { return connections_.size() + sockets_.size(); }
  [[nodiscard]] bool is_cross_origin(std::string_view path) const;
  [[nodiscard]] Response error(unsigned status, std::string_view sentence) const {
    return error_body_(status, sentence);
  }

  std::vector<std::string> cross_origin_prefixes_;
  std::optional<Files> files_;
  std::map<std::string, Files, std::less<>> sites_;  // by the first segment of their paths
  std::function<Response(unsigned, std::string_view)> error_body_ = [](unsigned status, std::string_view sentence) {
    return Response{.status = status, .content_type = "text/plain; charset=utf-8", .body = std::string{sentence}};
  };

 private:
  asio::awaitable<void> accept_connections();
  void end_if_empty();

  asio::io_context& loop_;
  Limits limits_;
  Gateways gateways_;
  Router router_;
  asio::ip::tcp::acceptor acceptor_;
  std::set<Stoppable*> connections_;
  std::set<std::shared_ptr<RemoteSocket>> sockets_;
  std::function<void()> on_stopped_;
  bool stopping_ = false;
};

}  // namespace costage::http
