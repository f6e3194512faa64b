// One line of a show's chat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/roles.hpp"

namespace costage::domain {

// `text`: somebody wrote it. The others are lines of the show itself, about the user.
enum class MessageKind { text, came_on_stage, left_stage, pinned };
// `held`: its author and who moderates see it, until one of them shows or refuses it.
enum class MessageStatus { shown, held, refused, deleted };

std::string_view name(MessageKind kind);
std::optional<MessageKind> message_kind_from(std::string_view name);
std::string_view name(MessageStatus status);
std::optional<MessageStatus> message_status_from(std::string_view name);

// What a message answers; without an id: nothing. The excerpt is as it was then.
struct Quote {
  MessageId message;
  UserId user;
  std::string name;
  std::string excerpt;
  bool operator==(const Quote&) const = default;
};

struct EmojiCount {
  std::string emoji;
  std::uint64_t count = 0;
  bool operator==(const EmojiCount&) const = default;
};

struct ChatMessage {
  MessageId id;
  RoomId room;
  MessageKind kind = MessageKind::text;
  UserId user;
  std::string name;
  Role role = Role::viewer;  // the author's, then
  std::string text;          // empty once deleted
  MessageStatus status = MessageStatus::shown;
  std::string client_id;  // the author's client made it; empty: none
  WallTime sent_at;
  std::optional<WallTime> edited_at;
  std::optional<WallTime> deleted_at;
  std::optional<UserId> deleted_by;
  std::string reason;  // why it was deleted, for the history
  Quote reply_to;
  std::vector<UserId> mentions;
  bool asks_to_join = false;
  std::vector<EmojiCount> reactions;  // the first kind first
  std::uint64_t place = 0;            // the seq at which it was shown (or held): their order

  bool operator==(const ChatMessage&) const = default;
};

}  // namespace costage::domain
