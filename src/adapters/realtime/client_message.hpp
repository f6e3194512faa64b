// What a client may say over /v1/realtime (api/realtime.yaml).
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/reactions.hpp"
#include "base/result.hpp"
#include "domain/ids.hpp"
#include "domain/readiness.hpp"

namespace costage::realtime {

struct RoomTopic {
  domain::RoomId room;
  bool operator==(const RoomTopic&) const = default;
};
struct ChatTopic {
  domain::RoomId room;
  bool operator==(const ChatTopic&) const = default;
};
struct MeTopic {
  bool operator==(const MeTopic&) const = default;
};
struct RoomsTopic {
  bool operator==(const RoomsTopic&) const = default;
};
using Topic = std::variant<RoomTopic, ChatTopic, MeTopic, RoomsTopic>;

[[nodiscard]] std::optional<Topic> topic_from(std::string_view text);  // "room/{roomId}", "chat/{roomId}", ..
[[nodiscard]] std::string name(const Topic& topic);

// A place in a room's history.
struct Position {
  std::string epoch;
  std::uint64_t seq = 0;
};

struct Subscribe {
  Topic topic;
  std::optional<Position> since;
};
struct Unsubscribe {
  Topic topic;
};
// What the sender's own page says about whether they could go on stage now.
struct Report {
  domain::RoomId room;
  domain::Readiness readiness;
};
// Hearts and the like, pressed since the last message.
struct React {
  domain::RoomId room;
  app::ReactionKind kind{};
  std::uint64_t count = 1;
};
struct Ping {};

struct ClientMessage {
  boost::json::value id;  // text or a whole number, given back in the answer; null: the client wants none
  std::variant<Subscribe, Unsubscribe, Report, React, Ping> what;
};
struct BadMessage {
  boost::json::value id;  // if it could be read
  std::string detail;     // a sentence for the client's developer
};

[[nodiscard]] Result<ClientMessage, BadMessage> parse(std::string_view text);

}  // namespace costage::realtime
