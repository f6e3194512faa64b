#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "adapters/storage/value.hpp"
#include "domain/chat/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::Writers> word(std::string_view text) {
  return domain::writers_from(text);
}
template <>
inline std::optional<domain::MessageKind> word(std::string_view text) {
  return domain::message_kind_from(text);
}
template <>
inline std::optional<domain::MessageStatus> word(std::string_view text) {
  return domain::message_status_from(text);
}
template <>
inline std::optional<domain::Role> word(std::string_view text) {
  return domain::role_from(text);
}
template <>
inline std::optional<domain::ReportReason> word(std::string_view text) {
  return domain::report_reason_from(text);
}

template <class F, Is<domain::ChatSettings> O>
void fields(F& f, O& o) {
  f("writers", "writers", o.writers);
  f("slowMode", "slow_mode", o.slow_mode);
  f("watchedMinutes", "watched_minutes", o.watched_minutes);
}

template <class F, Is<domain::ChatPin> O>
void fields(F& f, O& o) {
  f("text", "pin_text", o.text);
  f("message", "pin_message_id", o.message);
  f("user", "pin_user_id", o.user);
  f("name", "pin_name", o.name);
  f("at", "pinned_at", o.pinned_at);
  f("until", "pin_until", o.until);
}

// SQL only; the seq is that of the stream.
template <class F, Is<domain::Chat> O>
void fields(F& f, O& o) {
  f("room", "room_id", o.room);
  f.part("settings", o.settings);
  f.part("pin", o.pin);
}

template <class F, Is<domain::Quote> O>
void fields(F& f, O& o) {
  f("message", "reply_message_id", o.message);
  f("user", "reply_user_id", o.user);
  f("name", "reply_name", o.name);
  f("excerpt", "reply_excerpt", o.excerpt);
}

template <class F, Is<domain::ChatMessage> O>
void fields(F& f, O& o) {
  f("id", "message_id", o.id);
  f("room", "room_id", o.room);
  f("kind", "kind", o.kind);
  f("user", "user_id", o.user);
  f("name", "name", o.name);
  f("role", "role", o.role);
  f("text", "text", o.text);
  f("status", "status", o.status);
  f("clientId", "client_id", o.client_id);
  f("sentAt", "sent_at", o.sent_at);
  f("editedAt", "edited_at", o.edited_at);
  f("deletedAt", "deleted_at", o.deleted_at);
  f("deletedBy", "deleted_by", o.deleted_by);
  f("reason", "reason", o.reason);
  f.part("replyTo", o.reply_to);
  f("mentions", "mentions", o.mentions);
  f("asksToJoin", "asks_to_join", o.asks_to_join);
  f("reactions", "reactions", o.reactions);
  f("place", "place", o.place);
}

template <class F, Is<domain::ChatReport> O>
void fields(F& f, O& o) {
  f("id", "report_id", o.id);
  f("room", "room_id", o.room);
  f("message", "message_id", o.message);
  f("user", "user_id", o.user);
  f("name", "name", o.name);
  f("reason", "reason", o.reason);
  f("detail", "detail", o.detail);
  f("open", "is_open", o.open);
  f("createdAt", "created_at", o.created_at);
  f("settledBy", "settled_by", o.settled_by);
}

template <class F, Is<domain::MessageChange> O>
void fields(F& f, O& o) {
  fields(f, o.message);
}
template <class F, Is<domain::SettingsChange> O>
void fields(F& f, O& o) {
  fields(f, o.settings);
}
template <class F, Is<domain::PinChange> O>
void fields(F& f, O& o) {
  fields(f, o.pin);
}
template <class F, Is<domain::ReportChange> O>
void fields(F& f, O& o) {
  f.part("report", o.report);
  f.part("message", o.message);
}

}  // namespace costage::storage
