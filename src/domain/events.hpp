// The history of a room: every change is one numbered event, and an event carries the whole new sub-object.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/invitation.hpp"
#include "domain/room.hpp"
#include "domain/stage.hpp"

namespace costage::domain {

enum class EventType {
  room_created,
  room_updated,
  room_live,
  room_waiting_reconnect,
  room_ended,
  invitation_created,
  invitation_resent,
  invitation_accepted,
  invitation_rejected,
  invitation_cancelled,
  invitation_expired,
  stage_prepared,
  stage_joined,
  stage_reconnecting,
  stage_resumed,
  stage_media_changed,
  stage_left,
};

std::string_view name(EventType type);  // "stage.mediaChanged"
std::optional<EventType> event_type_from(std::string_view name);
std::span<const EventType> all_event_types();

struct RoomChange {
  Room room;
  bool operator==(const RoomChange&) const = default;
};
struct InvitationChange {
  Invitation invitation;
  bool operator==(const InvitationChange&) const = default;
};
struct StageChange {
  Seat seat;                          // as it is now; for stage.left as it was last
  Stage stage;                        // after the change
  std::optional<LeaveReason> reason;  // stage.left only
  bool operator==(const StageChange&) const = default;
};
using EventData = std::variant<RoomChange, InvitationChange, StageChange>;

struct Event {
  std::uint64_t seq = 0;  // 1, 2, 3.. in its room, without a hole
  EventType type{};
  WallTime at;
  std::optional<UserId> actor;  // nobody: time or the media server did it
  EventData data;

  bool operator==(const Event&) const = default;
};
using Events = std::vector<Event>;

// Invitations are for the host, the invitee and the admin; everybody may see the rest.
bool is_private(const Event& event);
bool may_see(const Event& event, const UserId& host, const UserId& viewer, bool admin);

}  // namespace costage::domain
