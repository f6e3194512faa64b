#include <set>

#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

std::string check_seat(const Seat& seat) {
  if (seat.release_at.has_value() == (seat.link == Link::up))
    return "a seat has a deadline exactly while its link is not up";
  if (seat.state == SeatState::on_air && seat.link != Link::up) return "who is on air is connected";
  if (seat.state == SeatState::on_air && !seat.on_air_at) return "who is on air came on air at some time";
  if (seat.state == SeatState::reconnecting && seat.link == Link::up) return "who reconnects is not connected";
  if (seat.lease.value().empty()) return "a seat is held by a lease";
  return {};
}

}  // namespace

std::string check_stage(const RoomState& state) {
  const Stage& stage = state.stage;
  const Room& room = state.room;
  std::set<UserId> users;
  std::set<LeaseId> leases;
  std::uint64_t epoch = 0;
  for (const Seat& seat : stage.seats) {
    if (auto broken = check_seat(seat); !broken.empty()) return broken;
    users.insert(seat.user);
    leases.insert(seat.lease);
    if ((seat.role == SeatRole::host) != (seat.user == room.host)) return "the host's seat is the host's";
    if (seat.epoch == 0 || seat.epoch > stage.last_epoch) return "an epoch is one that was given";
    if (seat.role == SeatRole::co_host && seat.epoch <= epoch) return "co-hosts stand in the order of their epochs";
    if (seat.role == SeatRole::co_host) epoch = seat.epoch;
  }
  if (users.size() != stage.seats.size() || leases.size() != stage.seats.size()) return "one user, one seat, one lease";
  if (stage.co_hosts() > static_cast<std::size_t>(room.policies.max_co_hosts)) return "the stage is over its limit";
  return {};
}

}  // namespace costage::domain
