// What the media server reports about somebody with a seat. Whoever has none is a viewer: nothing changes.
#include "domain/room/decide.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

void connection_is_up(Seat& seat) {
  seat.link = Link::up;
  seat.release_at.reset();
}

void connection_is_gone(Seat& seat, Link link, WallTime release_at) {
  seat.link = link;
  seat.state = SeatState::reconnecting;
  seat.release_at = release_at;
  if (link == Link::absent) seat.camera = seat.microphone = seat.screen = Device::off;
}

Events lose_connection(const RoomState& state, const UserId& user, Link link, WallTime now) {
  Decision decision{state, now};
  const Seat* held = state.stage.find(user);
  const bool changes = held != nullptr && held->link != Link::absent && held->link != link;
  if (!changes) return {};
  Seat seat = *held;
  // An interruption that becomes a departure does not start the grace anew.
  const WallTime until = seat.release_at.value_or(now + state.room.policies.reconnect_grace);
  connection_is_gone(seat, link, until);
  put_seat(decision, EventType::stage_reconnecting, std::move(seat));
  room_loses(decision, user);
  return decision.take();
}

EventType event_for(SeatState before, SeatState after) {
  if (before == after) return EventType::stage_media_changed;
  return before == SeatState::preparing ? EventType::stage_joined : EventType::stage_resumed;
}

void goes_on_air(Seat& seat, WallTime now) {
  connection_is_up(seat);
  seat.state = SeatState::on_air;
  if (!seat.on_air_at) seat.on_air_at = now;
}

bool is_this_connection(const Seat& seat, const MediaJoined& joined) {
  return joined.lease ? *joined.lease == seat.lease : seat.link == Link::interrupted;
}

}  // namespace

Answer<Events> decide_on(const RoomState& state, const MediaJoined& command, WallTime now) {
  const Seat* held = state.stage.find(command.user);
  if (held == nullptr || held->link == Link::up || !is_this_connection(*held, command)) return Events{};
  Seat seat = *held;
  connection_is_up(seat);
  const bool back = seat.state == SeatState::reconnecting;
  seat.state = seat.on_air_at ? SeatState::on_air : SeatState::preparing;
  Decision decision{state, now};
  put_seat(decision, back ? EventType::stage_resumed : EventType::stage_prepared, seat);
  if (seat.state == SeatState::on_air) room_gains(decision, seat.user);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const MediaInterrupted& command, WallTime now) {
  const Seat* held = state.stage.find(command.user);
  if (held == nullptr || held->link != Link::up) return Events{};
  return lose_connection(state, command.user, Link::interrupted, now);
}

Answer<Events> decide_on(const RoomState& state, const MediaLeft& command, WallTime now) {
  return lose_connection(state, command.user, Link::absent, now);
}

// Whoever sends is on air. Silence is not enough, and an interrupted connection has to come back first.
Answer<Events> decide_on(const RoomState& state, const DevicesChanged& command, WallTime now) {
  const Seat* held = state.stage.find(command.user);
  if (held == nullptr || (held->link == Link::absent && !command.sending)) return Events{};
  Seat seat = *held;
  seat.microphone = command.microphone;
  seat.camera = command.camera;
  seat.screen = command.screen;
  if (command.sending && held->link != Link::interrupted) goes_on_air(seat, now);
  if (seat == *held) return Events{};
  Decision decision{state, now};
  put_seat(decision, event_for(held->state, seat.state), seat);
  if (seat.state == SeatState::on_air) room_gains(decision, seat.user);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const MediaLost&, WallTime now) {
  Decision decision{state, now};
  lose_media(decision);
  return decision.take();
}

void lose_media(Decision& decision) {
  const Stage stage = decision.state().stage;
  const Room& room = decision.state().room;
  for (Seat seat : stage.seats) {
    if (seat.state == SeatState::preparing && seat.link == Link::absent) continue;
    connection_is_gone(seat, Link::absent, decision.now() + room.policies.reconnect_grace);
    put_seat(decision, EventType::stage_reconnecting, std::move(seat));
  }
  const RoomStatus status = decision.state().room.status;
  if (status == RoomStatus::live || status == RoomStatus::waiting_reconnect)
    room_becomes(decision, RoomStatus::waiting_reconnect);
}

}  // namespace costage::domain
