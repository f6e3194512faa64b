// What must hold for every room at every time (state.hpp, check).
#include <algorithm>
#include <set>

#include "domain/limits.hpp"
#include "domain/state.hpp"

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

std::string check_stage(const Stage& stage, const Room& room) {
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

std::string check_invitation(const Invitation& invitation, const Room& room) {
  if (invitation.room != room.id) return "an invitation belongs to its room";
  if (invitation.invitee == room.host) return "the host is not invited";
  if ((invitation.status == InvitationStatus::pending) == invitation.responded_at.has_value())
    return "an invitation has an end exactly when it is not pending";
  if (invitation.ttl < limits::kMinTtl || invitation.ttl > limits::kMaxTtl) return "an invitation's time is in range";
  if (invitation.status != InvitationStatus::accepted && invitation.admission != Admission::unused)
    return "only an accepted invitation opens the stage";
  return {};
}

std::string check_invitations(const RoomState& state) {
  std::set<UserId> invitees;
  for (const Invitation& invitation : state.invitations) {
    if (auto broken = check_invitation(invitation, state.room); !broken.empty()) return broken;
    if (!invitees.insert(invitation.invitee).second) return "only the newest invitation of each invitee is held";
    if (!is_open(state.room.status) && invitation.status == InvitationStatus::pending)
      return "nothing is pending in a room that is over";
  }
  for (const Seat& seat : state.stage.seats) {
    const Invitation* invitation = state.newest_for(seat.user);
    if (seat.role == SeatRole::co_host && (invitation == nullptr || invitation->admission != Admission::used))
      return "a co-host came by an invitation";
  }
  return {};
}

std::string check_room(const RoomState& state) {
  const Room& room = state.room;
  const Seat* host = state.stage.find(room.host);
  if (room.reconnect_by.has_value() != (room.status == RoomStatus::waiting_reconnect))
    return "a room has a grace exactly while it waits";
  if (room.status == RoomStatus::live && (host == nullptr || host->state != SeatState::on_air))
    return "in a live room the host is on air";
  if (room.status == RoomStatus::idle && (room.live_at || state.stage.co_hosts() > 0))
    return "before the start nobody but the host is on stage";
  if (!is_open(room.status) && !state.stage.seats.empty()) return "nobody is on stage in a room that is over";
  if (room.status == RoomStatus::ended && !room.ended_at) return "an ended room ended at some time";
  return {};
}

}  // namespace

std::string check(const RoomState& state) {
  if (auto broken = check_room(state); !broken.empty()) return broken;
  if (auto broken = check_stage(state.stage, state.room); !broken.empty()) return broken;
  if (state.recent_invites.size() > limits::kInvitesPerWindow) return "no more invites are remembered than needed";
  return check_invitations(state);
}

}  // namespace costage::domain
