// What the server says over /v1/realtime, as JSON text.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>

#include "adapters/http/frame.hpp"
#include "adapters/realtime/client_message.hpp"
#include "app/chats.hpp"
#include "app/history.hpp"
#include "app/rooms.hpp"
#include "domain/errors.hpp"

namespace costage::realtime {

// Serialized and framed once, sent to many.
using Frame = http::SharedFrame;

// `now`: the server's time, with which clients compare expiresAt and the like, since their own clocks may be wrong.
[[nodiscard]] Frame welcome(const std::string& connection, const std::string& user, WallTime now);
[[nodiscard]] Frame pong(const boost::json::value& id, WallTime now);
[[nodiscard]] Frame unsubscribed(const boost::json::value& id, const Topic& topic);
// The server ended the subscription, and why.
[[nodiscard]] Frame ended(const Topic& topic, const domain::Refusal& why);
[[nodiscard]] Frame error(const boost::json::value& id, const domain::Refusal& refusal);
[[nodiscard]] Frame resumed(const boost::json::value& id, const Topic& topic, const std::string& epoch,
                            std::uint64_t seq);
[[nodiscard]] Frame room_snapshot(const boost::json::value& id, const app::RoomSnapshot& snapshot, bool resync,
                                  WallTime now);
[[nodiscard]] Frame chat_snapshot(const boost::json::value& id, const app::ChatSnapshot& snapshot, bool resync,
                                  WallTime now);
[[nodiscard]] Frame me_snapshot(const boost::json::value& id, const app::Caller& me,
                                const app::Page<domain::Invitation>& pending, WallTime now);
[[nodiscard]] Frame rooms_snapshot(const boost::json::value& id, const app::Page<domain::Room>& rooms, WallTime now);
[[nodiscard]] Frame media(const domain::RoomId& room, bool available);
[[nodiscard]] Frame presence(const domain::RoomId& room, std::size_t watching);

// What floats over the stage.
[[nodiscard]] Frame reactions(const domain::RoomId& room, const app::ReactionCounts& counts);

// Where somebody who asked to come on stage stands now.
[[nodiscard]] Frame place(const domain::RoomId& room, std::size_t place, std::size_t waiting);

[[nodiscard]] Frame readiness(const domain::RoomId& room, const domain::UserId& user,
                              const domain::Readiness& readiness);

// An event of a room's or a chat's history; the second kind stands for one that the subscriber may not see.
[[nodiscard]] Frame history_event(const domain::RoomId& room, const std::string& epoch, const domain::Event& event);
[[nodiscard]] Frame private_event(const domain::RoomId& room, const std::string& epoch, const domain::Event& event);
[[nodiscard]] Frame history_event(const domain::RoomId& room, const std::string& epoch, const domain::ChatEvent& event);
[[nodiscard]] Frame private_event(const domain::RoomId& room, const std::string& epoch, const domain::ChatEvent& event);
// The same event on "me" or "rooms": not numbered there.
[[nodiscard]] Frame copied_event(const Topic& topic, const domain::RoomId& room, const domain::Event& event);

}  // namespace costage::realtime
