#include "app/invitations.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "app/context.hpp"
#include "app/cursor.hpp"
#include "app/invitees.hpp"
#include "domain/decide.hpp"
#include "domain/limits.hpp"
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

// The invitation that was made, as it is now.
domain::Answer<Invitation> the_invitation(Transaction& tx, const RoomState& state, const Made& made) {
  const InvitationId id{made.id};
  if (const Invitation* held = state.invitations.find(id)) return *held;
  if (auto found = tx.invitations().find(id)) return std::move(*found);
  return refuse(Code::invitation_not_found);
}

template <class Verb>
void act(const Context& in, const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
         Done<Invitation> done) {
  const auto decision = [caller, id, at = in.work.now()](Transaction& tx, const RoomState& state) {
    Verb verb{caller, id};
    if (state.invitations.find(id) == nullptr) verb.past = tx.invitations().find(id);
    return decide(state, verb, at);
  };
  const auto made = [id](const RoomState& after, const Events&) { return Made{after.room.id, id.value()}; };
  in.work.write<Invitation>({caller, once, load_room_of(id), decision, made, the_invitation}, std::move(done));
}

Made newest_for(const UserId& invitee, const RoomState& after, const Events& events) {
  const bool created =
      std::ranges::any_of(events, [](const Event& e) { return e.type == EventType::invitation_created; });
  return {after.room.id, after.invitations.newest_for(invitee)->id.value(), created};
}

}  // namespace

void Invitations::create(const Caller& caller, const RoomId& room, const UserId& invitee,
                         std::optional<std::chrono::seconds> ttl, const MaybeIdempotency& once,
                         Done<InviteAnswer> done) {
  Invite invite = invite_of(in_, caller, room, invitee);
  invite.id = InvitationId{in_.new_id("inv_")};
  invite.ttl = ttl;
  const auto decision = [invite, at = in_.work.now()](Transaction& tx, const RoomState& state) {
    Invite command = invite;
    complete(tx, command, state, at);
    return decide(state, command, at);
  };
  const auto made = [invitee](const RoomState& after, const Events& events) {
    return newest_for(invitee, after, events);
  };
  const auto answer = [](Transaction& tx, const RoomState& state, const Made& made) -> domain::Answer<InviteAnswer> {
    auto invitation = the_invitation(tx, state, made);
    if (!invitation) return refuse(invitation.error());
    return InviteAnswer{std::move(*invitation), made.created};
  };
  in_.work.write<InviteAnswer>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

namespace {

struct Batch {
  std::vector<BatchAnswer> answers;
  std::size_t open = 0;
};

std::optional<Refusal> bad_batch(const std::vector<UserId>& invitees) {
  if (invitees.empty() || invitees.size() > limits::kBatch)
    return Refusal::invalid("userIds", "It must name 1 to " + std::to_string(limits::kBatch) + " users.");
  for (const UserId& invitee : invitees)
    if (auto bad = bad_user_id(invitee, "userIds")) return bad;
  if (std::set<UserId>(invitees.begin(), invitees.end()).size() != invitees.size())
    return Refusal::invalid("userIds", "Each must be there once.");
  return {};
}

// What is wrong with the room or the caller, and so with each: the whole batch is refused.
std::optional<Refusal> wrong_with_all(const std::vector<BatchAnswer>& answers) {
  const auto& first = answers.front().answer;
  if (first) return {};
  const Code code = first.error().code;
  const bool concerns_all = code == Code::not_permitted || code == Code::room_not_found || code == Code::room_ended ||
                            code == Code::record_damaged || code == Code::unavailable;
  const auto same = [code](const BatchAnswer& one) { return !one.answer && one.answer.error().code == code; };
  if (!concerns_all || !std::ranges::all_of(answers, same)) return {};
  return first.error();
}

// Asked again, each of them is found again.
MaybeIdempotency once_for(const MaybeIdempotency& once, const UserId& invitee) {
  if (!once) return {};
  return Idempotency{once->key + '/' + invitee.value(), once->request};
}

}  // namespace

void Invitations::create_all(const Caller& caller, const RoomId& room, const std::vector<UserId>& invitees,
                             std::optional<std::chrono::seconds> ttl, const MaybeIdempotency& once,
                             Done<std::vector<BatchAnswer>> done) {
  if (auto bad = bad_batch(invitees)) return done(refuse(*bad));
  const auto batch = std::make_shared<Batch>(Batch{{}, invitees.size()});
  for (const UserId& invitee : invitees) batch->answers.push_back({invitee, refuse(Code::unavailable)});
  for (std::size_t i = 0; i < invitees.size(); ++i)
    create(caller, room, invitees[i], ttl, once_for(once, invitees[i]),
           [batch, i, done](domain::Answer<InviteAnswer> answer) {
             batch->answers[i].answer = std::move(answer);
             if (--batch->open > 0) return;
             if (auto wrong = wrong_with_all(batch->answers)) return done(refuse(*wrong));
             done(std::move(batch->answers));
           });
}

void Invitations::accept(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<AcceptInvitation>(in_, caller, id, once, std::move(done));
}

void Invitations::reject(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<RejectInvitation>(in_, caller, id, once, std::move(done));
}

void Invitations::cancel(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<CancelInvitation>(in_, caller, id, once, std::move(done));
}

void Invitations::resend(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                         Done<Invitation> done) {
  act<ResendInvitation>(in_, caller, id, once, std::move(done));
}

void Invitations::call(const Caller& caller, const InvitationId& id, const MaybeIdempotency& once,
                       Done<Invitation> done) {
  act<CallToStage>(in_, caller, id, once, std::move(done));
}

void Invitations::get(const Caller& caller, const InvitationId& id, Done<Invitation> done) {
  in_.work.read<Invitation>(
      [caller, id, at = in_.work.now()](Transaction& tx) -> domain::Answer<Invitation> {
        const auto state = load_room_of(id)(tx);
        if (!state) return refuse(state.error());
        const Invitation invitation = *tx.invitations().find(id);
        if (!may_read(*state, invitation, caller)) return refuse(Code::not_permitted);
        return as_seen(invitation, at);
      },
      std::move(done));
}

void Invitations::mine_in_room(const Caller& caller, const RoomId& room, Done<Invitation> done) {
  in_.work.read<Invitation>(
      [caller, room, at = in_.work.now()](Transaction& tx) -> domain::Answer<Invitation> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_invitation, Relation::own)) return refuse(Code::not_permitted);
        if (auto mine = tx.invitations().newest_for(room, caller.user)) return as_seen(std::move(*mine), at);
        return refuse(Code::invitation_not_found);
      },
      std::move(done));
}

void Invitations::of_room(const Caller& caller, const RoomId& room, std::vector<InvitationStatus> statuses,
                          const PageRequest& page, Done<Page<Invitation>> done) {
  const InvitationFilter filter{room, std::move(statuses), SortBy::last_created, in_.work.now()};
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  in_.work.read<Page<Invitation>>(
      [caller, room, filter, page](Transaction& tx) -> domain::Answer<Page<Invitation>> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::list_invitations)) return refuse(Code::not_permitted);
        return as_seen(tx.invitations().list(filter, page), filter.now);
      },
      std::move(done));
}

void Invitations::mine(const Caller& caller, std::vector<InvitationStatus> statuses, const PageRequest& page,
                       Done<Page<Invitation>> done) {
  const InvitationFilter filter{caller.user, std::move(statuses), SortBy::last_created, in_.work.now()};
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  in_.work.read<Page<Invitation>>(
      [caller, filter, page](Transaction& tx) -> domain::Answer<Page<Invitation>> {
        if (!permitted(caller, Action::read_invitation, Relation::own)) return Page<Invitation>{};
        return as_seen(tx.invitations().list(filter, page), filter.now);
      },
      std::move(done));
}

}  // namespace costage::app
