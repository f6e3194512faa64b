// Commands on requests to come on stage: ask, withdraw, decline.
#include "domain/request/decide.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::domain {
namespace {

using std::chrono::ceil;
using std::chrono::seconds;

bool is_waiting(const StageRequest* request, WallTime now) {
  return request != nullptr && status_at(*request, now) == RequestStatus::waiting;
}

// Who was asked already answers that.
std::optional<Refusal> invited_already(const Invitation* invitation, WallTime now) {
  if (invitation == nullptr) return {};
  const InvitationStatus status = status_at(*invitation, now);
  const bool open = status == InvitationStatus::pending || status == InvitationStatus::accepted;
  if (!open || invitation->admission == Admission::revoked) return {};
  return refusal_for(status);
}

std::optional<Refusal> too_soon(const StageRequest* newest, WallTime now) {
  if (newest == nullptr) return {};
  if (newest->status == RequestStatus::declined && now < cools_down_until(*newest))
    return Refusal{Code::asked_too_soon, ceil<seconds>(cools_down_until(*newest) - now)};
  if (now < may_ask_at(*newest)) return Refusal{Code::rate_limited, ceil<seconds>(may_ask_at(*newest) - now)};
  return {};
}

std::optional<Refusal> why_not_ask(const RoomState& state, const AskToJoin& command, WallTime now) {
  const UserId& user = command.actor.user;
  if (!permitted(state, command.actor, Action::create_request, Relation::own)) return denied(state, command.actor);
  if (auto bad = too_long(command.comment, limits::kComment, "comment")) return bad;
  if (!is_open(state.room.status)) return Code::room_ended;
  if (user == state.room.host) return Code::invitee_is_host;
  if (state.stage.find(user) != nullptr) return Code::already_on_stage;
  if (command.blocked) return Code::asking_blocked;
  if (auto invited = invited_already(state.invitations.newest_for(user), now)) return invited;
  const StageRequest* newest = state.requests.newest_of(user);
  if (!state.room.policies.requests_open && !is_waiting(newest, now)) return Code::requests_closed;
  if (auto soon = too_soon(newest, now)) return soon;
  const auto waiting = queue(state.requests, RequestOrder::asked, now).size();
  if (!is_waiting(newest, now) && waiting >= limits::kQueue) return Code::queue_full;
  return {};
}

std::vector<WallTime> asked_again(const StageRequest* before, WallTime now) {
  std::vector<WallTime> out = before == nullptr ? std::vector<WallTime>{} : before->asked;
  out.push_back(now);
  if (out.size() > limits::kAsksPerWindow) out.erase(out.begin());
  return out;
}

StageRequest new_request(const RoomState& state, const AskToJoin& command, const StageRequest* before, WallTime now) {
  StageRequest request;
  request.id = command.id;
  request.room = state.room.id;
  request.user = command.actor.user;
  request.name = command.actor.name;
  request.comment = command.comment;
  request.created_at = now;
  request.appearances = command.appearances;
  request.declines = before == nullptr ? command.declines : before->declines;
  return request;
}

EventType event_for(RequestStatus status) {
  switch (status) {
    case RequestStatus::invited:
      return EventType::request_invited;
    case RequestStatus::declined:
      return EventType::request_declined;
    case RequestStatus::withdrawn:
      return EventType::request_withdrawn;
    case RequestStatus::expired:
      return EventType::request_expired;
    case RequestStatus::waiting:
      break;
  }
  COSTAGE_CHECK(false, "no request waits again");
}

void request_becomes(Decision& decision, StageRequest request, RequestStatus status) {
  COSTAGE_CHECK(may_become(request.status, status), "only one that waits moves");
  request.status = status;
  request.responded_at = decision.now();
  if (status == RequestStatus::declined) ++request.declines;
  decision.emit(event_for(status), RequestChange{std::move(request)});
}

Answer<Events> decide_on(const RoomState& state, const AskToJoin& command, WallTime now) {
  if (auto refusal = why_not_ask(state, command, now)) return refuse(*refusal);
  Decision decision{state, now, command.actor.user};
  const StageRequest* newest = state.requests.newest_of(command.actor.user);
  const bool waits = is_waiting(newest, now);
  StageRequest request = waits ? *newest : new_request(state, command, newest, now);
  if (!command.comment.empty()) request.comment = command.comment;
  request.expires_at = now + state.room.policies.request_ttl;
  request.asked = asked_again(newest, now);
  expire_requests(decision);
  decision.emit(waits ? EventType::request_updated : EventType::request_created, RequestChange{std::move(request)});
  return decision.take();
}

// The request the command is about, if it is the actor's to act on and still waits.
Answer<StageRequest> acted_on(const RoomState& state, const RequestVerb& verb, Action action, WallTime now) {
  const StageRequest* held = state.requests.find(verb.id);
  const StageRequest* request = held != nullptr || !verb.past ? held : &*verb.past;
  if (request == nullptr) return refuse(Code::request_not_found);
  const Relation relation = request->user == verb.actor.user ? Relation::own : Relation::other;
  if (!permitted(state, verb.actor, action, relation)) return refuse(Code::not_permitted);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  const RequestStatus status = status_at(*request, now);
  if (status != RequestStatus::waiting) return refuse(refusal_for(status));
  return *request;
}

Answer<Events> decide_on(const RoomState& state, const WithdrawRequest& command, WallTime now) {
  const auto request = acted_on(state, command, Action::withdraw_request, now);
  if (!request) return refuse(request.error());
  Decision decision{state, now, command.actor.user};
  request_becomes(decision, *request, RequestStatus::withdrawn);
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const DeclineRequest& command, WallTime now) {
  if (auto bad = too_long(command.reason, limits::kComment, "reason")) return refuse(*bad);
  auto request = acted_on(state, command, Action::decline_request, now);
  if (!request) return refuse(request.error());
  Decision decision{state, now, command.actor.user};
  request->reason = command.reason;
  request_becomes(decision, std::move(*request), RequestStatus::declined);
  return decision.take();
}

}  // namespace

Answer<Events> decide_request(const RoomState& state, const RequestCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

void end_request(Decision& decision, const UserId& user, RequestStatus status) {
  const StageRequest* newest = decision.state().requests.newest_of(user);
  if (newest == nullptr || newest->status != RequestStatus::waiting) return;
  request_becomes(decision, *newest, has_run_out(*newest, decision.now()) ? RequestStatus::expired : status);
}

void expire_requests(Decision& decision) {
  const auto requests = decision.state().requests.newest;
  for (const StageRequest& request : requests)
    if (has_run_out(request, decision.now())) request_becomes(decision, request, RequestStatus::expired);
}

void end_all_requests(Decision& decision) {
  const auto requests = decision.state().requests.newest;
  for (const StageRequest& request : requests) end_request(decision, request.user, RequestStatus::expired);
}

}  // namespace costage::domain
