#include "app/history.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

std::vector<Invitation> visible(const RoomState& state, const Caller& caller, WallTime now) {
  const bool all = permitted(state, caller, Action::list_invitations);
  std::vector<Invitation> out;
  for (const Invitation& invitation : state.invitations.newest) {
    if (!all && invitation.invitee != caller.user) continue;
    out.push_back(invitation);
    out.back().status = status_at(invitation, now);
  }
  return out;
}

domain::Answer<RoomSnapshot> take_snapshot(Transaction& tx, const RoomId& room, const Caller& caller, WallTime now) {
  const auto state = load_room(room)(tx);
  if (!state) return refuse(state.error());
  if (!permitted(*state, caller, Action::watch_room)) return refuse(Code::not_permitted);
  RoomSnapshot snapshot;
  snapshot.epoch = tx.history().epoch();
  snapshot.seq = state->seq;
  snapshot.room = state->room;
  snapshot.stage = state->stage;
  snapshot.invitations = visible(*state, caller, now);
  snapshot.role = role_of(*state, caller);
  return snapshot;
}

}  // namespace

void History::snapshot(const Caller& caller, const RoomId& room, Done<RoomSnapshot> done) {
  const auto add_presence = [&in = in_, room, done = std::move(done)](domain::Answer<RoomSnapshot> snapshot) {
    if (snapshot) snapshot->watching = watching(in, room);
    done(std::move(snapshot));
  };
  in_.work.read<RoomSnapshot>(
      [caller, room, at = in_.work.now()](Transaction& tx) { return take_snapshot(tx, room, caller, at); },
      add_presence);
}

void History::events(const Caller& caller, const RoomId& room, std::uint64_t since, std::size_t limit,
                     Done<EventPage> done) {
  in_.work.read<EventPage>(
      [caller, room, since,
       limit = std::clamp<std::size_t>(limit, 1, kMaxEvents)](Transaction& tx) -> domain::Answer<EventPage> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_history)) return refuse(Code::not_permitted);
        return EventPage{tx.history().epoch(), tx.history().since(room, since, limit), state->seq, state->room.host};
      },
      std::move(done));
}

}  // namespace costage::app
