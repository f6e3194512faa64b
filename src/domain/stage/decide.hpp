#pragma once

#include "domain/decision.hpp"
#include "domain/errors.hpp"
#include "domain/stage/commands.hpp"

namespace costage::domain {

// Why no invitation lets this user on stage, or nothing. `past`: their newest, where the room does not hold it in mind.
std::optional<Refusal> why_not_admitted(const RoomState& state, const UserId& user,
                                        const std::optional<Invitation>& past, WallTime now);

Answer<Events> decide_stage(const RoomState& state, const StageCommand& command, WallTime now);

void put_seat(Decision& decision, EventType type, Seat seat);
void end_seat(Decision& decision, const UserId& user, LeaveReason reason);
// Of a show that is over.
void end_all_seats(Decision& decision, LeaveReason for_host);
// Those whose time has come.
void release_seats(Decision& decision);
// Nobody is connected any more: a show that was on waits for its host.
void lose_media(Decision& decision);

// What the media server reports; private to decide*.cpp.
Answer<Events> decide_on(const RoomState& state, const MediaJoined& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaInterrupted& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaLeft& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const DevicesChanged& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaLost& command, WallTime now);

}  // namespace costage::domain
