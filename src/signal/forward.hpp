// Showing a participant of one room in another as well (RoomService.ForwardParticipant). There it is a participant
// without a connection, under the same sid and identity, with the same tracks: whoever is there sees and hears it, and
// it gets nothing from there. It follows its original and ends with it; it keeps no room open.
// Whoever cannot decode it gets its second codec where that is sent, but does not make its client send it.
// What it says to all is heard there too; what it says to somebody, calls and metrics stay at home, and so does the
// word to its client that somebody subscribed.
#pragma once

#include "base/result.hpp"
#include "signal/room.hpp"

namespace costage::signal {

// True: it was not shown there before.
Result<bool, ApiRefusal> forward(Turn& from, Turn& to, const std::string& identity);
// Brings what `to` shows of this room's participants in line with what they are now. How many are not shown any more.
std::size_t update_forwarded(RoomState& home, Turn& to);
// The same for a room that is gone.
std::size_t forget_forwards(RoomState& home, const media::RoomSid& to);
// Of a room that ends.
void end_all_forwarded(Turn& t, livekit::DisconnectReason reason);

}  // namespace costage::signal
