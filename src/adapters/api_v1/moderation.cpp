// Keeping order in a show: its chat's settings, pin and words; who is muted, banned or appointed.
#include "adapters/api_v1/api.hpp"
#include "adapters/contract/fields.hpp"
#include "domain/limits.hpp"

namespace costage::api_v1 {
namespace {

using domain::Answer;
using domain::Standing;
using domain::WordList;

// What a change of the settings leaves out stays as it is.
Answer<std::function<void(domain::ChatSettings&)>> settings_change(const Call& call) {
  if (auto lost = no_changes(call)) return domain::refuse(*lost);
  contract::Fields fields{call.body};
  const auto writers_text = fields.text("writers");
  const auto slow = fields.integer("slowModeSeconds");
  const auto watched = fields.integer("watchedMinutes");
  const auto writers = writers_text ? domain::writers_from(*writers_text) : std::nullopt;
  if (writers_text && !writers) fields.wrong("writers", "everybody, stage or nobody");
  if (watched && (*watched < 0 || *watched > domain::limits::kMaxWatchedMinutes))
    fields.wrong("watchedMinutes", "from 0 to 60");
  if (slow && (*slow < 0 || *slow > domain::limits::kMaxSlowMode.count()))
    fields.wrong("slowModeSeconds", "from 0 to 300");
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return [writers, slow, watched](domain::ChatSettings& settings) {
    if (writers) settings.writers = *writers;
    if (slow) settings.slow_mode = std::chrono::seconds{*slow};
    if (watched) settings.watched_minutes = static_cast<int>(*watched);
  };
}

Answer<app::NewPin> new_pin(const json::object& body) {
  contract::Fields fields{body};
  app::NewPin out{fields.text("text"), domain::MessageId{fields.text("messageId").value_or("")}, {}};
  if (const auto time = fields.integer("seconds")) out.time = std::chrono::seconds{*time};
  if (out.text.has_value() != out.message.value().empty()) fields.wrong("text", "given, or messageId, not both");
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

Answer<WordList> words_of(const json::object& body) {
  contract::Fields fields{body};
  WordList out;
  if (body.find("words") == body.end()) fields.wrong("words", "given, as a list");
  for (const json::object* item : fields.objects("words").value_or(std::vector<const json::object*>{})) {
    contract::Fields inner{*item, "words."};
    auto text = inner.required_text("text").value_or("");
    const auto action = domain::word_action_from(inner.required_text("action").value_or(""));
    if (!action) inner.wrong("action", "hold or refuse");
    out.words.push_back({std::move(text), action.value_or(domain::WordAction::hold)});
    fields.take_over(inner);
  }
  if (const auto links = fields.text("links")) {
    out.links = domain::word_action_from(*links);
    if (!out.links) fields.wrong("links", "hold or refuse");
  }
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return out;
}

template <class Verb>
Verb verb_on(const Call& call) {
  Verb verb;
  verb.actor = call.caller;
  verb.user = domain::UserId{call.param("userId")};
  return verb;
}

// A verb that takes a reason; a mute also how long.
template <class Verb>
Answer<Verb> verb_with_reason(const Call& call) {
  contract::Fields fields{call.body};
  Verb verb = verb_on<Verb>(call);
  verb.reason = fields.text("reason").value_or("");
  if constexpr (requires { verb.time; })
    if (const auto time = fields.integer("seconds")) verb.time = std::chrono::seconds{*time};
  if (fields.refusal()) return domain::refuse(*fields.refusal());
  return verb;
}

}  // namespace

void Api::add_moderation(const Registrar& route) {
  const auto person = [this, &route](const std::string& verb, auto read) {
    route("POST", "/v1/rooms/{roomId}/people/{userId}/" + verb, [this, read](const Call& call, Reply reply) {
      auto asked = read(call);
      if (!asked) return reply(problem(asked.error()));
      app_.chat_order().act(std::move(*asked), call.room(), call.once, respond<Standing>(reply));
    });
  };
  const auto plain = []<class Verb>(Verb) {
    return [](const Call& call) { return Answer<Verb>{verb_on<Verb>(call)}; };
  };
  person("mute", verb_with_reason<domain::MutePerson>);
  person("unmute", plain(domain::UnmutePerson{}));
  person("ban", verb_with_reason<domain::BanPerson>);
  person("unban", plain(domain::UnbanPerson{}));
  person("appoint", plain(domain::AppointModerator{}));
  person("dismiss", plain(domain::DismissModerator{}));

  route("GET", "/v1/rooms/{roomId}/moderation", [this](const Call& call, Reply reply) {
    app_.chat_order().overview(call.caller, call.room(), respond<app::ModerationView>(reply));
  });
  route("PATCH", "/v1/rooms/{roomId}/chat/settings", [this](const Call& call, Reply reply) {
    auto change = settings_change(call);
    if (!change) return reply(problem(change.error()));
    app_.chat_order().set(call.caller, call.room(), std::move(*change), call.once,
                          respond<domain::ChatSettings>(reply));
  });
  route("PUT", "/v1/rooms/{roomId}/chat/pin", [this](const Call& call, Reply reply) {
    auto pin = new_pin(call.body);
    if (!pin) return reply(problem(pin.error()));
    app_.chat_order().pin(call.caller, call.room(), std::move(*pin), call.once, respond<domain::ChatPin>(reply));
  });
  route("DELETE", "/v1/rooms/{roomId}/chat/pin", [this](const Call& call, Reply reply) {
    app_.chat_order().unpin(call.caller, call.room(), call.once, [reply](const Answer<domain::ChatPin>& answer) {
      reply(answer ? http::Response{.status = 204} : problem(answer.error()));
    });
  });
  add_words(route, "/v1/rooms/{roomId}/chat/words", [](const Call& call) { return call.room(); });
  add_words(route, "/v1/words", [](const Call&) { return domain::RoomId{}; });
}

void Api::add_words(const Registrar& route, const std::string& path, domain::RoomId (*room)(const Call&)) {
  route("GET", path, [this, room](const Call& call, Reply reply) {
    app_.chat_order().words(call.caller, room(call), respond<WordList>(reply));
  });
  route("PUT", path, [this, room](const Call& call, Reply reply) {
    auto words = words_of(call.body);
    if (!words) return reply(problem(words.error()));
    app_.chat_order().set_words(call.caller, room(call), std::move(*words), call.once, respond<WordList>(reply));
  });
}

}  // namespace costage::api_v1
