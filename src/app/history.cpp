#include "app/history.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// The newest of each invitee, in the order of their creation, also of those that the room does not hold in mind any
// more; of very many the latest.
std::vector<Invitation> visible(Transaction& tx, const RoomState& state, const Caller& caller, WallTime now) {
  std::vector<Invitation> out;
  const auto add = [&](Invitation invitation) {
    if (std::ranges::find(out, invitation.invitee, &Invitation::invitee) != out.end()) return;
    invitation.status = status_at(invitation, now);
    out.push_back(std::move(invitation));
  };
  if (permitted(state, caller, Action::list_invitations)) {
    const InvitationFilter all{state.room.id, {}, SortBy::last_created, now};
    for (Invitation& one : tx.invitations().list(all, {limits::kMaxPage, ""}).items) add(std::move(one));
  } else if (permitted(state, caller, Action::read_invitation, Relation::own)) {
    if (auto mine = tx.invitations().newest_for(state.room.id, caller.user)) add(std::move(*mine));
  }
  std::ranges::reverse(out);
  return out;
}

std::vector<RequestView> visible_requests(Transaction& tx, const RoomState& state, const Caller& caller, WallTime now) {
  if (permitted(state, caller, Action::list_requests)) return queue_of(state, now);
  if (!permitted(state, caller, Action::read_request, Relation::own)) return {};
  auto mine = tx.requests().newest_of(state.room.id, caller.user);
  if (!mine) return {};
  return {view_of(state, std::move(*mine), now)};
}

// Moderators are known to all, what they did to those who moderate and to whom they did it.
std::vector<Standing> visible_standings(const RoomState& state, const Caller& caller, const Sight& sight) {
  std::vector<Standing> out;
  for (const Standing& one : state.standings.people)
    if (sight.moderation || one.moderator || one.user == caller.user) out.push_back(one);
  return out;
}

// Presence is not stored.
void add_what_is_known_here(const Context& in, RoomSnapshot& snapshot) {
  const RoomId& room = snapshot.room.id;
  snapshot.watching = watching(in, room);
  if (!snapshot.sight.invitations) return;
  const auto add = [&](const UserId& user) {
    const Readiness readiness = in.presence.readiness(room, user);
    if (readiness != Readiness{}) snapshot.readiness.emplace_back(user, readiness);
  };
  for (const RequestView& view : snapshot.requests) add(view.request.user);
  for (const Invitation& invitation : snapshot.invitations)
    if (matters(invitation, in.work.now())) add(invitation.invitee);
}

domain::Answer<RoomSnapshot> take_snapshot(Transaction& tx, const RoomId& room, const Caller& caller, WallTime now) {
  const auto state = load_room(room)(tx);
  if (!state) return refuse(state.error());
  if (!permitted(*state, caller, Action::watch_room)) return refuse(denied(*state, caller));
  RoomSnapshot snapshot;
  snapshot.epoch = tx.history().epoch();
  snapshot.seq = state->seq;
  snapshot.room = state->room;
  snapshot.stage = state->stage;
  snapshot.scene = state->scene;
  snapshot.run_of_show = state->run_of_show;
  snapshot.egresses = state->egresses.running();
  snapshot.invitations = visible(tx, *state, caller, now);
  snapshot.requests = visible_requests(tx, *state, caller, now);
  snapshot.sight = sight_of(*state, caller);
  snapshot.standings = visible_standings(*state, caller, snapshot.sight);
  snapshot.role = role_of(*state, caller);
  return snapshot;
}

}  // namespace

void History::snapshot(const Caller& caller, const RoomId& room, Done<RoomSnapshot> done) {
  const auto add_presence = [&in = in_, room, done = std::move(done)](domain::Answer<RoomSnapshot> snapshot) {
    if (snapshot) add_what_is_known_here(in, *snapshot);
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
        if (!permitted(*state, caller, Action::read_history)) return refuse(denied(*state, caller));
        return EventPage{tx.history().epoch(), tx.history().since(room, since, limit), state->seq,
                         sight_of(*state, caller)};
      },
      std::move(done));
}

}  // namespace costage::app
