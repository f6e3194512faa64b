// The history of a room: every change is one numbered event, and an event carries the whole new sub-object.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/egress/events.hpp"
#include "domain/event_table.hpp"
#include "domain/invitation/events.hpp"
#include "domain/moderation/events.hpp"
#include "domain/request/events.hpp"
#include "domain/room/events.hpp"
#include "domain/run_of_show/events.hpp"
#include "domain/scene/events.hpp"
#include "domain/stage/events.hpp"

namespace costage::domain {

// In the order of Aggregate.
using EventData = std::variant<RoomChange, StageChange, InvitationChange, RequestChange, SceneChange, RunOfShowChange,
                               EgressChange, ModerationChange>;

struct Event {
  std::uint64_t seq = 0;  // 1, 2, 3.. in its room, without a hole
  EventType type{};
  WallTime at;
  std::optional<UserId> actor;  // nobody: time or the media server did it
  EventData data;

  bool operator==(const Event&) const = default;
};
using Events = std::vector<Event>;

// Empty data of the kind that events of this type carry.
EventData data_for(EventType type);
// Whom the event is about, where its audience is not everybody.
const UserId* subject(const Event& event);
bool may_see(const Event& event, const UserId& viewer, const Sight& sight);

}  // namespace costage::domain
