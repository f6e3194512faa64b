// Who broadcasts now. A seat is held by a lease; every lease of a room has a higher epoch than the ones before, and
// ending the lease ends every right that hangs on it (D13).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/roles.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

enum class SeatRole { host, co_host };
enum class SeatState { preparing, on_air, reconnecting };
enum class Device { on, muted, off };
enum class LeaveReason { left, removed, timeout, ended };
// The media connection behind the seat. `interrupted` may resume by itself; `absent` needs a new join.
enum class Link { absent, up, interrupted };

std::string_view name(SeatRole role);  // "coHost"
std::string_view name(SeatState state);
std::string_view name(Device device);
std::string_view name(LeaveReason reason);
std::string_view name(Link link);
std::optional<SeatRole> seat_role_from(std::string_view name);
std::optional<SeatState> seat_state_from(std::string_view name);
std::optional<Device> device_from(std::string_view name);
std::optional<LeaveReason> leave_reason_from(std::string_view name);
std::optional<Link> link_from(std::string_view name);

// What somebody sends from.
struct TrackSources {
  bool microphone = false, camera = false, screen = false;
  bool operator==(const TrackSources&) const = default;
};

struct Seat {
  UserId user;
  std::string name;
  SeatRole role = SeatRole::co_host;
  SeatState state = SeatState::preparing;
  LeaseId lease;
  std::uint64_t epoch = 0;
  Device camera = Device::off;
  Device microphone = Device::off;
  Device screen = Device::off;
  WallTime joined_at;                  // when the lease was opened
  std::optional<WallTime> on_air_at;   // first media packet
  std::optional<WallTime> release_at;  // set exactly while the link is not up: then the seat is freed
  Link link = Link::absent;
  StagePermissions permissions{};

  bool operator==(const Seat&) const = default;
};

struct Stage {
  std::vector<Seat> seats;  // host first, then by epoch, which is the order of joining
  std::uint64_t last_epoch = 0;

  [[nodiscard]] const Seat* find(const UserId& user) const;
  [[nodiscard]] std::size_t co_hosts() const;
  bool operator==(const Stage&) const = default;
};

// Whether anything of theirs can be seen or heard.
bool sends(const Seat& seat);
// Whether anybody on it has a connection, or had one and may come back.
bool is_occupied(const Stage& stage);

void put_seat(Stage& stage, Seat seat);
void drop_seat(Stage& stage, const UserId& user);
// True while this very lease holds the user's seat.
bool lease_is_alive(const Stage& stage, const UserId& user, const LeaseId& lease);

void apply(Stage& stage, const Event& event);
// When the first seat is freed.
std::optional<WallTime> next_deadline(const Stage& stage);
// Empty, or what does not hold of the stage in its room.
std::string check_stage(const RoomState& state);

}  // namespace costage::domain
