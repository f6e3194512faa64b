#include "app/rooms_here.hpp"

#include <algorithm>

#include "app/green_room.hpp"
#include "domain/green_room.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

namespace {

std::vector<UserId> performers_of(const UserId& host, const Stage& stage) {
  std::vector<UserId> out{host};
  for (const Seat& seat : stage.seats)
    if (seat.user != host) out.push_back(seat.user);
  return out;
}

std::vector<UserId> inviters_of(const RoomState& state) {
  std::vector<UserId> people = performers_of(state.room.host, state.stage);
  std::erase_if(
      people, [&](const UserId& user) { return !permitted(state, Actor{user, "", false}, Action::list_invitations); });
  return people;
}

}  // namespace

std::string media_metadata(const Seat* seat) {
  if (seat == nullptr) return R"({"role":"viewer"})";
  return R"({"role":")" + std::string(name(seat->role)) + R"(","leaseId":")" + seat->lease.value() + R"(","epoch":)" +
         std::to_string(seat->epoch) + "}";
}

void RoomsHere::keep(const RoomState& state) {
  const Room& room = state.room;
  if (is_open(room.status))
    open_.insert_or_assign(room.id, Known{room.host, state.stage, inviters_of(state), green_room_people(state),
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
  return at == open_.end() ? std::vector<UserId>{} : at->second.inviters;
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
  const auto at = open_.find(room);
  return at == open_.end() ? std::vector<UserId>{} : performers_of(at->second.host, at->second.stage);
}

void RoomsHere::may_publish(const RoomId& room, const Identity& identity, const LeaseId& lease,
                            std::function<void(bool)> answer) const {
  if (const auto show = show_of_green_room(room)) return answer(is_backstage(*show, UserId{identity.value()}));
  const Stage* stage = stage_of(room);
  // A room that is over, or none of ours, has no leases.
  answer(stage == nullptr ? lease.value().empty() : lease_is_alive(*stage, UserId{identity.value()}, lease));
}

}  // namespace costage::app
