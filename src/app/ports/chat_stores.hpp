// Stores of a show's chat: its stream, its messages and what belongs to them. Valid inside one unit of work.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/page.hpp"
#include "domain/chat/chat.hpp"
#include "domain/chat/events.hpp"
#include "domain/chat/word_list.hpp"

namespace costage::app {

// Every room has a chat, made with it in the same transaction.
class ChatStore {
 public:
  virtual ~ChatStore() = default;
  virtual std::optional<domain::Chat> find(const domain::RoomId& room) = 0;
  // Writes the events, and the chat, messages and reports as they are after them. Throws LostRace unless the first
  // event is the chat's next one.
  virtual void save(const domain::Chat& before, const domain::Chat& after, const domain::ChatEvents& events) = 0;
  // As they happened. Messages in them may have changed since.
  virtual domain::ChatEvents since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) = 0;
};

class MessageStore {
 public:
  virtual ~MessageStore() = default;
  virtual std::optional<domain::ChatMessage> find(const domain::RoomId& room, const domain::MessageId& id) = 0;
  virtual std::optional<domain::ChatMessage> by_client(const domain::RoomId& room, const domain::UserId& user,
                                                       const std::string& client_id) = 0;
  // What this reader is shown, the newest first: what is public, and their own.
  virtual Page<domain::ChatMessage> list(const domain::RoomId& room, const domain::UserId& reader,
                                         const PageRequest& page) = 0;
  // That wait for review, the oldest first.
  virtual std::vector<domain::ChatMessage> held(const domain::RoomId& room, std::size_t limit) = 0;
  // When somebody wrote last, the newest first.
  virtual std::vector<WallTime> recent(const domain::RoomId& room, const domain::UserId& user, std::size_t limit) = 0;
};

// Who put which emoji on which message; how many of each are counted in the message.
class EmojiStore {
 public:
  virtual ~EmojiStore() = default;
  virtual bool has(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji) = 0;
  virtual void put(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji, bool on) = 0;
  virtual std::vector<std::string> of(const domain::MessageId& message, const domain::UserId& user) = 0;
};

class ReportStore {
 public:
  virtual ~ReportStore() = default;
  virtual std::optional<domain::ChatReport> find(const domain::RoomId& room, const domain::ReportId& id) = 0;
  virtual std::optional<domain::ChatReport> of(const domain::MessageId& message, const domain::UserId& user) = 0;
  // The oldest first.
  virtual std::vector<domain::ChatReport> open(const domain::RoomId& room, std::size_t limit) = 0;
};

// Word lists: of a room, or, with an empty id, of the whole application.
class WordStore {
 public:
  virtual ~WordStore() = default;
  virtual domain::WordList get(const domain::RoomId& room) = 0;
  virtual void put(const domain::RoomId& room, const domain::WordList& words) = 0;
};

// How many floating reactions of each kind a show had.
using ReactionTotals = std::vector<std::pair<std::string, std::uint64_t>>;
class ReactionStore {
 public:
  virtual ~ReactionStore() = default;
  virtual ReactionTotals totals(const domain::RoomId& room) = 0;
  virtual void add(const domain::RoomId& room, const ReactionTotals& more) = 0;
};

}  // namespace costage::app
