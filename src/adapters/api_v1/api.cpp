#include "adapters/api_v1/api.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/auth/digest.hpp"
#include "adapters/contract/fields.hpp"
#include "adapters/http/awaited.hpp"
#include "domain/limits.hpp"

namespace costage::api_v1 {
namespace {

namespace asio = boost::asio;
using domain::Answer;
using domain::Refusal;
using domain::refuse;

// Other bytes have no meaning in a header that all clients and proxies agree on (RFC 9110 section 5.5).
bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~'; });
}

bool writes(std::string_view method) { return method != "GET" && method != "HEAD"; }

Answer<app::MaybeIdempotency> idempotency_of(const http::Request& request) {
  const std::string_view key = request.header("idempotency-key");
  if (key.empty() || !writes(request.method)) return app::MaybeIdempotency{};
  if (key.size() > domain::limits::kIdempotencyKey)
    return refuse(Refusal::invalid("Idempotency-Key", "Idempotency-Key is too long."));
  if (!is_visible_ascii(key))
    return refuse(Refusal::invalid("Idempotency-Key", "Idempotency-Key must be of visible ASCII characters."));
  return app::Idempotency{std::string{key}, auth::sha256(request.method + ' ' + request.path + '\n' + request.body)};
}

// The endpoint's reply, awaited. Both must stay alive until then.
asio::awaitable<http::Response> reply_of(const Endpoint& endpoint, const Call& call) {
  return http::awaited<http::Response>([&endpoint, &call](Reply reply) { endpoint(call, std::move(reply)); });
}

void add_rate_headers(http::Response& response, const RateLimiter::Verdict& verdict) {
  response.headers.emplace_back("RateLimit-Limit", std::to_string(verdict.limit));
  response.headers.emplace_back("RateLimit-Remaining", std::to_string(verdict.remaining));
  response.headers.emplace_back("RateLimit-Reset", std::to_string(verdict.reset.count()));
}

}  // namespace

http::Response json_response(unsigned status, const json::object& body) {
  return {.status = status, .body = json::serialize(body), .headers = {{"Cache-Control", "no-store"}}};
}

Refusal no_word(std::string_view name, const std::string& text, std::string_view of) {
  const std::string field{name};
  return Refusal::invalid(field, '"' + text + "\" is no " + field + " of " + std::string{of} + '.');
}

std::optional<Refusal> no_changes(const Call& call) {
  if (!call.request.body.empty()) return {};
  return Refusal::invalid("", "The changes must be given, as a JSON object.");
}

std::vector<std::string> Call::queries(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : request.query_list)
    if (key == name) out.push_back(value);
  return out;
}

Answer<std::uint64_t> Call::number(std::string_view name, std::uint64_t otherwise) const {
  const auto text = request.query_value(name);
  if (!text) return otherwise;
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;  // the largest that every JSON reader keeps exactly
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc{} && end == text->data() + text->size() && value <= kMost) return value;
  return refuse(Refusal::invalid(std::string{name}, std::string{name} + " must be a whole number."));
}

Answer<app::PageRequest> Call::page(std::size_t default_limit) const {
  const auto limit = number("limit", default_limit);
  if (!limit) return refuse(limit.error());
  if (*limit < 1 || *limit > domain::limits::kMaxPage)
    return refuse(Refusal::invalid("limit", "limit must be from 1 to 100."));
  return app::PageRequest{*limit, std::string{request.query_value("cursor").value_or("")}};
}

Api::Api(app::App& app, const Clock& clock, Rng& rng, Settings settings)
    : app_(app), clock_(clock), rng_(rng), settings_(std::move(settings)), writes_(settings_.writes_per_minute) {}

Answer<auth::User> Api::authenticate(std::string_view token) {
  const auto user = auth::verify_user(token, settings_.keys, clock_.now());
  if (!user) return refuse(to_refusal(user.error()));
  app_.users().seen(auth::actor_of(*user));
  return *user;
}

Answer<Call> Api::read(http::Request request) {
  const auto user = authenticate(request.bearer());
  if (!user) return refuse(user.error());
  const bool is_json = writes(request.method) && !request.header("content-type").starts_with("image/");
  auto body = is_json ? contract::parse_object(request.body) : json::object{};
  if (!body) return refuse(body.error());
  auto once = idempotency_of(request);
  if (!once) return refuse(once.error());
  return Call{auth::actor_of(*user), std::move(request), std::move(*body), std::move(*once)};
}

asio::awaitable<http::Response> Api::serve(const Endpoint& endpoint, http::Request request) {
  const auto call = read(std::move(request));
  if (!call) co_return problem(call.error());
  if (!writes(call->request.method) || call->caller.admin) co_return co_await reply_of(endpoint, *call);

  const auto verdict = writes_.count(call->caller.user.value(), clock_.now());
  http::Response response;
  if (verdict.allowed)
    response = co_await reply_of(endpoint, *call);
  else
    response = problem(Refusal{domain::Code::rate_limited, verdict.reset});
  add_rate_headers(response, verdict);
  co_return response;
}

void Api::mount(http::Server& server) {
  server.allow_any_origin("/v1");
  const Registrar route = [this, &server](std::string method, std::string pattern, Endpoint endpoint) {
    auto kept = std::make_shared<const Endpoint>(std::move(endpoint));
    server.route(std::move(method), std::move(pattern),
                 [this, kept](http::Request request) { return serve(*kept, std::move(request)); });
  };
  add_rooms(route);
  add_pictures(route);
  add_chat(route);
  add_moderation(route);
  add_invitations(route);
  add_requests(route);
  add_run_of_show(route);
  add_egress(route);
  add_ingress(route);
  add_scene(route);
  add_stage(route);
  add_users(route);
  add_drain(route);
  add_diagnosis(route);
  add_server(server);
}

}  // namespace costage::api_v1
