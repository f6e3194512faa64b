#include "domain/stage/stage.hpp"

#include <algorithm>
#include <utility>

#include "domain/events.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<SeatRole>, 2> kRoles{{{SeatRole::host, "host"}, {SeatRole::co_host, "coHost"}}};
constexpr std::array<Named<SeatState>, 3> kStates{
    {{SeatState::preparing, "preparing"}, {SeatState::on_air, "onAir"}, {SeatState::reconnecting, "reconnecting"}}};
constexpr std::array<Named<Device>, 3> kDevices{{{Device::on, "on"}, {Device::muted, "muted"}, {Device::off, "off"}}};
constexpr std::array<Named<LeaveReason>, 4> kReasons{{{LeaveReason::left, "left"},
                                                      {LeaveReason::removed, "removed"},
                                                      {LeaveReason::timeout, "timeout"},
                                                      {LeaveReason::ended, "ended"}}};
constexpr std::array<Named<Link>, 3> kLinks{
    {{Link::absent, "absent"}, {Link::up, "up"}, {Link::interrupted, "interrupted"}}};

auto in_order(const Seat& seat) { return std::pair{seat.role != SeatRole::host, seat.epoch}; }

}  // namespace

std::string_view name(SeatRole role) { return name_in(kRoles, role); }
std::string_view name(SeatState state) { return name_in(kStates, state); }
std::string_view name(Device device) { return name_in(kDevices, device); }
std::string_view name(LeaveReason reason) { return name_in(kReasons, reason); }
std::string_view name(Link link) { return name_in(kLinks, link); }
std::optional<SeatRole> seat_role_from(std::string_view name) { return value_in(kRoles, name); }
std::optional<SeatState> seat_state_from(std::string_view name) { return value_in(kStates, name); }
std::optional<Device> device_from(std::string_view name) { return value_in(kDevices, name); }
std::optional<LeaveReason> leave_reason_from(std::string_view name) { return value_in(kReasons, name); }
std::optional<Link> link_from(std::string_view name) { return value_in(kLinks, name); }

const Seat* Stage::find(const UserId& user) const {
  const auto at = std::ranges::find(seats, user, &Seat::user);
  return at == seats.end() ? nullptr : &*at;
}

std::size_t Stage::co_hosts() const {
  return static_cast<std::size_t>(std::ranges::count(seats, SeatRole::co_host, &Seat::role));
}

bool sends(const Seat& seat) {
  return seat.camera == Device::on || seat.microphone == Device::on || seat.screen == Device::on;
}

bool is_occupied(const Stage& stage) {
  return std::ranges::any_of(
      stage.seats, [](const Seat& seat) { return seat.link != Link::absent || seat.state != SeatState::preparing; });
}

void put_seat(Stage& stage, Seat seat) {
  drop_seat(stage, seat.user);
  stage.last_epoch = std::max(stage.last_epoch, seat.epoch);
  const auto at = std::ranges::upper_bound(stage.seats, in_order(seat), {}, in_order);
  stage.seats.insert(at, std::move(seat));
}

void drop_seat(Stage& stage, const UserId& user) {
  std::erase_if(stage.seats, [&](const Seat& seat) { return seat.user == user; });
}

bool lease_is_alive(const Stage& stage, const UserId& user, const LeaseId& lease) {
  const Seat* seat = stage.find(user);
  return seat != nullptr && seat->lease == lease;
}

void apply(Stage& stage, const Event& event) {
  if (const auto* change = std::get_if<StageChange>(&event.data)) stage = change->stage;
}

std::optional<WallTime> next_deadline(const Stage& stage) {
  std::optional<WallTime> earliest;
  for (const Seat& seat : stage.seats)
    if (seat.release_at) earliest = std::min(earliest.value_or(*seat.release_at), *seat.release_at);
  return earliest;
}

}  // namespace costage::domain
