// Requests to one server, over http:// or https://, a connection each. Certificates are checked against the system's.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/url/url_view.hpp>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace costage::http_client {

struct Post {
  std::string path;  // below that of the URL: "/twirp/livekit.RoomService/ListRooms"; may be empty
  std::string content_type;
  std::string authorization;  // value of the header
  std::string body;
};

struct Answer {
  unsigned status = 0;
  std::string body;
  std::string date;  // value of the header: what the server's clock says
};

struct Limits {
  std::chrono::milliseconds timeout{5'000};  // of connecting, writing and reading together, after the name is resolved
  std::uint64_t max_body = 1024 * 1024;      // bytes of an answer
};

class HttpClient {
 public:
  HttpClient(boost::asio::io_context& loop, const boost::urls::url_view& url, Limits limits = {});

  // Whatever was answered, or one phrase why nothing was: "Connection refused".
  [[nodiscard]] boost::asio::awaitable<Result<Answer, std::string>> post(Post request);
  // The URL without its query, which may hold a secret.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  using Addresses = boost::asio::ip::tcp::resolver::results_type;
  using Outcome = Result<Answer, std::string>;
  boost::asio::awaitable<Outcome> post_plain(const Addresses& addresses, Post request);
  boost::asio::awaitable<Outcome> post_tls(const Addresses& addresses, Post request);
  template <class Stream>
  boost::asio::awaitable<Outcome> exchange(Stream& stream, Post request);

  boost::asio::io_context& loop_;
  Limits limits_;
  bool tls_;
  boost::asio::ssl::context tls_context_{boost::asio::ssl::context::tls_client};
  std::string host_, port_, authority_, path_, name_;
};

}  // namespace costage::http_client
