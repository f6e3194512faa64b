#include "adapters/livekit_client/twirp_client.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <ctime>

#include "adapters/auth/token.hpp"

namespace costage::livekit_client {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kTokenFor{60};
// A list of 10,000 participants takes about 4 MB.
constexpr std::uint64_t kMaxAnswer = 64 * 1024 * 1024;
constexpr std::size_t kMostTold = 300;  // bytes of an answer that is told

struct TwirpError {
  std::string code, message;
};

// Whatever answered may be no Twirp server: a proxy's page has no code.
TwirpError error_of(const http_client::Answer& answer) {
  boost::system::error_code error;
  const json::value body = json::parse(answer.body, error);
  TwirpError out{"", answer.body.substr(0, kMostTold)};
  if (error || !body.is_object()) return out;
  if (const auto* code = body.get_object().if_contains("code"); code && code->is_string())
    out.code = std::string{code->get_string()};
  if (const auto* message = body.get_object().if_contains("msg"); message && message->is_string())
    out.message = std::string{message->get_string()};
  return out;
}

Refused refused(unsigned status, const std::string& code) {
  if (code == "not_found") return Refused::not_found;
  if (code == "unavailable") return Refused::nobody;
  if (status == 401) return Refused::unauthenticated;
  if (code == "deadline_exceeded") return Refused::timed_out;
  const bool not_now = status / 100 == 5 || status == 408 || status == 429 || status == 404;
  return not_now ? Refused::unavailable : Refused::wrong_request;
}

}  // namespace

std::optional<WallTime> parse_http_date(const std::string& text) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return {};
  return from_unix_ms(std::int64_t{timegm(&parts)} * 1000);
}

TwirpClient::TwirpClient(boost::asio::io_context& loop, const boost::urls::url_view& url, std::string key,
                         Secret secret, const Clock& clock, std::chrono::seconds timeout)
    : http_(loop, url, {.timeout = timeout, .max_body = kMaxAnswer}),
      key_(std::move(key)),
      secret_(std::move(secret)),
      clock_(clock) {}

std::string TwirpClient::token(json::object grant) const {
  const std::int64_t now = to_unix_ms(clock_.now()) / 1000;
  return auth::sign({{"sub", "costage"}, {"nbf", now}, {"exp", now + kTokenFor.count()}, {"video", std::move(grant)}},
                    key_, secret_)
      .value_or("");
}

boost::asio::awaitable<Called<std::string>> TwirpClient::exchange(std::string path, std::string body,
                                                                  json::object grant) {
  // Named: of what stands in braces in a co_await g++ 12 frees texts twice.
  http_client::Post request{.path = "/twirp/livekit." + path,
                            .content_type = "application/protobuf",
                            .authorization = "Bearer " + token(std::move(grant)),
                            .body = std::move(body)};
  auto answer = co_await http_.post(std::move(request));
  if (!answer) co_return fail(CallFailure{Refused::unavailable, answer.error()});
  if (const auto date = parse_http_date(answer->date))
    clock_ahead_ = std::chrono::round<std::chrono::seconds>(*date - clock_.now());
  if (answer->status == 200) co_return std::move(answer->body);
  TwirpError error = error_of(*answer);
  co_return fail(CallFailure{refused(answer->status, error.code),
                             "it answered " + std::to_string(answer->status) + ": " + std::move(error.message)});
}

}  // namespace costage::livekit_client
