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

// Who of these may do that.
std::vector<UserId> permitted_of(std::vector<UserId> people, const RoomState& state, Action action) {
  std::erase_if(people, [&](const UserId& user) { return !permitted(state, Actor{user, "", false}, action); });
  return people;
}

std::vector<UserId> inviters_of(const RoomState& state) {
  return permitted_of(performers_of(state.room.host, state.stage), state, Action::list_invitations);
}

std::vector<UserId> moderators_of(const RoomState& state) {
  std::vector<UserId> people = performers_of(state.room.host, state.stage);
  for (const Standing& one : state.standings.people)
    if (one.moderator && state.stage.find(one.user) == nullptr) people.push_back(one.user);
  return permitted_of(std::move(people), state, Action::read_moderation);
}

std::vector<EgressId> egresses_of(const RoomState& state) {
  std::vector<EgressId> out;
  for (const Egress& one : state.egresses.running()) out.push_back(one.id);
  return out;
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
    open_.insert_or_assign(
        room.id, Known{room.host, state.stage, inviters_of(state), moderators_of(state), green_room_people(state),
                       room.policies.guests_may_watch, state.standings, room.media_region, room.media_node,
                       room.status == RoomStatus::idle, egresses_of(state)});
  else
    open_.erase(room.id);
}

const Stage* RoomsHere::stage_of(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? nullptr : &at->second.stage;
}

std::vector<EgressId> RoomsHere::egresses(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? std::vector<EgressId>{} : at->second.egresses;
}

std::vector<UserId> RoomsHere::inviters(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? std::vector<UserId>{} : at->second.inviters;
}

std::vector<UserId> RoomsHere::moderators(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? std::vector<UserId>{} : at->second.moderators;
}

bool RoomsHere::may_react(const RoomId& room, const Actor& actor, WallTime now) const {
  const auto at = open_.find(room);
  if (at == open_.end() || !may(Action::react, actor.guest_of ? Role::guest : Role::viewer)) return false;
  const Standing* standing = at->second.standings.find(actor.user);
  return standing == nullptr || (!standing->banned && !is_muted(*standing, now));
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

std::string RoomsHere::media_node_of(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? "" : at->second.media_node;
}

std::vector<RoomId> RoomsHere::shows_without(const std::function<bool(const std::string&)>& lives) const {
  std::vector<RoomId> out;
  for (const auto& [id, known] : open_)
    if (known.is_show() && !lives(known.media_node)) out.push_back(id);
  return out;
}

bool RoomsHere::has_begun(const RoomId& room) const {
  const auto at = open_.find(room);
  return at != open_.end() && (!at->second.is_idle || is_occupied(at->second.stage));
}

std::vector<RoomsHere::CarriedShow> RoomsHere::shows_of(const std::string& node) const {
  std::vector<CarriedShow> out;
  for (const auto& [id, known] : open_)
    if (known.is_show() && known.media_node == node)
      out.push_back({id, std::ranges::none_of(known.stage.seats, sends)});
  return out;
}

std::optional<std::string> RoomsHere::region_of(const RoomId& room) const {
  const auto at = open_.find(show_of_green_room(room).value_or(room));
  if (at == open_.end()) return {};
  return at->second.region;
}

void RoomsHere::may_publish(const RoomId& room, const Identity& identity, const LeaseId& lease,
                            std::function<void(bool)> answer) const {
  if (const auto show = show_of_green_room(room)) return answer(is_backstage(*show, UserId{identity.value()}));
  const Stage* stage = stage_of(room);
  // A room that is over, or none of ours, has no leases.
  answer(stage == nullptr ? lease.value().empty() : lease_is_alive(*stage, UserId{identity.value()}, lease));
}

}  // namespace costage::app
