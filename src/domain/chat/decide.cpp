// Writing, changing and answering messages.
#include "domain/chat/decide.hpp"

#include <algorithm>

#include "base/message_text.hpp"
#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "domain/chat/decide_order.hpp"
#include "domain/chat/decision.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

using std::chrono::ceil;
using std::chrono::seconds;

// Whether the rules for viewers do not hold for them: the host, who is on stage, and who moderates.
bool is_of_the_show(const ChatFacts& facts, const Actor& actor) {
  const Role role = role_of(facts.footing(), actor);
  return role != Role::viewer && role != Role::guest;
}

bool moderates(const ChatFacts& facts, const Actor& actor) {
  return permitted(facts.footing(), actor, Action::review_message);
}

std::optional<Refusal> chat_is_off(const ChatFacts& facts) {
  if (!facts.room.chat_enabled || facts.chat.settings.writers == Writers::nobody) return Code::chat_off;
  if (!is_open(facts.room.status)) return Code::room_ended;
  return {};
}

std::optional<Refusal> muted(const ChatFacts& facts, WallTime now) {
  if (!facts.standing || !is_muted(*facts.standing, now)) return {};
  if (!facts.standing->muted_until) return Code::muted;
  return Refusal{Code::muted, ceil<seconds>(*facts.standing->muted_until - now)};
}

// When they wrote the `count` newest messages, the first of these is `within` ago or longer.
std::optional<seconds> too_soon(const std::vector<WallTime>& recent, std::size_t count, seconds within, WallTime now) {
  if (recent.size() < count || count == 0) return {};
  const WallTime free_at = recent[count - 1] + within;
  if (free_at <= now) return {};
  return ceil<seconds>(free_at - now);
}

std::optional<Refusal> too_often(const ChatFacts& facts, const SendMessage& command, WallTime now) {
  const seconds slow = facts.chat.settings.slow_mode;
  if (slow.count() > 0 && !is_of_the_show(facts, command.actor))
    if (const auto wait = too_soon(command.recent, 1, slow, now)) return Refusal{Code::slow_mode, *wait};
  if (const auto wait = too_soon(command.recent, limits::kMessagesAtOnce, limits::kMessagesAtOnceIn, now))
    return Refusal{Code::rate_limited, *wait};
  return {};
}

std::optional<Refusal> watched_too_short(const ChatFacts& facts, const SendMessage& command, WallTime now) {
  const std::chrono::minutes wanted{facts.chat.settings.watched_minutes};
  if (wanted.count() == 0 || is_of_the_show(facts, command.actor)) return {};
  const auto watched = command.watches_since ? now - *command.watches_since : WallTime::duration::zero();
  if (watched >= wanted) return {};
  return Refusal{Code::watch_longer, ceil<seconds>(wanted - watched)};
}

bool is_shown(const std::optional<ChatMessage>& message) {
  return message && message->status == MessageStatus::shown && message->kind == MessageKind::text;
}

std::optional<Refusal> bad_fields(const SendMessage& command) {
  if (auto bad = too_long(command.text, limits::kMessage, "text")) return bad;
  if (auto bad = too_long(command.client_id, limits::kClientId, "clientId")) return bad;
  if (command.mentions.size() > limits::kMentions)
    return Refusal::invalid("mentions", "There must not be more than " + std::to_string(limits::kMentions) + ".");
  for (const UserId& user : command.mentions)
    if (auto bad = bad_user_id(user, "mentions")) return bad;
  return {};
}

std::optional<Refusal> why_not_send(const ChatFacts& facts, const SendMessage& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::send_message, Relation::own))
    return denied(facts.footing(), command.actor);
  if (auto bad = bad_fields(command)) return bad;
  if (auto off = chat_is_off(facts)) return off;
  if (auto mute = muted(facts, now)) return mute;
  if (facts.chat.settings.writers == Writers::stage && !is_of_the_show(facts, command.actor))
    return Code::chat_for_stage;
  if (command.reply_to && !command.answered) return Code::message_not_found;
  if (command.reply_to && !is_shown(command.answered)) return Code::message_deleted;
  if (command.asks_to_join && !command.has_request) return Code::request_not_found;
  if (auto often = too_often(facts, command, now)) return often;
  return watched_too_short(facts, command, now);
}

Quote quote_of(const ChatMessage& message) {
  return {message.id, message.user, message.name, excerpt(message.text, limits::kQuote)};
}

ChatMessage new_message(const ChatFacts& facts, const SendMessage& command, std::string text) {
  ChatMessage out;
  out.id = command.id;
  out.room = facts.room.id;
  out.user = command.actor.user;
  out.name = command.actor.name;
  out.role = role_of(facts.footing(), command.actor);
  out.text = std::move(text);
  out.client_id = command.client_id;
  if (command.answered) out.reply_to = quote_of(*command.answered);
  out.mentions = command.mentions;
  const bool names_host = out.text.find("@host") != std::string::npos;
  if (names_host && std::ranges::find(out.mentions, facts.room.host) == out.mentions.end())
    out.mentions.push_back(facts.room.host);
  out.asks_to_join = command.asks_to_join;
  return out;
}

Answer<ChatEvents> decide_on(const ChatFacts& facts, const SendMessage& command, WallTime now) {
  if (auto refusal = why_not_send(facts, command, now)) return refuse(*refusal);
  auto text = message_text(command.text);
  if (!text) return refuse(refusal_for(text.error()));
  const auto verdict = moderates(facts, command.actor) ? std::nullopt : command.verdict;
  if (verdict == WordAction::refuse) return refuse(Code::message_refused);
  ChatDecision decision{facts.chat, now, command.actor.user};
  ChatMessage message = new_message(facts, command, std::move(*text));
  message.status = verdict ? MessageStatus::held : MessageStatus::shown;
  decision.place(verdict ? ChatEventType::held : ChatEventType::sent, std::move(message));
  return decision.take();
}

std::optional<Refusal> why_not_edit(const ChatFacts& facts, const EditMessage& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::send_message, Relation::own))
    return denied(facts.footing(), command.actor);
  if (auto bad = too_long(command.text, limits::kMessage, "text")) return bad;
  if (!command.message || command.message->kind != MessageKind::text) return Code::message_not_found;
  if (command.message->user != command.actor.user) return Code::not_permitted;
  if (auto off = chat_is_off(facts)) return off;
  if (auto mute = muted(facts, now)) return mute;
  if (command.message->status != MessageStatus::shown) return Code::message_deleted;
  if (now - command.message->sent_at > limits::kEditWindow) return Code::edit_too_late;
  return {};
}

// What would be held is refused here: what everybody reads already does not go back to wait.
Answer<ChatEvents> decide_on(const ChatFacts& facts, const EditMessage& command, WallTime now) {
  if (auto refusal = why_not_edit(facts, command, now)) return refuse(*refusal);
  auto text = message_text(command.text);
  if (!text) return refuse(refusal_for(text.error()));
  if (command.verdict && !moderates(facts, command.actor)) return refuse(Code::message_refused);
  if (*text == command.message->text) return ChatEvents{};
  ChatDecision decision{facts.chat, now, command.actor.user};
  ChatMessage next = *command.message;
  next.text = std::move(*text);
  next.edited_at = now;
  decision.emit(ChatEventType::edited, MessageChange{std::move(next)});
  return decision.take();
}

// One person more, or less, with this emoji.
bool count_emoji(std::vector<EmojiCount>& counts, const std::string& emoji, bool on) {
  const auto at = std::ranges::find(counts, emoji, &EmojiCount::emoji);
  if (at == counts.end()) {
    if (!on || counts.size() >= limits::kMessageEmojis) return false;
    counts.push_back({emoji, 1});
    return true;
  }
  if (on) return ++at->count, true;
  if (--at->count == 0) counts.erase(at);
  return true;
}

std::optional<Refusal> why_not_react(const ChatFacts& facts, const ReactToMessage& command, WallTime now) {
  if (!permitted(facts.footing(), command.actor, Action::react)) return denied(facts.footing(), command.actor);
  if (!is_one_emoji(command.emoji)) return Code::emoji_unknown;
  if (!command.message || command.message->kind != MessageKind::text) return Code::message_not_found;
  if (auto off = chat_is_off(facts)) return off;
  if (auto mute = muted(facts, now)) return mute;
  if (command.message->status != MessageStatus::shown) return Code::message_deleted;
  return {};
}

Answer<ChatEvents> decide_on(const ChatFacts& facts, const ReactToMessage& command, WallTime now) {
  if (auto refusal = why_not_react(facts, command, now)) return refuse(*refusal);
  if (command.on == command.was_on) return ChatEvents{};
  ChatMessage next = *command.message;
  if (!count_emoji(next.reactions, command.emoji, command.on)) return refuse(Code::reactions_full);
  ChatDecision decision{facts.chat, now, command.actor.user};
  decision.emit(ChatEventType::reacted, MessageChange{std::move(next)});
  return decision.take();
}

}  // namespace

Refusal refusal_for(BadMessage bad) {
  switch (bad) {
    case BadMessage::blank:
      return Code::message_blank;
    case BadMessage::too_many_lines:
      return Code::message_too_many_lines;
    case BadMessage::stacked_marks:
      return Code::message_stacked_marks;
    case BadMessage::misleading:
      break;
  }
  return Code::message_misleading;
}

Answer<ChatEvents> decide_chat(const ChatFacts& facts, const ChatCommand& command, WallTime now) {
  return std::visit(Overloaded{[&](const SendMessage& c) { return decide_on(facts, c, now); },
                               [&](const EditMessage& c) { return decide_on(facts, c, now); },
                               [&](const ReactToMessage& c) { return decide_on(facts, c, now); },
                               [&](const auto& c) { return decide_order(facts, c, now); }},
                    command);
}

std::vector<ChatLine> chat_lines(const RoomId& room, const Events& events) {
  std::vector<ChatLine> out;
  const auto say = [&](const Event& event, MessageKind kind, const Seat& seat) {
    // Each event of a room is one line at most.
    out.push_back({MessageId{"line_" + room.value() + '_' + std::to_string(event.seq)}, kind, seat.user, seat.name});
  };
  for (const Event& event : events) {
    const auto* change = std::get_if<StageChange>(&event.data);
    if (change == nullptr || change->seat.role != SeatRole::co_host) continue;
    const bool left =
        event.type == EventType::stage_left && change->seat.on_air_at && change->reason != LeaveReason::ended;
    if (event.type == EventType::stage_joined)
      say(event, MessageKind::came_on_stage, change->seat);
    else if (left)
      say(event, MessageKind::left_stage, change->seat);
  }
  return out;
}

ChatEvent line_event(const Chat& chat, const ChatLine& line, WallTime now) {
  ChatMessage message;
  message.id = line.id;
  message.room = chat.room;
  message.kind = line.kind;
  message.user = line.user;
  message.name = line.name;
  message.role = Role::co_host;
  ChatDecision decision{chat, now, {}};
  decision.place(ChatEventType::sent, std::move(message));
  return decision.take().front();
}

}  // namespace costage::domain
