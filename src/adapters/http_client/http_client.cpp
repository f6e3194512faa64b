#include "adapters/http_client/http_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <utility>

namespace costage::http_client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

std::string port_of(const boost::urls::url_view& url) {
  if (url.has_port()) return std::string{url.port()};
  return url.scheme() == "https" ? "443" : "80";
}

}  // namespace

HttpClient::HttpClient(asio::io_context& loop, const boost::urls::url_view& url, Limits limits)
    : loop_(loop),
      limits_(limits),
      tls_(url.scheme() == "https"),
      host_(url.host()),
      port_(port_of(url)),
      authority_(std::string{url.encoded_host_and_port()}),
      path_(std::string{url.encoded_target()}),
      name_(std::string{url.scheme()} + "://" + authority_ + std::string{url.encoded_path()}) {
  boost::system::error_code ignored;  // without certificates no server is trusted, which each attempt says
  tls_context_.set_default_verify_paths(ignored);
  tls_context_.set_verify_mode(asio::ssl::verify_peer);
}

asio::awaitable<HttpClient::Outcome> HttpClient::post(Post request) {
  asio::ip::tcp::resolver resolver{loop_};
  const auto [error, addresses] = co_await resolver.async_resolve(host_, port_, kAwait);
  if (error) co_return fail(error.message());
  // No ?: around co_await: g++ 12 frees its string twice.
  if (tls_) co_return co_await post_tls(addresses, std::move(request));
  co_return co_await post_plain(addresses, std::move(request));
}

asio::awaitable<HttpClient::Outcome> HttpClient::post_plain(const Addresses& addresses, Post request) {
  beast::tcp_stream stream{loop_};
  stream.expires_after(limits_.timeout);
  const auto [error, endpoint] = co_await stream.async_connect(addresses, kAwait);
  if (error) co_return fail(error.message());
  co_return co_await exchange(stream, std::move(request));
}

asio::awaitable<HttpClient::Outcome> HttpClient::post_tls(const Addresses& addresses, Post request) {
  beast::ssl_stream<beast::tcp_stream> stream{loop_, tls_context_};
  stream.next_layer().expires_after(limits_.timeout);
  const auto [error, endpoint] = co_await stream.next_layer().async_connect(addresses, kAwait);
  if (error) co_return fail(error.message());
  SSL_set_tlsext_host_name(stream.native_handle(), host_.c_str());
  stream.set_verify_callback(asio::ssl::host_name_verification{host_});
  const auto [handshake_error] = co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait);
  if (handshake_error) co_return fail(handshake_error.message());
  co_return co_await exchange(stream, std::move(request));
}

template <class Stream>
asio::awaitable<HttpClient::Outcome> HttpClient::exchange(Stream& stream, Post post) {
  const std::string target = path_ + post.path;
  bhttp::request<bhttp::string_body> request{bhttp::verb::post, target.empty() ? "/" : target, 11};
  request.set(bhttp::field::host, authority_);
  request.set(bhttp::field::content_type, post.content_type);
  request.set(bhttp::field::authorization, post.authorization);
  request.keep_alive(false);
  request.body() = std::move(post.body);
  request.prepare_payload();
  const auto [write_error, written] = co_await bhttp::async_write(stream, request, kAwait);
  if (write_error) co_return fail(write_error.message());
  beast::flat_buffer buffer;
  bhttp::response_parser<bhttp::string_body> parser;
  parser.body_limit(limits_.max_body);
  const auto [read_error, read] = co_await bhttp::async_read(stream, buffer, parser, kAwait);
  if (read_error) co_return fail(read_error.message());
  auto response = parser.release();
  co_return Answer{response.result_int(), std::move(response.body()), std::string{response[bhttp::field::date]}};
}

}  // namespace costage::http_client
