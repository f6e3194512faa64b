// Taking somebody out of one room and into another without a new connection (RoomService.MoveParticipant). They keep
// their session, their tracks and the ids of both; the others see them leave here and come there.
#pragma once

#include "base/result.hpp"
#include "signal/room.hpp"

namespace costage::signal {

Result<PeerSid, ApiRefusal> move(Turn& from, Turn& to, const std::string& identity);

}  // namespace costage::signal
