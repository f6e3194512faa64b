#include "app/invitations.hpp"

#include <algorithm>
#include <utility>

#include "app/core.hpp"
#include "app/cursor.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

Invitation as_seen(Invitation invitation, WallTime now) {
  invitation.status = status_at(invitation, now);
  return invitation;
}

Page<Invitation> as_seen(Page<Invitation> page, WallTime now) {
  for (Invitation& invitation : page.items) invitation = as_seen(std::move(invitation), now);
  return page;
}

bool may_read(const RoomState& state, const Invitation& invitation, const Caller& caller) {
  const Relation relation = invitation.invitee == caller.user ? Relation::own : Relation::other;
  return permitted(state, caller, Action::read_invitation, relation);
}

// An older invitation, of which the room's state holds only the successor: its end stands.
domain::Answer<Events> refuse_superseded(Transaction& tx, const RoomState& state, const Caller& caller,
                                         const InvitationId& id) {
  const auto found = tx.find_invitation(id);
  if (!found) return refuse(Code::invitation_not_found);
  if (!may_read(state, *found, caller)) return refuse(Code::not_permitted);
  return refuse(refusal_for(found->status));
}

template <class Verb>
void act(Core& core, const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
         Done<Invitation> done) {
  const auto decision = [caller, id, at = core.now()](Transaction& tx, const RoomState& state) {
    if (state.invitations.find(id) == nullptr) return refuse_superseded(tx, state, caller, id);
    return decide(state, Verb{caller, id}, at);
  };
  const auto answer = [id](const RoomState& after, const Events&) -> StoredAnswer {
    return StoredInvitation{*after.invitations.find(id), false};
  };
  core.write({load_room_of(id), caller, once, decision, answer},
             answering<StoredInvitation>(std::move(done), [](const StoredInvitation& s) { return s.invitation; }));
}

void complete(Transaction& tx, Invite& invite, const RoomState& state, WallTime now) {
  if (const auto user = tx.find_user(invite.invitee)) invite.invitee_name = user->name;
  invite.pending_elsewhere = tx.pending_elsewhere(invite.invitee, state.room.id, now);
}

StoredAnswer the_newest_for(const UserId& invitee, const RoomState& after, const Events& events) {
  const bool created =
      std::ranges::any_of(events, [](const Event& e) { return e.type == EventType::invitation_created; });
  return StoredInvitation{*after.invitations.newest_for(invitee), created};
}

}  // namespace

void Invitations::create(const Caller& caller, const RoomId& room, const UserId& invitee,
                         std::optional<std::chrono::seconds> ttl, const MaybeIdempotency& once,
                         Done<InviteAnswer> done) {
  Invite invite;
  invite.actor = caller;
  invite.id = InvitationId{core_.new_id("inv_")};
  invite.invitee = invitee;
  invite.ttl = ttl;
  invite.invitee_watching = core_.presence.watches(room, invitee);
  invite.invitee_is_guest = core_.presence.is_guest(room, invitee);
  const auto decision = [invite, at = core_.now()](Transaction& tx, const RoomState& state) {
    Invite command = invite;
    complete(tx, command, state, at);
    return decide(state, command, at);
  };
  const auto answer = [invitee](const RoomState& after, const Events& events) {
    return the_newest_for(invitee, after, events);
  };
  core_.write({load_room(room), caller, once, decision, answer},
              answering<StoredInvitation>(std::move(done), [](const StoredInvitation& stored) {
                return InviteAnswer{stored.invitation, stored.created};
              }));
}

void Invitations::accept(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<AcceptInvitation>(core_, caller, id, once, std::move(done));
}

void Invitations::reject(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<RejectInvitation>(core_, caller, id, once, std::move(done));
}

void Invitations::cancel(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<CancelInvitation>(core_, caller, id, once, std::move(done));
}

void Invitations::resend(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<ResendInvitation>(core_, caller, id, once, std::move(done));
}

void Invitations::get(const Caller& caller, const InvitationId& id, Done<Invitation> done) {
  core_.read<Invitation>(
      [caller, id, at = core_.now()](Transaction& tx) -> domain::Answer<Invitation> {
        const auto state = load_room_of(id)(tx);
        if (!state) return refuse(state.error());
        const Invitation invitation = *tx.find_invitation(id);
        if (!may_read(*state, invitation, caller)) return refuse(Code::not_permitted);
        return as_seen(invitation, at);
      },
      std::move(done));
}

void Invitations::mine_in_room(const Caller& caller, const RoomId& room, Done<Invitation> done) {
  core_.read<Invitation>(
      [caller, room, at = core_.now()](Transaction& tx) -> domain::Answer<Invitation> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_invitation, Relation::own)) return refuse(Code::not_permitted);
        if (const Invitation* mine = state->invitations.newest_for(caller.user)) return as_seen(*mine, at);
        return refuse(Code::invitation_not_found);
      },
      std::move(done));
}

void Invitations::of_room(const Caller& caller, const RoomId& room, std::vector<InvitationStatus> statuses,
                          const PageRequest& page, Done<Page<Invitation>> done) {
  const InvitationFilter filter{room, std::move(statuses), SortBy::last_created, core_.now()};
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  core_.read<Page<Invitation>>(
      [caller, room, filter, page](Transaction& tx) -> domain::Answer<Page<Invitation>> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::list_invitations)) return refuse(Code::not_permitted);
        return as_seen(tx.list_invitations(filter, page), filter.now);
      },
      std::move(done));
}

void Invitations::mine(const Caller& caller, std::vector<InvitationStatus> statuses, const PageRequest& page,
                       Done<Page<Invitation>> done) {
  const InvitationFilter filter{caller.user, std::move(statuses), SortBy::last_created, core_.now()};
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  core_.read<Page<Invitation>>(
      [filter, page](Transaction& tx) -> domain::Answer<Page<Invitation>> {
        return as_seen(tx.list_invitations(filter, page), filter.now);
      },
      std::move(done));
}

}  // namespace costage::app
