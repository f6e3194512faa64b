// The history of a chat: numbered by itself, each event with the whole new sub-object.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/chat/chat.hpp"
#include "domain/chat/message.hpp"
#include "domain/chat/report.hpp"
#include "domain/event_table.hpp"

namespace costage::domain {

enum class ChatEventType : std::uint8_t {
  sent,
  held,
  refused,
  edited,
  deleted,
  reacted,
  settings_changed,
  pinned,
  unpinned,
  reported,
  report_settled,
};

struct MessageChange {
  ChatMessage message;
  bool operator==(const MessageChange&) const = default;
};
struct SettingsChange {
  ChatSettings settings;
  bool operator==(const SettingsChange&) const = default;
};
struct PinChange {
  ChatPin pin;
  bool operator==(const PinChange&) const = default;
};
struct ReportChange {
  ChatReport report;
  ChatMessage message;  // that it is about
  bool operator==(const ReportChange&) const = default;
};
using ChatEventData = std::variant<MessageChange, SettingsChange, PinChange, ReportChange>;

// `author`: the message's, and who moderates. Others learn only that something was numbered.
enum class ChatAudience : std::uint8_t { everybody, author, moderators };

struct ChatEventInfo {
  ChatEventType type{};
  std::string_view name;  // "chat.sent"
  ChatAudience audience{};
};
std::span<const ChatEventInfo> all_chat_events();
const ChatEventInfo& info(ChatEventType type);
inline std::string_view name(ChatEventType type) { return info(type).name; }
std::optional<ChatEventType> chat_event_type_from(std::string_view name);
// Empty data of the kind that events of this type carry.
ChatEventData data_for(ChatEventType type);

struct ChatEvent {
  std::uint64_t seq = 0;  // 1, 2, 3.. in its chat, without a hole
  ChatEventType type{};
  WallTime at;
  std::optional<UserId> actor;  // nobody: the show itself
  ChatEventData data;
  bool operator==(const ChatEvent&) const = default;
};
using ChatEvents = std::vector<ChatEvent>;

bool may_see(const ChatEvent& event, const UserId& viewer, const Sight& sight);

}  // namespace costage::domain
