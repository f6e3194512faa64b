// The chat of a show: messages and what is done to one.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"

namespace costage::api_v1 {
namespace {

using app::MessageView;
using domain::Answer;
using domain::MessageId;

MessageId id_of(const Call& call) { return MessageId{call.param("messageId")}; }

// 201 for a new one, 200 for one that was made before.
template <class View>
app::Done<View> respond_made(Reply reply) {
  return [reply = std::move(reply)](const Answer<View>& view) {
    if (!view) return reply(problem(view.error()));
    reply(json_response(view->is_new ? 201 : 200, contract::to_json(*view)));
  };
}

app::NewMessage new_message(contract::Fields& fields) {
  app::NewMessage out{fields.required_text("text").value_or(""), fields.text("clientId").value_or(""), {}, {}, false};
  if (auto reply = fields.text("replyTo")) out.reply_to = MessageId{std::move(*reply)};
  for (std::string& user : fields.texts("mentions").value_or(std::vector<std::string>{}))
    out.mentions.emplace_back(std::move(user));
  out.asks_to_join = fields.flag("asksToJoin").value_or(false);
  return out;
}

}  // namespace

void Api::add_chat(const Registrar& route) {
  route("GET", "/v1/rooms/{roomId}/chat", [this](const Call& call, Reply reply) {
    app_.chats().snapshot(call.caller, call.room(), respond<app::ChatSnapshot>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/chat/messages", [this](const Call& call, Reply reply) {
    constexpr std::size_t kDefault = 50;
    const auto page = call.page(kDefault);
    if (!page) return reply(problem(page.error()));
    app_.chats().list(call.caller, call.room(), *page, respond<app::Page<MessageView>>(reply));
  });
  route("GET", "/v1/rooms/{roomId}/chat/events", [this](const Call& call, Reply reply) {
    const auto since = call.number("since", 0);
    const auto page = call.page(100);
    if (!since || !page) return reply(problem(!since ? since.error() : page.error()));
    app_.chats().events(call.caller, call.room(), *since, page->limit,
                        respond_events<app::ChatEventPage>(
                            call, reply, [](const domain::ChatEvent& event) { return contract::to_json(event); }));
  });
  route("POST", "/v1/rooms/{roomId}/chat/messages", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto message = new_message(fields);
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chats().send(call.caller, call.room(), std::move(message), call.once, respond_made<MessageView>(reply));
  });
  route("PATCH", "/v1/rooms/{roomId}/chat/messages/{messageId}", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto text = fields.required_text("text").value_or("");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chats().edit(call.caller, call.room(), id_of(call), std::move(text), call.once, respond<MessageView>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/chat/messages/{messageId}/delete", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto reason = fields.text("reason").value_or("");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chats().remove(call.caller, call.room(), id_of(call), std::move(reason), call.once,
                        respond<MessageView>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/chat/messages/{messageId}/reactions", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    auto emoji = fields.required_text("emoji").value_or("");
    const bool on = fields.flag("on").value_or(true);
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chats().react(call.caller, call.room(), id_of(call), std::move(emoji), on, call.once,
                       respond<MessageView>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/chat/messages/{messageId}/review", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto verdict = fields.required_text("verdict").value_or("show");
    if (verdict != "show" && verdict != "refuse") fields.wrong("verdict", "show or refuse");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chat_order().review(call.caller, call.room(), id_of(call), verdict == "show", call.once,
                             respond<MessageView>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/chat/messages/{messageId}/reports", [this](const Call& call, Reply reply) {
    contract::Fields fields{call.body};
    const auto text = fields.required_text("reason").value_or("other");
    const auto reason = domain::report_reason_from(text);
    if (!reason) fields.wrong("reason", "spam, harassment, hate, sexual, violence or other");
    auto detail = fields.text("detail").value_or("");
    if (fields.refusal()) return reply(problem(*fields.refusal()));
    app_.chat_order().report(call.caller, call.room(), id_of(call), *reason, std::move(detail), call.once,
                             respond_made<app::ReportView>(reply));
  });
  route("POST", "/v1/rooms/{roomId}/chat/reports/{reportId}/settle", [this](const Call& call, Reply reply) {
    app_.chat_order().settle(call.caller, call.room(), domain::ReportId{call.param("reportId")}, call.once,
                             respond<app::ReportView>(reply));
  });
}

}  // namespace costage::api_v1
