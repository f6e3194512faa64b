#include "domain/room_state.hpp"

namespace costage::domain {

std::string check_room(const RoomState& state) {
  const Room& room = state.room;
  const Seat* host = state.stage.find(presiding(room));
  if (room.reconnect_by.has_value() != (room.status == RoomStatus::waiting_reconnect))
    return "a room has a grace exactly while it waits";
  if (room.status == RoomStatus::live && (host == nullptr || host->state != SeatState::on_air))
    return "in a live room the host, or who stands in, is on air";
  if (room.status == RoomStatus::idle && (room.live_at || state.stage.co_hosts() > 0))
    return "before the start nobody but the host is on stage";
  if (room.quiet_since && room.status != RoomStatus::live) return "only a show that is on is quiet";
  if (room.end_reason && is_open(room.status)) return "what is not over has no reason why";
  if (room.acting_host == room.host) return "nobody stands in for themselves";
  if (!is_open(room.status) && room.acting_host) return "nobody stands in when it is over";
  if (!is_open(room.status) && !state.stage.seats.empty()) return "nobody is on stage in a room that is over";
  if (room.status == RoomStatus::ended && !room.ended_at) return "an ended room ended at some time";
  return {};
}

}  // namespace costage::domain
