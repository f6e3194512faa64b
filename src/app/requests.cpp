#include "app/requests.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "app/cursor.hpp"
#include "app/invitees.hpp"
#include "domain/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// The request that was made, as it is now.
domain::Answer<StageRequest> the_request(Transaction& tx, const RoomState& state, const RequestId& id) {
  if (const StageRequest* held = state.requests.find(id)) return *held;
  if (auto found = tx.requests().find(id)) return std::move(*found);
  return refuse(Code::request_not_found);
}

Load load_room_of(const RequestId& request) {
  return {request.value(), [request](Transaction& tx) -> domain::Answer<RoomState> {
            const auto found = tx.requests().find(request);
            if (!found) return refuse(Code::request_not_found);
            return load_room(found->room)(tx);
          }};
}

template <class Verb>
void act(const Context& in, Verb verb, const MaybeIdempotency& once, Done<RequestView> done) {
  const Caller caller = verb.actor;
  const RequestId id = verb.id;
  const auto decision = [verb = std::move(verb), at = in.work.now()](Transaction& tx, const RoomState& state) {
    Verb complete = verb;
    if (state.requests.find(verb.id) == nullptr) complete.past = tx.requests().find(verb.id);
    return decide(state, complete, at);
  };
  const auto made = [id](const RoomState& after, const Events&) { return Made{after.room.id, id.value()}; };
  const auto answer = [at = in.work.now()](Transaction& tx, const RoomState& state,
                                           const Made& made) -> domain::Answer<RequestView> {
    auto request = the_request(tx, state, RequestId{made.id});
    if (!request) return refuse(request.error());
    return view_of(state, std::move(*request), at);
  };
  in.work.write<RequestView>({caller, once, load_room_of(id), decision, made, answer}, std::move(done));
}

void complete(Transaction& tx, AskToJoin& command, const RoomState& state) {
  command.blocked = is_blocked(tx, state, command.actor.user);
  command.appearances = tx.invitations().appearances(state.room.id, command.actor.user);
  if (state.requests.newest_of(command.actor.user) != nullptr) return;
  if (const auto past = tx.requests().newest_of(state.room.id, command.actor.user)) command.declines = past->declines;
}

Made newest_of(const UserId& user, const RoomState& after, const Events& events) {
  const bool created = std::ranges::any_of(events, [](const Event& e) { return e.type == EventType::request_created; });
  return {after.room.id, after.requests.newest_of(user)->id.value(), created};
}

}  // namespace

RequestView view_of(const RoomState& state, StageRequest request, WallTime now) {
  request.status = status_at(request, now);
  const auto waiting = queue(state.requests, state.room.policies.request_order, now);
  const auto at = std::ranges::find(waiting, request.id, &StageRequest::id);
  const auto place = at == waiting.end() ? 0 : static_cast<std::size_t>(at - waiting.begin()) + 1;
  return {std::move(request), place};
}

std::vector<RequestView> queue_of(const RoomState& state, WallTime now) {
  std::vector<RequestView> out;
  for (const StageRequest* request : queue(state.requests, state.room.policies.request_order, now))
    out.push_back({*request, out.size() + 1});
  return out;
}

void Requests::ask(const Caller& caller, const RoomId& room, std::string comment, const MaybeIdempotency& once,
                   Done<AskAnswer> done) {
  const AskToJoin asked{caller, RequestId{in_.new_id("req_")}, std::move(comment)};
  const auto decision = [asked, at = in_.work.now()](Transaction& tx, const RoomState& state) {
    AskToJoin command = asked;
    complete(tx, command, state);
    return decide(state, command, at);
  };
  const auto made = [user = caller.user](const RoomState& after, const Events& events) {
    return newest_of(user, after, events);
  };
  const auto answer = [at = in_.work.now()](Transaction& tx, const RoomState& state,
                                            const Made& made) -> domain::Answer<AskAnswer> {
    auto request = the_request(tx, state, RequestId{made.id});
    if (!request) return refuse(request.error());
    return AskAnswer{view_of(state, std::move(*request), at), made.created};
  };
  in_.work.write<AskAnswer>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

void Requests::withdraw(const Caller& caller, const RequestId& id, const MaybeIdempotency& once,
                        Done<RequestView> done) {
  act(in_, WithdrawRequest{{caller, id}}, once, std::move(done));
}

void Requests::decline(const Caller& caller, const RequestId& id, std::string reason, const MaybeIdempotency& once,
                       Done<RequestView> done) {
  act(in_, DeclineRequest{{caller, id}, std::move(reason)}, once, std::move(done));
}

void Requests::get(const Caller& caller, const RequestId& id, Done<RequestView> done) {
  in_.work.read<RequestView>(
      [caller, id, at = in_.work.now()](Transaction& tx) -> domain::Answer<RequestView> {
        const auto state = load_room_of(id)(tx);
        if (!state) return refuse(state.error());
        StageRequest request = *tx.requests().find(id);
        const Relation relation = request.user == caller.user ? Relation::own : Relation::other;
        if (!permitted(*state, caller, Action::read_request, relation)) return refuse(Code::not_permitted);
        return view_of(*state, std::move(request), at);
      },
      std::move(done));
}

void Requests::mine_in_room(const Caller& caller, const RoomId& room, Done<RequestView> done) {
  in_.work.read<RequestView>(
      [caller, room, at = in_.work.now()](Transaction& tx) -> domain::Answer<RequestView> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_request, Relation::own)) return refuse(Code::not_permitted);
        if (auto mine = tx.requests().newest_of(room, caller.user)) return view_of(*state, std::move(*mine), at);
        return refuse(Code::request_not_found);
      },
      std::move(done));
}

void Requests::of_room(const Caller& caller, const RoomId& room, std::vector<RequestStatus> statuses,
                       const PageRequest& page, Done<Page<RequestView>> done) {
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  const RequestFilter filter{room, std::move(statuses), in_.work.now()};
  in_.work.read<Page<RequestView>>(
      [caller, filter, page](Transaction& tx) -> domain::Answer<Page<RequestView>> {
        const auto state = load_room(filter.room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::list_requests)) return refuse(Code::not_permitted);
        auto found = tx.requests().list(filter, page);
        Page<RequestView> out{{}, std::move(found.next_cursor)};
        for (StageRequest& request : found.items) out.items.push_back(view_of(*state, std::move(request), filter.now));
        return out;
      },
      std::move(done));
}

}  // namespace costage::app
