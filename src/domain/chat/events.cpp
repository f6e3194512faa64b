#include "domain/chat/events.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace costage::domain {
namespace {

using T = ChatEventType;
using enum ChatAudience;

constexpr auto kEvents = std::to_array<ChatEventInfo>({
    {T::sent, "chat.sent", everybody},
    {T::held, "chat.held", author},
    {T::refused, "chat.refused", author},
    {T::edited, "chat.edited", everybody},
    {T::deleted, "chat.deleted", everybody},
    {T::reacted, "chat.reacted", everybody},
    {T::settings_changed, "chat.settingsChanged", everybody},
    {T::pinned, "chat.pinned", everybody},
    {T::unpinned, "chat.unpinned", everybody},
    {T::reported, "chat.reported", moderators},
    {T::report_settled, "chat.reportSettled", moderators},
});

}  // namespace

std::span<const ChatEventInfo> all_chat_events() { return kEvents; }

const ChatEventInfo& info(ChatEventType type) {
  const ChatEventInfo& row = kEvents[static_cast<std::size_t>(type)];
  COSTAGE_CHECK(row.type == type, "the table is in the order of the enum");
  return row;
}

std::optional<ChatEventType> chat_event_type_from(std::string_view name) {
  const auto row = std::ranges::find(kEvents, name, &ChatEventInfo::name);
  if (row == kEvents.end()) return {};
  return row->type;
}

ChatEventData data_for(ChatEventType type) {
  switch (type) {
    case T::settings_changed:
      return SettingsChange{};
    case T::pinned:
    case T::unpinned:
      return PinChange{};
    case T::reported:
    case T::report_settled:
      return ReportChange{};
    default:
      return MessageChange{};
  }
}

// What nobody was shown is not shown by what becomes of it.
bool may_see(const ChatEvent& event, const UserId& viewer, const Sight& sight) {
  if (sight.moderation) return true;
  const auto* change = std::get_if<MessageChange>(&event.data);
  const bool is_hidden = change != nullptr && (change->message.status == MessageStatus::held ||
                                               change->message.status == MessageStatus::refused);
  switch (info(event.type).audience) {
    case everybody:
      return !is_hidden || change->message.user == viewer;
    case author:
      return change != nullptr && change->message.user == viewer;
    case moderators:
      return false;
  }
  return false;
}

}  // namespace costage::domain
