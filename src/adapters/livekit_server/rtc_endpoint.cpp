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

// Who may join now, and how.
struct Admitted {
  AccessToken token;
  ConnectRequest connect;
};

http::asio::awaitable<Result<Admitted, Response>> check(const Admission& admission, const RoomHub& hub,
                                                        const Request& request, Signalling signalling) {
  using Access = Result<AccessToken, Refused>;
  auto access = co_await http::awaited<Access>([&](std::function<void(Access)> done) {
    admission.admit(std::string{request.access_token()}, hub.now().wall, std::move(done));
  });
  if (!access) co_return fail(refuse(access.error()));
  auto connect = read_connect_request(request, signalling);
  if (!connect) co_return fail(refuse(connect.error()));
  auto grants = with_own_metadata(std::move(access->grants), connect->join);
  if (!grants) co_return fail(refuse(grants.error()));
  access->grants = std::move(*grants);
  const bool performs = access->grants.permission.can_publish();
  if (const auto reason = hub.refusal(access->room, access->grants.identity, performs)) co_return fail(refuse(*reason));
  connect->room_options = access->room_options;
  co_return Admitted{std::move(*access), std::move(*connect)};
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
  limits.deflate = true;  // a join of a full room is half a megabyte
  limits.queue_soft = 1024 * 1024;
  limits.queue_hard = 4 * 1024 * 1024;  // a join or resume of a full room is one message of about 1 KiB per participant
  return limits;
}

http::Handler always(Response response) {
  return [response](Request) -> http::asio::awaitable<Response> { co_return response; };
}

}  // namespace

void mount_rtc(http::Server& server, const Admission& admission, RoomHub& hub, RateLimiter& joins) {
  const auto mount = [&](const char* path, Signalling signalling) {
    server.upgrade(path,
                   [&, signalling](Request request) -> http::asio::awaitable<std::variant<Response, http::Accept>> {
                     auto admitted = co_await check(admission, hub, request, signalling);
                     if (!admitted) co_return admitted.error();
                     if (auto refusal = too_often(joins, admitted->token, hub.now().wall))
                       co_return std::move(*refusal);
                     http::Accept accept;
                     accept.limits = web_socket_limits();
                     accept.on_open = [&hub, admitted = std::move(*admitted)](auto socket) {
                       const auto& [token, connect] = admitted;
                       return hub.connect(token.room, token.grants, connect, std::move(socket));
                     };
                     co_return accept;
                   });
    server.route("GET", path, always(plain(404, "not found")));
  };
  const auto mount_validate = [&](const char* path, Signalling signalling) {
    server.route("GET", path, [&, signalling](Request request) -> http::asio::awaitable<Response> {
      const auto admitted = co_await check(admission, hub, request, signalling);
      co_return admitted ? plain(200, "success") : admitted.error();
    });
  };
  mount("/rtc", Signalling::v0);
  mount("/rtc/v1", Signalling::v1);
  mount_validate("/rtc/validate", Signalling::v0);
  mount_validate("/rtc/v1/validate", Signalling::v1);
  // Where rtc-node asks after a refusal: it adds the path to a URL that has it already.
  mount_validate("/rtc/rtc/validate", Signalling::v0);
  server.route("GET", "/settings/regions", always(plain(404, "not found")));
  for (const char* prefix : {"/rtc", "/twirp", "/settings"}) server.allow_any_origin(prefix);
}

}  // namespace costage::livekit_server
