#include "adapters/livekit_server/webhooks.hpp"

#include <google/protobuf/util/json_util.h>
#include <openssl/evp.h>
#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <deque>

#include "adapters/auth/token.hpp"

namespace costage::livekit_server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kTimeout{5};
constexpr std::chrono::milliseconds kFirstPause{500};  // doubled after each failure
constexpr std::chrono::minutes kSignatureFor{5};

std::string base64_of_sha256(const std::string& body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(body.data(), body.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

}  // namespace

std::string webhook_signature(const std::string& body, const std::string& key_id, const Secret& secret, WallTime now) {
  const std::int64_t seconds = to_unix_ms(now) / 1000;
  const std::int64_t until = seconds + std::chrono::seconds{kSignatureFor}.count();
  return auth::sign({{"sha256", base64_of_sha256(body)}, {"iat", seconds}, {"nbf", seconds}, {"exp", until}}, key_id,
                    secret)
      .value_or("");
}

// The queue of one URL, and the coroutine that empties it while there is something in it.
class Webhooks::Target : public std::enable_shared_from_this<Target> {
 public:
  Target(asio::io_context& loop, const Clock& clock, const boost::urls::url_view& url, std::string key_id,
         Secret secret)
      : loop_(loop),
        clock_(clock),
        tls_(url.scheme() == "https"),
        host_(url.host()),
        port_(url.has_port() ? std::string{url.port()}
              : tls_         ? "443"
                             : "80"),
        authority_(std::string{url.encoded_host_and_port()}),
        path_(url.encoded_target().empty() ? "/" : std::string{url.encoded_target()}),
        key_id_(std::move(key_id)),
        secret_(std::move(secret)) {
    boost::system::error_code ignored;  // without certificates no server is trusted, which each attempt says
    tls_context_.set_default_verify_paths(ignored);
    tls_context_.set_verify_mode(asio::ssl::verify_peer);
  }

  void push(livekit::WebhookEvent event) {
    if (queue_.size() >= kMaxQueued) {
      queue_.pop_front();
      ++dropped_;
    }
    queue_.push_back(std::move(event));
    if (running_) return;
    running_ = true;
    asio::co_spawn(loop_, [self = shared_from_this()] { return self->run(); }, asio::detached);
  }

 private:
  asio::awaitable<void> run() {
    while (!queue_.empty()) {
      livekit::WebhookEvent event = std::move(queue_.front());
      queue_.pop_front();
      event.set_num_dropped(std::exchange(dropped_, 0));
      std::string body;
      if (google::protobuf::util::MessageToJsonString(event, &body).ok()) co_await deliver(event, body);
    }
    running_ = false;
  }

  asio::awaitable<void> deliver(const livekit::WebhookEvent& event, const std::string& body) {
    auto pause = kFirstPause;
    for (int attempt = 1; attempt <= kAttempts; ++attempt, pause *= 2) {
      if (co_await post(body)) co_return;
      if (attempt == kAttempts) break;
      asio::steady_timer timer{loop_, pause};
      co_await timer.async_wait(kAwait);
    }
    ++dropped_;
    spdlog::warn("webhook {} to {}:{} was given up after {} attempts", event.event(), host_, port_, kAttempts);
  }

  // False: not taken (no connection, or an answer other than 2xx).
  asio::awaitable<bool> post(const std::string& body) {
    asio::ip::tcp::resolver resolver{loop_};
    const auto [resolve_error, addresses] = co_await resolver.async_resolve(host_, port_, kAwait);
    if (resolve_error) co_return false;
    if (!tls_) {
      beast::tcp_stream stream{loop_};
      stream.expires_after(kTimeout);
      const auto [error, endpoint] = co_await stream.async_connect(addresses, kAwait);
      co_return !error && co_await exchange(stream, body);
    }
    beast::ssl_stream<beast::tcp_stream> stream{loop_, tls_context_};
    stream.next_layer().expires_after(kTimeout);
    const auto [error, endpoint] = co_await stream.next_layer().async_connect(addresses, kAwait);
    if (error) co_return false;
    SSL_set_tlsext_host_name(stream.native_handle(), host_.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification{host_});
    const auto [handshake_error] = co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait);
    if (handshake_error) {
      spdlog::warn("webhook to https://{}:{}: {}", host_, port_, handshake_error.message());
      co_return false;
    }
    co_return co_await exchange(stream, body);
  }

  template <class Stream>
  asio::awaitable<bool> exchange(Stream& stream, const std::string& body) {
    bhttp::request<bhttp::string_body> request{bhttp::verb::post, path_, 11};
    request.set(bhttp::field::host, authority_);
    request.set(bhttp::field::content_type, "application/webhook+json");
    request.set(bhttp::field::authorization, webhook_signature(body, key_id_, secret_, clock_.now()));
    request.keep_alive(false);
    request.body() = body;
    request.prepare_payload();
    const auto [write_error, written] = co_await bhttp::async_write(stream, request, kAwait);
    if (write_error) co_return false;
    beast::flat_buffer buffer;
    bhttp::response<bhttp::string_body> response;
    const auto [read_error, read] = co_await bhttp::async_read(stream, buffer, response, kAwait);
    co_return !read_error && response.result_int() / 100 == 2;
  }

  asio::io_context& loop_;
  const Clock& clock_;
  bool tls_;
  asio::ssl::context tls_context_{asio::ssl::context::tls_client};
  std::string host_, port_, authority_, path_;
  std::string key_id_;
  Secret secret_;
  std::deque<livekit::WebhookEvent> queue_;
  int dropped_ = 0;
  bool running_ = false;
};

Webhooks::Webhooks(asio::io_context& loop, const Clock& clock, const std::vector<std::string>& urls, std::string key_id,
                   Secret secret) {
  for (const std::string& text : urls) {
    const auto url = boost::urls::parse_uri(text);
    if (url && (url->scheme() == "http" || url->scheme() == "https"))
      targets_.push_back(std::make_shared<Target>(loop, clock, *url, key_id, secret));
    else
      spdlog::error("webhooks need an http:// or https:// URL; left out: {}", text);
  }
}

Webhooks::~Webhooks() = default;

void Webhooks::send(const livekit::WebhookEvent& event) {
  for (const auto& target : targets_) target->push(event);
}

}  // namespace costage::livekit_server
