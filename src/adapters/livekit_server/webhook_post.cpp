#include "adapters/livekit_server/webhook_post.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <utility>

namespace costage::livekit_server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kTimeout{5};  // of an attempt, after the name is resolved

}  // namespace

WebhookPost::WebhookPost(asio::io_context& loop, const boost::urls::url_view& url)
    : loop_(loop),
      tls_(url.scheme() == "https"),
      host_(url.host()),
      port_(url.has_port() ? std::string{url.port()}
            : tls_         ? "443"
                           : "80"),
      authority_(std::string{url.encoded_host_and_port()}),
      path_(url.encoded_target().empty() ? "/" : std::string{url.encoded_target()}),
      name_(std::string{url.scheme()} + "://" + authority_ + std::string{url.encoded_path()}) {
  boost::system::error_code ignored;  // without certificates no server is trusted, which each attempt says
  tls_context_.set_default_verify_paths(ignored);
  tls_context_.set_verify_mode(asio::ssl::verify_peer);
}

asio::awaitable<std::string> WebhookPost::post(std::string body, std::string signature) {
  asio::ip::tcp::resolver resolver{loop_};
  const auto [error, addresses] = co_await resolver.async_resolve(host_, port_, kAwait);
  if (error) co_return error.message();
  // No ?: around co_await: g++ 12 frees its string twice.
  if (tls_) co_return co_await post_tls(addresses, std::move(body), std::move(signature));
  co_return co_await post_plain(addresses, std::move(body), std::move(signature));
}

asio::awaitable<std::string> WebhookPost::post_plain(const Addresses& addresses, std::string body,
                                                     std::string signature) {
  beast::tcp_stream stream{loop_};
  stream.expires_after(kTimeout);
  const auto [error, endpoint] = co_await stream.async_connect(addresses, kAwait);
  if (error) co_return error.message();
  co_return co_await exchange(stream, std::move(body), std::move(signature));
}

asio::awaitable<std::string> WebhookPost::post_tls(const Addresses& addresses, std::string body,
                                                   std::string signature) {
  beast::ssl_stream<beast::tcp_stream> stream{loop_, tls_context_};
  stream.next_layer().expires_after(kTimeout);
  const auto [error, endpoint] = co_await stream.next_layer().async_connect(addresses, kAwait);
  if (error) co_return error.message();
  SSL_set_tlsext_host_name(stream.native_handle(), host_.c_str());
  stream.set_verify_callback(asio::ssl::host_name_verification{host_});
  const auto [handshake_error] = co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait);
  if (handshake_error) co_return handshake_error.message();
  co_return co_await exchange(stream, std::move(body), std::move(signature));
}

template <class Stream>
asio::awaitable<std::string> WebhookPost::exchange(Stream& stream, std::string body, std::string signature) {
  bhttp::request<bhttp::string_body> request{bhttp::verb::post, path_, 11};
  request.set(bhttp::field::host, authority_);
  request.set(bhttp::field::content_type, "application/webhook+json");
  request.set(bhttp::field::authorization, signature);
  request.keep_alive(false);
  request.body() = std::move(body);
  request.prepare_payload();
  const auto [write_error, written] = co_await bhttp::async_write(stream, request, kAwait);
  if (write_error) co_return write_error.message();
  beast::flat_buffer buffer;
  bhttp::response<bhttp::string_body> response;
  const auto [read_error, read] = co_await bhttp::async_read(stream, buffer, response, kAwait);
  if (read_error) co_return read_error.message();
  if (response.result_int() / 100 == 2) co_return std::string{};
  co_return "it answered " + std::to_string(response.result_int());
}

}  // namespace costage::livekit_server
