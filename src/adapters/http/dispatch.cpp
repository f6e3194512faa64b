#include "adapters/http/dispatch.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace costage::http {
namespace {

constexpr std::string_view kExposed =
    "ETag, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

void add_cross_origin(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Expose-Headers", kExposed);
}

// Preflight (Fetch standard, section 3.3): "*" would not cover Authorization, so the asked names are given back.
Response preflight(const Request& request, const std::string& allow) {
  Response response{.status = 204};
  response.headers = {{"Allow", allow},
                      {"Access-Control-Allow-Origin", "*"},
                      {"Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"},
                      {"Access-Control-Max-Age", "86400"},
                      {"Vary", "Access-Control-Request-Headers"}};
  const auto asked = request.header("access-control-request-headers");
  response.headers.emplace_back("Access-Control-Allow-Headers",
                                asked.empty() ? "authorization, content-type, idempotency-key" : std::string{asked});
  return response;
}

Response not_found(const Server::Impl& server, const Request& request) {
  return server.error(404, fmt::format("There is nothing at {}.", request.path));
}

Response file(const Server::Impl& server, const Request& request, const Files& files,
              const std::vector<std::string>& segments) {
  Response response = files.files.get(segments, request.header("accept-encoding"), request.header("if-none-match"));
  if (response.status == 404) return not_found(server, request);
  response.headers.insert(response.headers.end(), files.headers.begin(), files.headers.end());
  return response;
}

// Relative (RFC 9110 section 10.2.2), so that it holds under whatever path a proxy puts in front.
Response into_folder(const std::string& name) {
  return {.status = 308, .headers = {{"Location", name + '/'}, {"Cache-Control", "no-cache"}}};
}

// What no route matches.
Response file(const Server::Impl& server, const Request& request, const std::vector<std::string>& segments) {
  const auto site = segments.empty() ? server.sites_.end() : server.sites_.find(segments.front());
  if (site == server.sites_.end())
    return server.files_ ? file(server, request, *server.files_, segments) : not_found(server, request);
  if (segments.size() == 1) return into_folder(site->first);
  return file(server, request, site->second, {segments.begin() + 1, segments.end()});
}

Response wrong_method(const Server::Impl& server, const Request& request, const Router::Endpoint& endpoint) {
  const bool wants_web_socket = endpoint.upgrade && request.method == "GET";
  Response response = wants_web_socket ? server.error(426, fmt::format("{} is a WebSocket.", request.path))
                                       : server.error(405, fmt::format("{} is not allowed at {}; allowed: {}.",
                                                                       request.method, request.path, endpoint.allow()));
  response.headers.emplace_back("Allow", endpoint.allow());
  if (wants_web_socket) response.headers.emplace_back("Upgrade", "websocket");
  return response;
}

// A handler that throws is our own bug: it costs this request, not the show.
asio::awaitable<Response> guarded(const Server::Impl& server, const Handler& handler, Request request) {
  const std::string what = request.method + ' ' + request.path;
  try {
    co_return co_await handler(std::move(request));
  } catch (const std::exception& error) {
    spdlog::error("{} failed: {}", what, error.what());
  }
  co_return server.error(500, "The server failed to answer this request.");
}

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

asio::awaitable<Response> answer(Server::Impl& server, Request request, const Router::Found& found,
                                 const std::vector<std::string>& segments) {
  if (!found.endpoint) {
    if (reads(request) && !server.router().owns(segments)) co_return file(server, request, segments);
    co_return not_found(server, request);
  }
  const Handler* handler = found.endpoint->find(request.method);
  if (!handler) co_return wrong_method(server, request, *found.endpoint);
  co_return co_await guarded(server, *handler, std::move(request));
}

void fill(Request& request, Target target, Router::Found& found) {
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  request.query_list = std::move(target.query_list);
  request.params = std::move(found.params);
}

}  // namespace

asio::awaitable<Response> dispatch(Server::Impl& server, Request request, Target target) {
  Router::Found found = server.router().find(target.segments);
  const std::vector<std::string> segments = std::move(target.segments);
  fill(request, std::move(target), found);
  const bool cross_origin = server.is_cross_origin(request.path);
  if (request.method == "OPTIONS" && (cross_origin || found.endpoint || request.path.empty())) {
    const std::string allow = found.endpoint ? found.endpoint->allow() : "GET, HEAD, OPTIONS";
    co_return cross_origin ? preflight(request, allow) : Response{.status = 204, .headers = {{"Allow", allow}}};
  }
  Response response = co_await answer(server, std::move(request), found, segments);
  response.headers.insert(response.headers.end(),
                          {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}});
  if (cross_origin) add_cross_origin(response);
  co_return response;
}

asio::awaitable<std::variant<Response, Accept>> dispatch_upgrade(Server::Impl& server, Request request, Target target) {
  Router::Found found = server.router().find(target.segments);
  fill(request, std::move(target), found);
  if (!found.endpoint || !found.endpoint->upgrade) co_return not_found(server, request);
  const std::string path = request.path;
  try {
    co_return co_await found.endpoint->upgrade(std::move(request));
  } catch (const std::exception& error) {
    spdlog::error("upgrade of {} failed: {}", path, error.what());
  }
  co_return server.error(500, "The server failed to answer this request.");
}

}  // namespace costage::http
