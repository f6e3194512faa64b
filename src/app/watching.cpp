#include "app/watching.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "app/invitees.hpp"
#include "domain/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

Presence::Who who(const Caller& caller) { return {caller.user, caller.name, caller.guest_of.has_value()}; }

Watcher as_watcher(Transaction& tx, const RoomState& state, const Caller& caller, const Present& present,
                   WallTime now) {
  Invite invite;
  invite.actor = caller;
  invite.invitee = present.user;
  invite.invitee_watching = true;
  invite.invitee_is_guest = present.guest;
  invite.readiness = present.readiness;
  complete(tx, invite, state, now);
  invite.invitee_name = present.name;
  Watcher watcher{present.user, present.name, present.since, present.readiness, why_not_invite(state, invite, now)};
  const Invitation* newest = state.invitations.newest_for(present.user);
  if (!watcher.reason && newest != nullptr && status_at(*newest, now) == InvitationStatus::pending)
    watcher.reason = Code::invitation_pending;
  return watcher;
}

// The cursor is the last id of the page before.
domain::Answer<WatcherPage> page_of(Transaction& tx, const RoomId& room, const Caller& caller,
                                    const PresentPage& present, WallTime now) {
  const auto state = load_room(room)(tx);
  if (!state) return refuse(state.error());
  if (!permitted(*state, caller, Action::list_watchers)) return refuse(Code::not_permitted);
  WatcherPage out;
  out.total = present.total;
  if (present.more) out.next_cursor = present.items.back().user.value();
  for (const Present& one : present.items) {
    const bool performs = one.user == state->room.host || state->stage.find(one.user) != nullptr;
    // Who came on stage since this node looked.
    if (performs)
      --out.total;
    else
      out.items.push_back(as_watcher(tx, *state, caller, one, now));
  }
  return out;
}

}  // namespace

std::size_t watching(const Context& in, const RoomId& room) {
  const auto watches = [&](const UserId& user) { return in.presence.watches(room, user); };
  return in.presence.count(room) - static_cast<std::size_t>(std::ranges::count_if(in.here.performers(room), watches));
}

void Watching::start(const Caller& caller, const RoomId& room, const std::string& connection) {
  if (in_.presence.start(room, who(caller), connection, in_.work.now())) changed(room);
}

void Watching::heartbeat(const std::string& connection) { in_.presence.heartbeat(connection, in_.work.now()); }

void Watching::stop(const RoomId& room, const std::string& connection) {
  if (in_.presence.stop(room, connection)) changed(room);
}

void Watching::stop_all(const std::string& connection) {
  for (const RoomId& room : in_.presence.stop_all(connection)) changed(room);
}

std::size_t Watching::count(const RoomId& room) const { return watching(in_, room); }

void Watching::on_change(std::function<void(const RoomId&)> listener) { listeners_.push_back(std::move(listener)); }

void Watching::report(const Caller& caller, const RoomId& room, const std::string& connection,
                      const Readiness& readiness) {
  const auto performers = in_.here.performers(room);
  if (caller.guest_of || performers.empty() || !in_.presence.report(room, connection, readiness)) return;
  tell_report(room, caller.user, readiness);
}

void Watching::tell_report(const RoomId& room, const UserId& user, const Readiness& readiness) {
  const Report report{room, in_.here.inviters(room), user, readiness};
  for (const auto& listener : report_listeners_) listener(report);
}

void Watching::changed(const RoomId& room) {
  for (const auto& listener : listeners_) listener(room);
}

// Who stands on stage is no watcher.
void Watching::on_commit(const Committed& committed) {
  const auto moves_somebody = [](const Event& event) {
    return event.type == EventType::stage_prepared || event.type == EventType::stage_left;
  };
  if (std::ranges::any_of(committed.events, moves_somebody)) changed(committed.state.room.id);
}

void Watching::on_time(WallTime now) {
  for (const RoomId& room : in_.presence.expire(now)) changed(room);
}

void Watching::list(const Caller& caller, const RoomId& room, const std::string& query, const PageRequest& page,
                    Done<WatcherPage> done) {
  const std::size_t limit = std::clamp<std::size_t>(page.limit, 1, limits::kMaxPage);
  auto present = in_.presence.find(room, {query, UserId{page.cursor}, limit, in_.here.performers(room)});
  in_.work.read<WatcherPage>([caller, room, present = std::move(present),
                              at = in_.work.now()](Transaction& tx) { return page_of(tx, room, caller, present, at); },
                             std::move(done));
}

}  // namespace costage::app
