#include "adapters/realtime/client_message.hpp"

#include <boost/json/parse.hpp>

#include "adapters/json/texts.hpp"
#include "base/overloaded.hpp"

namespace costage::realtime {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kMaxId = 64;      // bytes
constexpr std::size_t kMaxTopic = 200;  // bytes
constexpr std::size_t kMaxEpoch = 100;  // bytes
constexpr std::string_view kRoomPrefix = "room/";
constexpr std::string_view kChatPrefix = "chat/";

std::optional<std::string_view> text_of(const json::object& object, std::string_view name, std::size_t max) {
  const json::value* value = object.if_contains(name);
  if (!value || !value->is_string() || value->get_string().size() > max) return {};
  return std::string_view{value->get_string()};
}

bool is_id(const json::value& value) {
  if (value.is_string()) return value.get_string().size() <= kMaxId;
  return value.is_int64() || value.is_uint64() || value.is_null();
}

std::optional<Position> position_of(const json::value& value) {
  if (!value.is_object()) return {};
  const auto& object = value.get_object();
  const auto epoch = text_of(object, "epoch", kMaxEpoch);
  const json::value* seq = object.if_contains("seq");
  if (!epoch || !seq || !seq->is_number()) return {};
  boost::system::error_code error;
  const auto number = seq->to_number<std::uint64_t>(error);
  if (error) return {};
  return Position{std::string{*epoch}, number};
}

// A word that is left out stays unknown; one that nobody knows is refused.
template <class Word>
bool read_word(const json::object& object, std::string_view name, std::optional<Word> (*from)(std::string_view),
               Word& out) {
  if (!object.contains(name)) return true;
  const auto text = text_of(object, name, kMaxId);
  const auto word = text ? from(*text) : std::nullopt;
  if (word) out = *word;
  return word.has_value();
}

Result<ClientMessage, BadMessage> report_of(const json::value& id, const Topic& topic, const json::object& object) {
  const auto* room = std::get_if<RoomTopic>(&topic);
  if (room == nullptr) return fail(BadMessage{id, "A report is about a room/{roomId}."});
  Report report{room->room, {}};
  domain::Readiness& readiness = report.readiness;
  const bool known = read_word(object, "camera", domain::device_readiness_from, readiness.camera) &&
                     read_word(object, "microphone", domain::device_readiness_from, readiness.microphone) &&
                     read_word(object, "connection", domain::connection_grade_from, readiness.connection);
  if (!known) return fail(BadMessage{id, "camera, microphone and connection must be words of the contract."});
  if (object.contains("clientVersion")) {
    const auto version = text_of(object, "clientVersion", kMaxId);
    if (!version || !domain::is_version(*version))
      return fail(BadMessage{id, "clientVersion must be like 8.7.2: up to four whole numbers."});
    readiness.client_version = *version;
  }
  return ClientMessage{id, std::move(report)};
}

Result<ClientMessage, BadMessage> react_of(const json::value& id, const Topic& topic, const json::object& object) {
  const auto* chat = std::get_if<ChatTopic>(&topic);
  if (chat == nullptr) return fail(BadMessage{id, "A reaction is about a chat/{roomId}."});
  const auto kind = app::reaction_kind_from(text_of(object, "kind", kMaxId).value_or(""));
  if (!kind) return fail(BadMessage{id, "kind must be a word of the contract."});
  React react{chat->room, *kind, 1};
  const json::value* count = object.if_contains("count");
  if (count == nullptr) return ClientMessage{id, std::move(react)};
  boost::system::error_code error;
  const auto number = count->is_number() ? count->to_number<std::int64_t>(error) : 0;
  if (error || number < 1 || number > static_cast<std::int64_t>(app::Reactions::kAtOnce))
    return fail(BadMessage{id, "count must be from 1 to 20."});
  react.count = static_cast<std::uint64_t>(number);
  return ClientMessage{id, std::move(react)};
}

}  // namespace

std::optional<Topic> topic_from(std::string_view text) {
  if (text == "me") return MeTopic{};
  if (text == "rooms") return RoomsTopic{};
  if (text.starts_with(kRoomPrefix) && text.size() > kRoomPrefix.size())
    return RoomTopic{domain::RoomId{std::string{text.substr(kRoomPrefix.size())}}};
  if (text.starts_with(kChatPrefix) && text.size() > kChatPrefix.size())
    return ChatTopic{domain::RoomId{std::string{text.substr(kChatPrefix.size())}}};
  return {};
}

std::string name(const Topic& topic) {
  return std::visit(
      Overloaded{[](const RoomTopic& room) { return std::string{kRoomPrefix} + room.room.value(); },
                 [](const ChatTopic& chat) { return std::string{kChatPrefix} + chat.room.value(); },
                 [](MeTopic) { return std::string{"me"}; }, [](RoomsTopic) { return std::string{"rooms"}; }},
      topic);
}

Result<ClientMessage, BadMessage> parse(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::system::error_code error;
  const json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return fail(BadMessage{nullptr, "The message is not a JSON object."});
  if (const auto bad = json_text::find_bad(value)) return fail(BadMessage{nullptr, bad->sentence()});
  const json::object& object = value.get_object();

  const json::value* id_field = object.if_contains("id");
  const json::value id = id_field ? *id_field : json::value(nullptr);  // braces would make an array
  if (!is_id(id)) return fail(BadMessage{nullptr, "id must be text or a whole number."});
  const auto type = text_of(object, "type", kMaxId);
  if (type == "ping") return ClientMessage{id, Ping{}};
  if (type != "subscribe" && type != "unsubscribe" && type != "report" && type != "react")
    return fail(BadMessage{id, "type must be subscribe, unsubscribe, report, react or ping."});

  const auto topic_text = text_of(object, "topic", kMaxTopic);
  const auto topic = topic_text ? topic_from(*topic_text) : std::nullopt;
  if (!topic) return fail(BadMessage{id, "topic must be room/{roomId}, chat/{roomId}, me or rooms."});
  if (type == "unsubscribe") return ClientMessage{id, Unsubscribe{*topic}};
  if (type == "report") return report_of(id, *topic, object);
  if (type == "react") return react_of(id, *topic, object);
  const json::value* since = object.if_contains("since");
  if (!since || since->is_null()) return ClientMessage{id, Subscribe{*topic, {}}};
  auto position = position_of(*since);
  if (!position) return fail(BadMessage{id, "since must be {epoch, seq}."});
  return ClientMessage{id, Subscribe{*topic, std::move(position)}};
}

}  // namespace costage::realtime
