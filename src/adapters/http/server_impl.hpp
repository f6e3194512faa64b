// What the connections of a Server share. Control loop only.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <set>

#include "adapters/http/pace.hpp"
#include "adapters/http/router.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/static_files.hpp"

namespace costage::http {

// A connection as the server sees it when it stops.
class Stoppable {
 public:
  virtual ~Stoppable() = default;
  virtual void stop() = 0;
};

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
 public:
  Impl(asio::io_context& loop, Limits limits) : loop_(loop), limits_(limits), acceptor_(loop) {}
  ~Impl() { pace_->stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] Result<std::uint16_t, std::string> listen(const std::string& address, std::uint16_t port);
  void stop(std::function<void()> on_stopped);

  void add(Stoppable* connection) { connections_.insert(connection); }
  void remove(Stoppable* connection);

  [[nodiscard]] asio::io_context& loop() const { return loop_; }
  [[nodiscard]] const std::shared_ptr<Pace>& pace() const { return pace_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] const Router& router() const { return router_; }
  [[nodiscard]] Router& router() { return router_; }
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] bool full() const { return connections_.size() >= limits_.max_connections; }
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }
  [[nodiscard]] bool is_cross_origin(std::string_view path) const;
  [[nodiscard]] Response error(unsigned status, std::string_view sentence) const {
    return error_body_(status, sentence);
  }

  std::vector<std::string> cross_origin_prefixes_;
  std::optional<StaticFiles> files_;
  Headers file_headers_;  // go with each file
  std::function<Response(unsigned, std::string_view)> error_body_ = [](unsigned status, std::string_view sentence) {
    return Response{.status = status, .content_type = "text/plain; charset=utf-8", .body = std::string{sentence}};
  };

 private:
  asio::awaitable<void> accept_connections();

  asio::io_context& loop_;
  Limits limits_;
  std::shared_ptr<Pace> pace_ = std::make_shared<Pace>(loop_);
  Router router_;
  asio::ip::tcp::acceptor acceptor_;
  std::set<Stoppable*> connections_;
  std::function<void()> on_stopped_;
  bool stopping_ = false;
};

}  // namespace costage::http
