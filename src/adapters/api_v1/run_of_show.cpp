// What comes in which order in a show.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;
using domain::RunOfShow;
using domain::RunOfShowItem;

void read_items(contract::Fields& fields, RunOfShow& out) {
  for (const json::object* item : fields.objects("items").value_or(std::vector<const json::object*>{})) {
    contract::Fields inner{*item, "items."};
    RunOfShowItem next{inner.required_text("title").value_or(""), {}};
    if (auto user = inner.text("userId")) next.user = domain::UserId{std::move(*user)};
    out.items.push_back(std::move(next));
    fields.take_over(inner);
  }
}

Answer<RunOfShow> run_of_show_of(const json::object& body) {
  contract::Fields fields{body};
  RunOfShow out;
  if (body.find("items") == body.end()) fields.wrong("items", "given, as a list");
  read_items(fields, out);
  if (const auto current = fields.integer("current")) {
    if (*current < 0) fields.wrong("current", "0 or more");
    out.current = static_cast<std::uint64_t>(*current);
  }
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

}  // namespace

void Api::add_run_of_show(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/run-of-show", [this](const Call& call, Reply reply) {
    app_.run_of_shows().get(call.caller, call.room(), respond<RunOfShow>(reply));
  });
  route("PUT", "/v1/rooms/{roomId}/run-of-show", [this](const Call& call, Reply reply) {
    auto asked = run_of_show_of(call.body);
    if (!asked) return reply(problem(asked.error()));
    app_.run_of_shows().set(call.caller, call.room(), std::move(*asked), call.once, respond<RunOfShow>(reply));
  });
}

}  // namespace costage::api_v1
