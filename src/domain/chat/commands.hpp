// What people ask of a chat, and the facts its decisions need beyond the chat itself.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/chat/chat.hpp"
#include "domain/chat/message.hpp"
#include "domain/chat/report.hpp"
#include "domain/chat/word_list.hpp"
#include "domain/permission.hpp"

namespace costage::domain {

// Of the room: as much as a message needs. The seat and the standing are the actor's.
struct ChatFacts {
  Chat chat;
  Room room;
  std::optional<Seat> seat;
  std::optional<Standing> standing;

  [[nodiscard]] Footing footing() const { return {room, seat ? &*seat : nullptr, standing ? &*standing : nullptr}; }
};

struct SendMessage {
  Actor actor;
  MessageId id;
  std::string text;
  std::string client_id;  // empty: none
  std::optional<MessageId> reply_to;
  std::vector<UserId> mentions;
  bool asks_to_join = false;
  // Facts.
  std::optional<ChatMessage> answered;    // what reply_to names
  std::vector<WallTime> recent;           // when they wrote last, the newest first; as many as limits::kMessagesAtOnce
  std::optional<WallTime> watches_since;  // nothing: does not watch
  bool has_request = false;               // to come on stage, that waits
  std::optional<WordAction> verdict;      // of the word lists
};

// Verbs on one message; `message` as it is, nothing: there is none.
struct MessageVerb {
  Actor actor;
  std::optional<ChatMessage> message;
};
struct EditMessage : MessageVerb {
  std::string text;
  std::optional<WordAction> verdict;
};
struct DeleteMessage : MessageVerb {
  std::string reason;
};
struct ReviewMessage : MessageVerb {
  bool show = false;
};
struct ReactToMessage : MessageVerb {
  std::string emoji;
  bool on = true;
  bool was_on = false;  // fact
};
struct ReportMessage : MessageVerb {
  ReportId id;
  ReportReason reason{};
  std::string detail;
};
struct SettleReport : MessageVerb {
  std::optional<ChatReport> report;
};

struct PinMessage : MessageVerb {
  MessageId id;                     // of the line that says so
  std::optional<std::string> text;  // an announcement; else the message
  std::optional<std::chrono::seconds> time;
};
struct Unpin {
  Actor actor;
};
struct SetChat {
  Actor actor;
  ChatSettings settings;  // all
};

using ChatCommand = std::variant<SendMessage, EditMessage, DeleteMessage, ReviewMessage, ReactToMessage, ReportMessage,
                                 SettleReport, PinMessage, Unpin, SetChat>;

}  // namespace costage::domain
