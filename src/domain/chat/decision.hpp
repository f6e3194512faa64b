// A decision about a chat in the making: events so far, and the chat as they leave it. Private to decide*.cpp.
#pragma once

#include <optional>
#include <utility>

#include "domain/chat/events.hpp"

namespace costage::domain {

class ChatDecision {
 public:
  ChatDecision(const Chat& chat, WallTime now, std::optional<UserId> actor)
      : chat_(chat), now_(now), actor_(std::move(actor)) {}

  [[nodiscard]] const Chat& chat() const { return chat_; }
  [[nodiscard]] WallTime now() const { return now_; }
  // The next event's.
  [[nodiscard]] std::uint64_t next_seq() const { return chat_.seq + 1; }

  void emit(ChatEventType type, ChatEventData data) {
    events_.push_back({next_seq(), type, now_, actor_, std::move(data)});
    chat_ = apply(std::move(chat_), events_.back());
  }
  // A message that is shown, or held, from now on.
  void place(ChatEventType type, ChatMessage message) {
    message.place = next_seq();
    message.sent_at = now_;
    emit(type, MessageChange{std::move(message)});
  }

  ChatEvents take() { return std::move(events_); }

 private:
  Chat chat_;
  WallTime now_;
  std::optional<UserId> actor_;
  ChatEvents events_;
};

}  // namespace costage::domain
