// What needs no user: the server itself, its contract, and tokens for guests and for trying it out (--dev only).
#include <fmt/format.h>

#include <boost/json/value_from.hpp>
#include <fstream>
#include <sstream>

#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"
#include "base/text.hpp"
#include "domain/limits.hpp"

namespace costage::api_v1 {
namespace {

constexpr std::chrono::hours kDevTokenLife{24}, kGuestTokenLife{24};
constexpr std::size_t kGuestIdLength = 12;

using Plain = std::function<http::Response(const http::Request&)>;

void plain_route(http::Server& server, std::string method, std::string pattern, Plain answer) {
  auto kept = std::make_shared<const Plain>(std::move(answer));
  server.route(std::move(method), std::move(pattern),
               [kept](http::Request request) -> boost::asio::awaitable<http::Response> { co_return (*kept)(request); });
}

http::Response contract(const std::string& path) {
  std::ifstream in{path};
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) return problem(404, "This server was installed without its contract files.");
  return {.content_type = "application/yaml", .body = std::move(text).str()};
}

// Without the media server all but sound and video goes on: to start this program anew would mend nothing.
http::Response health(const std::optional<std::string>& storage, const std::optional<std::string>& media,
                      bool is_draining) {
  if (is_draining) return json_response(503, {{"status", "draining"}});
  if (storage) return json_response(503, {{"status", "failing"}, {"reason", *storage}});
  if (media) return json_response(200, {{"status", "degraded"}, {"reason", *media}});
  return json_response(200, {{"status", "ready"}});
}

std::string slug(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c))) out += static_cast<char>(std::tolower(c));
  return out.empty() ? "guest" : out;
}

// "Ann" -> "ann-7kq2": people of the same name stay different people.
std::string new_user_id(const std::string& name, Rng& rng) {
  constexpr std::string_view kAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  constexpr int kSuffixLength = 4;
  std::string id = slug(name) + '-';
  for (int i = 0; i < kSuffixLength; ++i) id += kAlphabet[rng.below(kAlphabet.size())];
  return id;
}

}  // namespace

http::Response Api::dev_token(const http::Request& request) const {
  const auto body = contract::parse_object(request.body);
  if (!body) return problem(body.error());
  contract::Fields fields{*body};
  auth::User user;
  user.name = fields.required_text("name").value_or("");
  const auto chosen_id = fields.text("userId");
  user.id = chosen_id ? *chosen_id : new_user_id(user.name, rng_);
  user.expires = clock_.now() + kDevTokenLife;
  if (fields.refusal()) return problem(*fields.refusal());
  return signed_token(user);
}

// Nothing is kept of guests: the token is all there is.
http::Response Api::guest_token(const http::Request& request) const {
  const auto body = contract::parse_object(request.body);
  if (!body) return problem(body.error());
  contract::Fields fields{*body};
  const std::string room = request.params.find("roomId")->second;
  auth::User user{.id = "guest-" + rng_.text(kGuestIdLength), .name = fields.text("name").value_or("Guest")};
  if (user.name.empty() || characters(user.name) > domain::limits::kUserName)
    fields.wrong("name", "1 to 100 characters");
  if (fields.refusal()) return problem(*fields.refusal());
  if (!app_.rooms().admits_guests(domain::RoomId{room})) return problem(domain::Code::sign_in_needed);
  user.guest_of = room;
  user.expires = clock_.now() + kGuestTokenLife;
  return signed_token(user);
}

http::Response Api::signed_token(const auth::User& user) const {
  const auto token = auth::sign_user(user, settings_.signing_key, settings_.keys.at(settings_.signing_key));
  const auto usable = auth::verify_user(token.value_or(""), settings_.keys, clock_.now());
  if (!usable) return problem(domain::Refusal::invalid("userId", "userId or name cannot be used: too long or odd."));
  return json_response(200, {{"userId", user.id}, {"name", user.name}, {"token", *token}});
}

void Api::add_drain(const Registrar& route) {
  route("POST", "/v1/server/drain", [this](const Call& call, const Reply& reply) {
    if (const auto refusal = app_.drain_by(call.caller, settings_.drain)) return reply(problem(*refusal));
    reply(json_response(200, {{"status", "draining"}}));
  });
}

void Api::add_server(http::Server& server) {
  plain_route(server, "GET", "/v1/server", [this](const http::Request&) {
    json::object info{{"name", "costage"}, {"version", settings_.version}, {"dev", settings_.dev}};
    info["mediaRegions"] = json::value_from(app_.rooms().media_regions());
    if (!settings_.login_url.empty()) info["loginUrl"] = settings_.login_url;
    return json_response(200, info);
  });
  plain_route(server, "POST", "/v1/rooms/{roomId}/guests",
              [this](const http::Request& request) { return guest_token(request); });
  if (settings_.dev)
    plain_route(server, "POST", "/v1/dev/tokens", [this](const http::Request& request) { return dev_token(request); });
  plain_route(server, "GET", "/healthz", [this](const http::Request&) {
    return health(app_.storage_trouble(), app_.media_state().trouble(), app_.is_draining());
  });
  for (const std::string file : {"/openapi.yaml", "/realtime.yaml"})
    plain_route(server, "GET", file,
                [path = settings_.contract_folder + file](const http::Request&) { return contract(path); });
}

}  // namespace costage::api_v1
