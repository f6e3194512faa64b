#pragma once

#include "domain/chat/commands.hpp"
#include "domain/chat/events.hpp"
#include "domain/errors.hpp"
#include "domain/events.hpp"

namespace costage::domain {

Answer<ChatEvents> decide_chat(const ChatFacts& facts, const ChatCommand& command, WallTime now);

// What the chat says of what happened in its room: who came on stage and who left it.
struct ChatLine {
  MessageId id;
  MessageKind kind{};
  UserId user;
  std::string name;
};
[[nodiscard]] std::vector<ChatLine> chat_lines(const RoomId& room, const Events& events);
[[nodiscard]] ChatEvent line_event(const Chat& chat, const ChatLine& line, WallTime now);

}  // namespace costage::domain
