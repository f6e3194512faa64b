// Keeping order in a chat: taking messages away, reviewing, reports, pins, settings. Private to decide*.cpp.
#pragma once

#include "base/message_text.hpp"
#include "domain/chat/commands.hpp"
#include "domain/chat/events.hpp"
#include "domain/errors.hpp"

namespace costage::domain {

// What is said of a text that cannot be a message.
Refusal refusal_for(BadMessage bad);

Answer<ChatEvents> decide_order(const ChatFacts& facts, const DeleteMessage& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const ReviewMessage& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const ReportMessage& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const SettleReport& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const PinMessage& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const Unpin& command, WallTime now);
Answer<ChatEvents> decide_order(const ChatFacts& facts, const SetChat& command, WallTime now);

}  // namespace costage::domain
