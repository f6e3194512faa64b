#include "app/rooms_here.hpp"

#include <algorithm>

#include "app/green_room.hpp"
#include "domain/green_room.hpp"

namespace costage::app {

using namespace domain;

std::string media_metadata(const Seat* seat) {
  if (seat == nullptr) return R"({"role":"viewer"})";
  return R"({"role":")" + std::string(name(seat->role)) + R"(","leaseId":")" + seat->lease.value() + R"(","epoch":)" +
         std::to_string(seat->epoch) + "}";
}

void RoomsHere::keep(const RoomState& state) {
  const Room& room = state.room;
  if (is_open(room.status))
    open_.insert_or_assign(room.id, Known{room.host, room.acting_host, state.stage, green_room_people(state),
                                          room.policies.guests_may_watch});
  else
    open_.erase(room.id);
}

const Stage* RoomsHere::stage_of(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? nullptr : &at->second.stage;
}

std::vector<UserId> RoomsHere::inviters(const RoomId& room) const {
  const auto at = open_.find(room);
  if (at == open_.end()) return {};
  std::vector<UserId> out{at->second.host};
  for (const Seat& seat : at->second.stage.seats)
    if (seat.user != at->second.host && (seat.permissions.invite || seat.user == at->second.acting_host))
      out.push_back(seat.user);
  return out;
}

bool RoomsHere::is_backstage(const RoomId& room, const UserId& user) const {
  const auto at = open_.find(room);
  return at != open_.end() && std::ranges::find(at->second.backstage, user) != at->second.backstage.end();
}

bool RoomsHere::admits_guests(const RoomId& room) const {
  const auto at = open_.find(room);
  return at != open_.end() && at->second.guests_may_watch;
}

std::vector<UserId> RoomsHere::performers(const RoomId& room) const {
  std::vector<UserId> out;
  const auto at = open_.find(room);
  if (at == open_.end()) return out;
  out.push_back(at->second.host);
  for (const Seat& seat : at->second.stage.seats)
    if (seat.user != at->second.host) out.push_back(seat.user);
  return out;
}

void RoomsHere::may_publish(const RoomId& room, const Identity& identity, const LeaseId& lease,
                            std::function<void(bool)> answer) const {
  if (const auto show = show_of_green_room(room)) return answer(is_backstage(*show, UserId{identity.value()}));
  const Stage* stage = stage_of(room);
  // A room that is over, or none of ours, has no leases.
  answer(stage == nullptr ? lease.value().empty() : lease_is_alive(*stage, UserId{identity.value()}, lease));
}

}  // namespace costage::app
