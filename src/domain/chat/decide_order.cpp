#include "domain/chat/decide_order.hpp"

#include "domain/chat/decision.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

using std::chrono::seconds;

Refusal out_of(const char* field, long long least, long long most) {
  return Refusal::invalid(field, "It must be from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

std::optional<Refusal> bad_settings(const ChatSettings& settings) {
  if (settings.slow_mode < seconds{0} || limits::kMaxSlowMode < settings.slow_mode)
    return out_of("slowModeSeconds", 0, limits::kMaxSlowMode.count());
  if (settings.watched_minutes < 0 || limits::kMaxWatchedMinutes < settings.watched_minutes)
    return out_of("watchedMinutes", 0, limits::kMaxWatchedMinutes);
  return {};
}

// Nothing of what was said stays, but that something was.
ChatMessage emptied(ChatMessage message) {
  message.text.clear();
  message.reply_to = {};
  message.mentions.clear();
  message.reactions.clear();
  return message;
}

// What only its author and moderators saw goes without a trace for the others.
bool was_public(const ChatMessage& message) { return message.status == MessageStatus::shown; }

std::optional<Refusal> why_not_pin(const ChatFacts& facts, const PinMessage& command) {
  if (!permitted(facts.footing(), command.actor, Action::pin_message)) return denied(facts.footing(), command.actor);
  if (command.time && (*command.time < limits::kMinPin || limits::kMaxPin < *command.time))
    return out_of("seconds", limits::kMinPin.count(), limits::kMaxPin.count());
  if (command.text)
    if (auto bad = too_long(*command.text, limits::kMessage, "text")) return bad;
  if (!is_open(facts.room.status)) return Code::room_ended;
  if (command.text) return {};
  if (!command.message || command.message->kind != MessageKind::text) return Code::message_not_found;
  if (command.message->status != MessageStatus::shown) return Code::message_deleted;
  return {};
}

Answer<std::string> pinned_text(const PinMessage& command) {
  if (!command.text) return command.message->text;
  auto text = message_text(*command.text);
  if (!text) return refuse(refusal_for(text.error()));
  return std::move(*text);
}

ChatMessage line_of_pin(const ChatFacts& facts, const PinMessage& command) {
  ChatMessage line;
  line.id = command.id;
  line.room = facts.room.id;
  line.kind = MessageKind::pinned;
  line.user = command.actor.user;
  line.name = command.actor.name;
  line.role = role_of(facts.footing(), command.actor);
  return line;
}

}  // namespace

Answer<ChatEvents> decide_order(const ChatFacts& facts, const DeleteMessage& command, WallTime now) {
  if (auto bad = too_long(command.reason, limits::kComment, "reason")) return refuse(*bad);
  const bool is_own = command.message && command.message->user == command.actor.user;
  if (!permitted(facts.footing(), command.actor, Action::delete_message, is_own ? Relation::own : Relation::other))
    return refuse(denied(facts.footing(), command.actor));
  if (!command.message || command.message->kind != MessageKind::text) return refuse(Code::message_not_found);
  if (command.message->status == MessageStatus::deleted) return ChatEvents{};
  const bool for_all = was_public(*command.message);
  ChatMessage next = emptied(*command.message);
  next.status = for_all ? MessageStatus::deleted : MessageStatus::refused;
  next.deleted_at = now;
  next.deleted_by = command.actor.user;
  next.reason = command.reason;
  ChatDecision decision{facts.chat, now, command.actor.user};
  decision.emit(for_all ? ChatEventType::deleted : ChatEventType::refused, MessageChange{std::move(next)});
  if (facts.chat.pin.message == command.message->id && !facts.chat.pin.text.empty())
    decision.emit(ChatEventType::unpinned, PinChange{});
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const ReviewMessage& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::review_message))
    return refuse(denied(facts.footing(), command.actor));
  if (!command.message) return refuse(Code::message_not_found);
  if (command.message->status != MessageStatus::held) return refuse(Code::message_not_held);
  ChatDecision decision{facts.chat, now, command.actor.user};
  ChatMessage next = *command.message;
  next.status = command.show ? MessageStatus::shown : MessageStatus::refused;
  if (command.show)
    decision.place(ChatEventType::sent, std::move(next));
  else
    decision.emit(ChatEventType::refused, MessageChange{std::move(next)});
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const ReportMessage& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::report_message))
    return refuse(denied(facts.footing(), command.actor));
  if (auto bad = too_long(command.detail, limits::kReportDetail, "detail")) return refuse(*bad);
  if (!command.message || command.message->kind != MessageKind::text) return refuse(Code::message_not_found);
  if (command.message->user == command.actor.user) return refuse(Code::not_oneself);
  if (command.message->status != MessageStatus::shown) return refuse(Code::message_deleted);
  const ChatReport report{command.id,
                          facts.room.id,
                          command.message->id,
                          command.actor.user,
                          command.actor.name,
                          command.reason,
                          command.detail,
                          true,
                          now,
                          {}};
  ChatDecision decision{facts.chat, now, command.actor.user};
  decision.emit(ChatEventType::reported, ReportChange{report, *command.message});
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const SettleReport& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::review_message))
    return refuse(denied(facts.footing(), command.actor));
  if (!command.report || !command.message) return refuse(Code::report_not_found);
  if (!command.report->open) return ChatEvents{};
  ChatReport next = *command.report;
  next.open = false;
  next.settled_by = command.actor.user;
  ChatDecision decision{facts.chat, now, command.actor.user};
  decision.emit(ChatEventType::report_settled, ReportChange{std::move(next), *command.message});
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const PinMessage& command, WallTime now) {
  if (auto refusal = why_not_pin(facts, command)) return refuse(*refusal);
  auto text = pinned_text(command);
  if (!text) return refuse(text.error());
  ChatPin pin{std::move(*text), {}, command.actor.user, command.actor.name, now, {}};
  if (!command.text) pin.message = command.message->id;
  if (command.time) pin.until = now + *command.time;
  ChatDecision decision{facts.chat, now, command.actor.user};
  decision.emit(ChatEventType::pinned, PinChange{std::move(pin)});
  decision.place(ChatEventType::sent, line_of_pin(facts, command));
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const Unpin& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::pin_message))
    return refuse(denied(facts.footing(), command.actor));
  ChatDecision decision{facts.chat, now, command.actor.user};
  if (!facts.chat.pin.text.empty()) decision.emit(ChatEventType::unpinned, PinChange{});
  return decision.take();
}

Answer<ChatEvents> decide_order(const ChatFacts& facts, const SetChat& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::set_chat))
    return refuse(denied(facts.footing(), command.actor));
  if (auto bad = bad_settings(command.settings)) return refuse(*bad);
  if (!is_open(facts.room.status)) return refuse(Code::room_ended);
  ChatDecision decision{facts.chat, now, command.actor.user};
  if (command.settings != facts.chat.settings)
    decision.emit(ChatEventType::settings_changed, SettingsChange{command.settings});
  return decision.take();
}

}  // namespace costage::domain
