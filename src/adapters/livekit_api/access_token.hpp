// LiveKit's access tokens: what their claims grant, and how ours are made.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "adapters/auth/token.hpp"
#include "base/time.hpp"
#include "signal/grants.hpp"
#include "signal/state.hpp"

namespace costage::livekit_api {

struct AccessToken {
  signal::Grants grants;
  bool room_join = false;
  bool room_create = false;
  bool room_list = false;
  bool room_admin = false;
  std::string room;
  std::string destination_room;      // where its bearer may move participants of `room`
  signal::RoomOptions room_options;  // roomConfig: how the room is made, should it not exist
  WallTime minted{};                 // the earliest a token with these claims can have been made
};

// Empty: a claim has the wrong type.
[[nodiscard]] std::optional<AccessToken> read_claims(const boost::json::object& claims);

// The claims of a token that lets its bearer join `room` with these grants until now + ttl.
[[nodiscard]] boost::json::object join_claims(const std::string& room, const signal::Grants& grants, WallTime now,
                                              std::chrono::seconds ttl);

}  // namespace costage::livekit_api
