// The chat of a show: a stream of its own, so that a message neither loads nor rewrites the room. Its messages are in
// storage; what is kept here is who may write, and what is pinned.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

struct ChatEvent;

enum class Writers { everybody, stage, nobody };
std::string_view name(Writers writers);
std::optional<Writers> writers_from(std::string_view name);

struct ChatSettings {
  Writers writers = Writers::everybody;
  std::chrono::seconds slow_mode{0};  // between two messages of a viewer
  int watched_minutes = 0;            // that a viewer must have watched to write
  bool operator==(const ChatSettings&) const = default;
};

// Without a text: nothing is pinned.
struct ChatPin {
  std::string text;
  MessageId message;  // that it was; empty: an announcement
  UserId user;        // who pinned it
  std::string name;
  WallTime pinned_at;
  std::optional<WallTime> until;
  bool operator==(const ChatPin&) const = default;
};
[[nodiscard]] bool is_pinned(const ChatPin& pin, WallTime now);

struct Chat {
  RoomId room;
  ChatSettings settings;
  ChatPin pin;
  std::uint64_t seq = 0;  // of the last event
  bool operator==(const Chat&) const = default;
};

// The event must be the chat's next one.
Chat apply(Chat chat, const ChatEvent& event);

}  // namespace costage::domain
