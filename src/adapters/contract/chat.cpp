#include "adapters/contract/chat.hpp"

#include <algorithm>

#include "base/overloaded.hpp"

namespace costage::contract {
namespace {

using namespace domain;

json::array reactions_of(const ChatMessage& message, const std::vector<std::string>& mine) {
  json::array out;
  for (const EmojiCount& one : message.reactions) {
    json::object reaction{{"emoji", one.emoji}, {"count", one.count}};
    if (std::ranges::find(mine, one.emoji) != mine.end()) reaction["mine"] = true;
    out.push_back(std::move(reaction));
  }
  return out;
}

json::array ids(const std::vector<UserId>& users) {
  json::array out;
  for (const UserId& user : users) out.emplace_back(user.value());
  return out;
}

json::object quoted(const Quote& quote) {
  return {{"messageId", quote.message.value()},
          {"userId", quote.user.value()},
          {"name", quote.name},
          {"excerpt", quote.excerpt}};
}

json::object report_of(const ChatReport& report, const ChatMessage& message) {
  json::object out{{"reportId", report.id.value()}, {"roomId", report.room.value()},
                   {"message", to_json(message)},   {"userId", report.user.value()},
                   {"name", report.name},           {"reason", name(report.reason)},
                   {"open", report.open},           {"createdAt", iso8601(report.created_at)}};
  if (!report.detail.empty()) out["detail"] = report.detail;
  if (report.settled_by) out["settledBy"] = report.settled_by->value();
  return out;
}

template <class Items>
json::array array_of(const Items& items) {
  json::array out;
  for (const auto& item : items) out.push_back(contract::to_json(item));
  return out;
}

}  // namespace

json::object to_json(const ChatMessage& message) {
  json::object out{{"messageId", message.id.value()},
                   {"roomId", message.room.value()},
                   {"kind", name(message.kind)},
                   {"userId", message.user.value()},
                   {"name", message.name},
                   {"role", name(message.role)},
                   {"text", message.text},
                   {"status", name(message.status)},
                   {"sentAt", iso8601(message.sent_at)},
                   {"mentions", ids(message.mentions)},
                   {"reactions", reactions_of(message, {})}};
  if (!message.client_id.empty()) out["clientId"] = message.client_id;
  add_time(out, "editedAt", message.edited_at);
  add_time(out, "deletedAt", message.deleted_at);
  if (!message.reason.empty()) out["reason"] = message.reason;
  if (message.deleted_by) out["deletedBy"] = message.deleted_by->value();
  if (!message.reply_to.message.value().empty()) out["replyTo"] = quoted(message.reply_to);
  if (message.asks_to_join) out["asksToJoin"] = true;
  return out;
}

json::object to_json(const app::MessageView& view) {
  json::object out = to_json(view.message);
  out["reactions"] = reactions_of(view.message, view.mine);
  return out;
}

json::object to_json(const ChatSettings& settings) {
  return {{"writers", name(settings.writers)},
          {"slowModeSeconds", settings.slow_mode.count()},
          {"watchedMinutes", settings.watched_minutes}};
}

json::object to_json(const ChatPin& pin) {
  json::object out{
      {"text", pin.text}, {"userId", pin.user.value()}, {"name", pin.name}, {"pinnedAt", iso8601(pin.pinned_at)}};
  if (!pin.message.value().empty()) out["messageId"] = pin.message.value();
  add_time(out, "until", pin.until);
  return out;
}

json::object to_json(const app::ChatSnapshot& snapshot) {
  json::object out{{"settings", to_json(snapshot.chat.settings)},
                   {"messages", array_of(snapshot.messages)},
                   {"more", !snapshot.next_cursor.empty()},
                   {"reactions", to_json(snapshot.reactions)}};
  if (!snapshot.next_cursor.empty()) out["nextCursor"] = snapshot.next_cursor;
  if (!snapshot.chat.pin.text.empty()) out["pin"] = to_json(snapshot.chat.pin);
  return out;
}

json::object to_json(const Standing& standing) {
  json::object out{{"userId", standing.user.value()},
                   {"name", standing.name},
                   {"moderator", standing.moderator},
                   {"muted", standing.muted},
                   {"banned", standing.banned}};
  add_time(out, "mutedUntil", standing.muted_until);
  if (!standing.reason.empty()) out["reason"] = standing.reason;
  if (standing.by.value().empty()) return out;
  out["byId"] = standing.by.value();
  out["at"] = iso8601(standing.at);
  return out;
}

json::object to_json(const app::ReportView& view) { return report_of(view.report, view.message); }

json::object to_json(const app::ModerationView& view) {
  return {{"people", array_of(view.people)}, {"held", array_of(view.held)}, {"reports", array_of(view.reports)}};
}

json::object to_json(const WordList& words) {
  json::array list;
  for (const ListedWord& one : words.words)
    list.push_back(json::object{{"text", one.text}, {"action", name(one.action)}});
  json::object out{{"words", std::move(list)}};
  if (words.links) out["links"] = name(*words.links);
  return out;
}

json::object to_json(const app::ReactionTotals& totals) {
  json::object out;
  for (const auto& [kind, count] : totals) out[kind] = count;
  return out;
}

json::object to_json(const ChatEvent& event) {
  json::object out = redacted(event);
  out["type"] = name(event.type);
  if (event.actor) out["actorId"] = event.actor->value();
  out["data"] = std::visit(
      Overloaded{[](const MessageChange& change) { return json::object{{"message", to_json(change.message)}}; },
                 [](const SettingsChange& change) { return json::object{{"settings", to_json(change.settings)}}; },
                 [](const PinChange& change) {
                   return change.pin.text.empty() ? json::object{} : json::object{{"pin", to_json(change.pin)}};
                 },
                 [](const ReportChange& change) {
                   return json::object{{"report", report_of(change.report, change.message)}};
                 }},
      event.data);
  return out;
}

json::object redacted(const ChatEvent& event) {
  return {{"seq", event.seq}, {"type", "private"}, {"at", iso8601(event.at)}};
}

}  // namespace costage::contract
