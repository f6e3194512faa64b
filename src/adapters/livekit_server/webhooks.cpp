#include "adapters/livekit_server/webhooks.hpp"

#include <google/protobuf/util/json_util.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>
#include <limits>
#include <set>

#include "adapters/http/awaited.hpp"
#include "adapters/http_client/http_client.hpp"
#include "adapters/livekit_api/webhook_signature.hpp"
#include "domain/limits.hpp"

namespace costage::livekit_server {
namespace {

namespace asio = boost::asio;

// The body as it goes out: with how many were lost before it.
std::string with_lost(const std::string& body, std::uint64_t lost) {
  livekit::WebhookEvent event;
  std::string out;
  if (lost == 0 || !google::protobuf::util::JsonStringToMessage(body, &event).ok()) return body;
  constexpr std::uint64_t kMost = std::numeric_limits<std::int32_t>::max();
  event.set_num_dropped(static_cast<std::int32_t>(std::min(lost, kMost)));
  return google::protobuf::util::MessageToJsonString(event, &out).ok() ? out : body;
}

}  // namespace

// One URL: what is kept for it, and the coroutine that delivers while there is something.
class Webhooks::Target : public std::enable_shared_from_this<Target> {
 public:
  Target(asio::io_context& loop, const Clock& clock, const std::string& text, const boost::urls::url_view& url,
         std::string key_id, Secret secret)
      : loop_(loop),
        clock_(clock),
        url_(text),
        receiver_(loop, url),
        key_id_(std::move(key_id)),
        secret_(std::move(secret)) {}

  void start(app::WebhookOutbox& outbox) {
    outbox_ = &outbox;
    wake();
  }

  void send(const std::string& body) {
    outbox_->append(url_, body, clock_.now(), [self = shared_from_this()](std::optional<std::uint64_t> dropped) {
      if (!dropped) return self->say_unwritten();
      if (*dropped > 0) self->say_full();
      self->wake();
    });
  }

 private:
  void wake() {
    more_ = true;
    if (std::exchange(running_, true)) return;
    asio::co_spawn(loop_, [self = shared_from_this()] { return self->run(); }, asio::detached);
  }

  asio::awaitable<void> run() {
    while (std::exchange(more_, false)) co_await deliver_all();
    running_ = false;
  }

  // Ends when nothing is left.
  asio::awaitable<void> deliver_all() {
    while (true) {
      const app::NextWebhook next = co_await oldest();
      if (next.given_up > 0) say_given_up(next.given_up);
      if (!next.ok) {
        co_await pause();
        continue;
      }
      if (!next.webhook) break;
      if (co_await deliver(*next.webhook)) co_await forget(*next.webhook);
    }
    full_said_ = false;
  }

  // False: not taken; waits before the next attempt.
  asio::awaitable<bool> deliver(const app::KeptWebhook& webhook) {
    const std::string body = with_lost(webhook.body, webhook.lost_before + unwritten_);
    const std::uint64_t told = unwritten_;
    const std::string why_not = co_await post(body);
    if (!why_not.empty()) {
      if (!std::exchange(outage_said_, true))
        spdlog::warn("webhooks to {} wait, they are tried again for a day: {}", receiver_.name(), why_not);
      co_await pause();
      co_return false;
    }
    unwritten_ -= told;
    pace_.after_success();
    if (std::exchange(outage_said_, false)) spdlog::info("webhooks to {} are taken again", receiver_.name());
    co_return true;
  }

  // Empty: it was taken.
  asio::awaitable<std::string> post(const std::string& body) {
    // Named: of what stands in braces in a co_await g++ 12 frees texts twice.
    http_client::Post request{.path = "",
                              .content_type = "application/webhook+json",
                              .authorization = livekit_api::webhook_signature(body, key_id_, secret_, clock_.now()),
                              .body = body};
    const auto answer = co_await receiver_.post(std::move(request));
    if (!answer) co_return answer.error();
    if (answer->status / 100 == 2) co_return std::string{};
    co_return "it answered " + std::to_string(answer->status);
  }

  // Until that is written it would be delivered a second time.
  asio::awaitable<void> forget(const app::KeptWebhook& webhook) {
    const auto written = [this, &webhook] {
      return http::awaited<bool>(
          [this, &webhook](std::function<void(bool)> done) { outbox_->delivered(url_, webhook, std::move(done)); });
    };
    while (!co_await written()) co_await pause();
    pace_.after_success();
  }

  asio::awaitable<app::NextWebhook> oldest() {
    return http::awaited<app::NextWebhook>(
        [this](std::function<void(app::NextWebhook)> done) { outbox_->next(url_, clock_.now(), std::move(done)); });
  }

  asio::awaitable<void> pause() {
    asio::steady_timer timer{loop_, pace_.after_failure()};
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }

  void say_given_up(std::uint64_t count) const {
    spdlog::warn("{} webhooks to {} were given up after a day", count, receiver_.name());
  }

  void say_full() {
    if (std::exchange(full_said_, true)) return;
    spdlog::warn("{} webhooks to {} wait: for each new one the oldest is dropped", domain::limits::kWebhooks,
                 receiver_.name());
  }

  void say_unwritten() {
    if (unwritten_++ == 0) spdlog::error("webhooks to {} are lost: they could not be written", receiver_.name());
  }

  asio::io_context& loop_;
  const Clock& clock_;
  std::string url_;
  http_client::HttpClient receiver_;
  std::string key_id_;
  Secret secret_;
  app::WebhookOutbox* outbox_ = nullptr;
  RetryPace pace_;
  std::uint64_t unwritten_ = 0;  // lost since the last that was delivered: storage refused them
  bool running_ = false;
  bool more_ = false;  // something was added since the coroutine looked
  bool outage_said_ = false, full_said_ = false;
};

Webhooks::Webhooks(asio::io_context& loop, const Clock& clock, const std::vector<std::string>& urls, std::string key_id,
                   Secret secret) {
  const std::set<std::string> once(urls.begin(), urls.end());
  for (const std::string& text : once) {
    const auto url = boost::urls::parse_uri(text);
    if (url && (url->scheme() == "http" || url->scheme() == "https"))
      targets_.push_back(std::make_shared<Target>(loop, clock, text, *url, key_id, secret));
    else
      spdlog::error("webhooks need an http:// or https:// URL; left out: {}", text);
  }
}

Webhooks::~Webhooks() = default;

void Webhooks::start(app::WebhookOutbox& outbox) {
  for (const auto& target : targets_) target->start(outbox);
}

void Webhooks::send(const livekit::WebhookEvent& event) {
  std::string body;
  if (!google::protobuf::util::MessageToJsonString(event, &body).ok()) return;
  for (const auto& target : targets_) target->send(body);
}

}  // namespace costage::livekit_server
