// REST /v1: what every route has in common. A route is an Endpoint: it reads the call, starts one use case, and the use
// case's answer becomes the response.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/api_v1/problem.hpp"
#include "adapters/auth/user.hpp"
#include "adapters/contract/chat.hpp"
#include "adapters/http/server.hpp"
#include "app/app.hpp"
#include "base/rate_limiter.hpp"
#include "base/rng.hpp"

namespace costage::api_v1 {

namespace json = boost::json;
using contract::to_json;

struct Settings {
  auth::Keys keys;
  std::string signing_key;  // signs what /v1/dev/tokens gives
  std::string version;
  bool dev = false;
  std::string login_url;             // where people get a token from the application; empty: not said
  std::string contract_folder;       // holds openapi.yaml and realtime.yaml
  app::DrainPolicy drain;            // of /v1/server/drain
  unsigned writes_per_minute = 600;  // per user; an admin is not limited
};

// `"sleeping" is no status of a room.`
[[nodiscard]] domain::Refusal no_word(std::string_view name, const std::string& text, std::string_view of);

using Reply = std::function<void(http::Response)>;

// A request whose token is good and whose body is a JSON object, or a picture.
struct Call {
  app::Caller caller;
  http::Request request;
  json::object body;
  app::MaybeIdempotency once;

  [[nodiscard]] const std::string& param(std::string_view name) const { return request.params.find(name)->second; }
  [[nodiscard]] domain::RoomId room() const { return domain::RoomId{param("roomId")}; }
  [[nodiscard]] domain::InvitationId invitation() const { return domain::InvitationId{param("invitationId")}; }
  [[nodiscard]] std::vector<std::string> queries(std::string_view name) const;  // every value of a repeatable name
  // The values of a repeatable name that are words of an enum; `of` says whose.
  template <class Word>
  [[nodiscard]] domain::Answer<std::vector<Word>> words(std::string_view name, std::string_view of,
                                                        std::optional<Word> (*from)(std::string_view)) const;
  // ?limit=&cursor=
  [[nodiscard]] domain::Answer<app::PageRequest> page(std::size_t default_limit = 20) const;
  // ?name= as a number, `otherwise` when absent.
  [[nodiscard]] domain::Answer<std::uint64_t> number(std::string_view name, std::uint64_t otherwise) const;
};
// Of a change: elsewhere a field is missing then, here a body that got lost on its way would pass for one.
[[nodiscard]] std::optional<domain::Refusal> no_changes(const Call& call);
using Endpoint = std::function<void(const Call& call, Reply reply)>;

class Api {
 public:
  Api(app::App& app, const Clock& clock, Rng& rng, Settings settings);

  // Registers all routes. The Api must outlive the server.
  void mount(http::Server& server);
  // Who sends this token; also makes the user known. Realtime asks the same.
  [[nodiscard]] domain::Answer<auth::User> authenticate(std::string_view token);

 private:
  using Registrar = std::function<void(std::string method, std::string pattern, Endpoint endpoint)>;

  void add_rooms(const Registrar& route);
  void add_pictures(const Registrar& route);
  void add_chat(const Registrar& route);
  void add_moderation(const Registrar& route);
  void add_words(const Registrar& route, const std::string& path, domain::RoomId (*room)(const Call&));
  void add_invitations(const Registrar& route);
  void add_requests(const Registrar& route);
  void add_run_of_show(const Registrar& route);
  void add_egress(const Registrar& route);
  void add_ingress(const Registrar& route);
  void add_scene(const Registrar& route);
  void add_stage(const Registrar& route);
  void add_users(const Registrar& route);
  void add_diagnosis(const Registrar& route);
  void add_drain(const Registrar& route);
  void add_server(http::Server& server);

  [[nodiscard]] domain::Answer<Call> read(http::Request request);
  boost::asio::awaitable<http::Response> serve(const Endpoint& endpoint, http::Request request);
  [[nodiscard]] http::Response dev_token(const http::Request& request) const;
  [[nodiscard]] http::Response guest_token(const http::Request& request) const;
  [[nodiscard]] http::Response signed_token(const auth::User& user) const;

  app::App& app_;
  const Clock& clock_;
  Rng& rng_;
  Settings settings_;
  RateLimiter writes_;
};

template <class Word>
domain::Answer<std::vector<Word>> Call::words(std::string_view name, std::string_view of,
                                              std::optional<Word> (*from)(std::string_view)) const {
  std::vector<Word> out;
  for (const std::string& text : queries(name)) {
    const auto word = from(text);
    if (!word) return domain::refuse(no_word(name, text, of));
    out.push_back(*word);
  }
  return out;
}

[[nodiscard]] http::Response json_response(unsigned status, const json::object& body);

// Turns a use case's answer into the response.
template <class T>
[[nodiscard]] app::Done<T> respond(Reply reply, unsigned status = 200) {
  return [reply = std::move(reply), status](const domain::Answer<T>& answer) {
    reply(answer ? json_response(status, to_json(*answer)) : problem(answer.error()));
  };
}

// A page of a history; what the caller may not see keeps its number.
template <class Page, class ToJson>
[[nodiscard]] app::Done<Page> respond_events(const Call& call, Reply reply, ToJson event_json) {
  return [user = call.caller.user, reply = std::move(reply), event_json](const domain::Answer<Page>& page) {
    if (!page) return reply(problem(page.error()));
    json::array items;
    for (const auto& event : page->items)
      items.push_back(domain::may_see(event, user, page->sight) ? event_json(event) : contract::redacted(event));
    reply(json_response(200, {{"epoch", page->epoch}, {"items", std::move(items)}, {"lastSeq", page->last_seq}}));
  };
}

}  // namespace costage::api_v1
