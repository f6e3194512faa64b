// A decision in the making: events so far, and the room as they leave it. Private to decide_*.cpp.
#pragma once

#include <optional>

#include "domain/commands.hpp"
#include "domain/decide.hpp"
#include "domain/state.hpp"

namespace costage::domain {

class Decision {
 public:
  Decision(const RoomState& state, WallTime now, std::optional<UserId> actor = {})
      : state_(state), now_(now), actor_(std::move(actor)) {}

  [[nodiscard]] const RoomState& state() const { return state_; }
  [[nodiscard]] WallTime now() const { return now_; }

  void room(EventType type, Room room);
  // The room moves along the table of room.cpp, with what belongs to the new status.
  void room_becomes(RoomStatus status);
  void invitation(EventType type, Invitation invitation);
  void invitation_becomes(const Invitation& invitation, InvitationStatus status);
  void seat(EventType type, Seat seat);
  void seat_ends(const UserId& user, LeaveReason reason);
  // Everybody leaves, nothing stays pending, the room is over.
  void end_room(LeaveReason for_host);

  Events take() { return std::move(events_); }

 private:
  void emit(EventType type, EventData data);

  RoomState state_;
  WallTime now_;
  std::optional<UserId> actor_;
  Events events_;
};

Answer<Events> decide_on(const RoomState& state, const UpdateRoom& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const StopRoom& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const Invite& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const AcceptInvitation& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const RejectInvitation& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const CancelInvitation& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const ResendInvitation& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const OpenLease& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const LeaveStage& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const RemoveFromStage& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const TimePassed& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaJoined& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaInterrupted& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaLeft& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const DevicesChanged& command, WallTime now);
Answer<Events> decide_on(const RoomState& state, const MediaLost& command, WallTime now);

}  // namespace costage::domain
