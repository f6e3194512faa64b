#include "adapters/livekit_server/rtc_endpoint.hpp"

#include "adapters/http/awaited.hpp"
#include "signal/limits.hpp"

namespace costage::livekit_server {
namespace {

using http::Request;
using http::Response;

Response plain(unsigned status, std::string text) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

Response refuse(const Refused& refused) { return plain(refused.status, refused.text); }

// The token, if its bearer may join now.
http::asio::awaitable<Result<AccessToken, Response>> check(const Admission& admission, const RoomHub& hub,
                                                           const Request& request) {
  using Access = Result<AccessToken, Refused>;
  auto access = co_await http::awaited<Access>([&](std::function<void(Access)> done) {
    admission.admit(std::string{request.access_token()}, hub.now().wall, std::move(done));
  });
  if (!access) co_return fail(refuse(access.error()));
  if (const auto reason = hub.refusal(access->room, access->grants.identity))
    co_return fail(plain(reason->status, reason->text));
  co_return std::move(*access);
}

std::optional<Response> too_often(RateLimiter& joins, const AccessToken& access, WallTime now) {
  const auto verdict = joins.count(access.room + '\n' + access.grants.identity, now);
  if (verdict.allowed) return {};
  Response response = plain(429, "too many connections: wait a moment before the next");
  response.headers.emplace_back("Retry-After", std::to_string(verdict.reset.count()));
  return response;
}

http::WebSocketLimits web_socket_limits() {
  http::WebSocketLimits limits;
  limits.max_message = signal::kMaxSignalMessage;
  limits.queue_soft = 1024 * 1024;
  limits.queue_hard = 4 * 1024 * 1024;  // a join or resume of a full room is one message of about 1 KiB per participant
  return limits;
}

http::Handler always(Response response) {
  return [response](Request) -> http::asio::awaitable<Response> { co_return response; };
}

}  // namespace

void mount_rtc(http::Server& server, const Admission& admission, RoomHub& hub, RateLimiter& joins) {
  server.upgrade("/rtc", [&](Request request) -> http::asio::awaitable<std::variant<Response, http::Accept>> {
    auto access = co_await check(admission, hub, request);
    if (!access) co_return access.error();
    if (auto refusal = too_often(joins, *access, hub.now().wall)) co_return std::move(*refusal);
    http::Accept accept;
    accept.limits = web_socket_limits();
    ConnectRequest connect = read_connect_request(request);
    connect.room_options = access->room_options;
    accept.on_open = [&hub, token = std::move(*access), connect = std::move(connect)](auto socket) {
      return hub.connect(token.room, token.grants, connect, std::move(socket));
    };
    co_return accept;
  });
  server.upgrade("/rtc/v1", [](Request) -> http::asio::awaitable<std::variant<Response, http::Accept>> {
    co_return plain(404, "not found");
  });
  // The second is where rtc-node asks after a refusal: it adds the path to a URL that has it already.
  for (const char* path : {"/rtc/validate", "/rtc/rtc/validate"})
    server.route("GET", path, [&](Request request) -> http::asio::awaitable<Response> {
      const auto access = co_await check(admission, hub, request);
      co_return access ? plain(200, "success") : access.error();
    });
  for (const char* path : {"/rtc", "/rtc/v1", "/rtc/v1/validate", "/settings/regions"})
    server.route("GET", path, always(plain(404, "not found")));
  for (const char* prefix : {"/rtc", "/twirp", "/settings"}) server.allow_any_origin(prefix);
}

}  // namespace costage::livekit_server
