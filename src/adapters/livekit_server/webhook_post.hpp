// One URL that webhooks are posted to, over http:// or https://. Certificates are checked against the system's.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/url/url_view.hpp>
#include <string>

namespace costage::livekit_server {

class WebhookPost {
 public:
  WebhookPost(boost::asio::io_context& loop, const boost::urls::url_view& url);

  // Empty: taken, the answer was 2xx. Otherwise why not.
  [[nodiscard]] boost::asio::awaitable<std::string> post(std::string body, std::string signature);
  // Without its query, which may hold a secret.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  using Addresses = boost::asio::ip::tcp::resolver::results_type;
  boost::asio::awaitable<std::string> post_plain(const Addresses& addresses, std::string body, std::string signature);
  boost::asio::awaitable<std::string> post_tls(const Addresses& addresses, std::string body, std::string signature);
  template <class Stream>
  boost::asio::awaitable<std::string> exchange(Stream& stream, std::string body, std::string signature);

  boost::asio::io_context& loop_;
  bool tls_;
  boost::asio::ssl::context tls_context_{boost::asio::ssl::context::tls_client};
  std::string host_, port_, authority_, path_, name_;
};

}  // namespace costage::livekit_server
