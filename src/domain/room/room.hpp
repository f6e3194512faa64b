// One show. Never restarted: the allowed moves of its status are one table (D14).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/room/details.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

enum class RoomStatus { idle, live, waiting_reconnect, ended, recorded, terminated, error };

// Why a show is over: somebody stopped it, its host did not come back, nobody sent anything, or it was long enough.
enum class EndReason { stopped, host_gone, quiet, longest };

std::string_view name(EndReason reason);  // "hostGone"
std::optional<EndReason> end_reason_from(std::string_view name);
std::string_view name(RoomStatus status);  // "waitingReconnect"
std::optional<RoomStatus> room_status_from(std::string_view name);
std::span<const RoomStatus> all_room_statuses();
bool may_become(RoomStatus from, RoomStatus to);
// idle, live or waitingReconnect: people can still come on stage.
bool is_open(RoomStatus status);
struct Room;
// Without whom there is no show: the host, or who stands in.
const UserId& presiding(const Room& room);

struct Room : RoomDetails {
  RoomId id;
  std::string external_id;  // empty: none
  bool chat_enabled = true;
  std::string media_region;  // which of several media servers carries it; empty: the first
  // Where each node has a media server of its own: the node whose carries it, and how often another one came to.
  std::string media_node;  // empty: none was chosen yet, or there is one media server for all nodes
  std::uint64_t media_epoch = 0;
  UserId host;
  std::string host_name;
  RoomStatus status = RoomStatus::idle;
  WallTime created_at;
  WallTime updated_at;
  std::optional<WallTime> cover_at;  // when the host chose the cover; none: there is no cover
  std::optional<WallTime> live_at;
  std::optional<WallTime> ended_at;
  std::optional<WallTime> reconnect_by;  // set exactly while waitingReconnect: then the show ends (D10)
  std::optional<WallTime> quiet_since;   // nobody on stage sends since then; kept where the policy asks for it
  std::optional<EndReason> end_reason;   // of a show that is over
  std::optional<UserId> successor;       // named by the host: stands in when the host is gone (D12)
  std::optional<UserId> acting_host;     // stands in now, until the host is back on air
  std::uint64_t version = 0;             // counts the changes of this object

  bool operator==(const Room&) const = default;
};

// When a show that is on ends by itself, as things are, and why. The grace is not meant: `reconnect_by` has its own
// rule.
struct Ending {
  WallTime at;
  EndReason why{};
};
std::optional<Ending> ending(const Room& room);

void apply(Room& room, const Event& event);
// Empty, or what does not hold of the room in its state.
std::string check_room(const RoomState& state);

}  // namespace costage::domain
