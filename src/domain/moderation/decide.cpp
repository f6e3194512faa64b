#include "domain/moderation/decide.hpp"

#include "domain/invitation/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"
#include "domain/request/decide.hpp"
#include "domain/room/decide.hpp"
#include "domain/stage/decide.hpp"

namespace costage::domain {
namespace {

// A moderator acts on viewers. Who keeps order with them, and whom the host has on stage, is the host's (N-120).
bool is_protected(const RoomState& state, const UserId& user) {
  const Standing* standing = state.standings.find(user);
  return (standing != nullptr && standing->moderator) || state.stage.find(user) != nullptr ||
         state.room.acting_host == user;
}

std::optional<Refusal> why_not(const RoomState& state, const PersonVerb& verb, Action action) {
  if (!permitted(state, verb.actor, action)) return denied(state, verb.actor);
  if (auto bad = bad_user_id(verb.user, "userId")) return bad;
  if (verb.user == state.room.host) return Code::host_protected;
  if (verb.user == verb.actor.user) return Code::not_oneself;
  const bool is_new = state.standings.find(verb.user) == nullptr;
  if (is_new && state.standings.people.size() >= limits::kStandings) return Code::too_many_standings;
  if (is_protected(state, verb.user) && !permitted(state, verb.actor, Action::appoint_moderator))
    return Code::moderator_protected;
  return {};
}

// As it is now, to be changed by the verb's actor.
Standing standing_of(const RoomState& state, const PersonVerb& verb, WallTime now) {
  const Standing* held = state.standings.find(verb.user);
  Standing out = held != nullptr ? *held : Standing{};
  out.user = verb.user;
  if (!verb.name.empty()) out.name = verb.name;
  if (out.muted && !is_muted(out, now)) out.muted = false, out.muted_until.reset();
  out.by = verb.actor.user;
  out.at = now;
  return out;
}

Answer<Events> put(const RoomState& state, const PersonVerb& verb, EventType type, Standing standing, WallTime now) {
  Decision decision{state, now, verb.actor.user};
  decision.emit(type, ModerationChange{std::move(standing)});
  return decision.take();
}

std::optional<Refusal> bad_time(const std::optional<std::chrono::seconds>& time) {
  if (!time || (limits::kMinMute <= *time && *time <= limits::kMaxMute)) return {};
  return Refusal::invalid("seconds", "It must be from " + std::to_string(limits::kMinMute.count()) + " to " +
                                         std::to_string(limits::kMaxMute.count()) + ".");
}

Answer<Events> decide_on(const RoomState& state, const MutePerson& command, WallTime now) {
  if (auto bad = bad_time(command.time)) return refuse(*bad);
  if (auto bad = too_long(command.reason, limits::kComment, "reason")) return refuse(*bad);
  if (auto refusal = why_not(state, command, Action::moderate_people)) return refuse(*refusal);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  Standing standing = standing_of(state, command, now);
  standing.muted = true;
  standing.muted_until = command.time ? std::optional{now + *command.time} : std::nullopt;
  standing.reason = command.reason;
  return put(state, command, EventType::moderation_muted, std::move(standing), now);
}

Answer<Events> decide_on(const RoomState& state, const UnmutePerson& command, WallTime now) {
  if (auto refusal = why_not(state, command, Action::moderate_people)) return refuse(*refusal);
  Standing standing = standing_of(state, command, now);
  if (!standing.muted) return Events{};
  standing.muted = false;
  standing.muted_until.reset();
  return put(state, command, EventType::moderation_unmuted, std::move(standing), now);
}

// Out of the show with all they had of it: their seat, their invitation, their request (D13).
void turn_out(Decision& decision, const UserId& user) {
  end_request(decision, user, RequestStatus::declined);
  end_pending(decision, user);
  if (revoke_place(decision, user) || decision.state().stage.find(user) == nullptr) return;
  end_seat(decision, user, LeaveReason::removed);
  room_loses(decision, user);
}

// A ban takes more than the host's chat away, so it also holds after the show.
Answer<Events> decide_on(const RoomState& state, const BanPerson& command, WallTime now) {
  if (auto bad = too_long(command.reason, limits::kComment, "reason")) return refuse(*bad);
  if (auto refusal = why_not(state, command, Action::moderate_people)) return refuse(*refusal);
  Standing standing = standing_of(state, command, now);
  if (standing.banned) return Events{};
  standing.banned = true;
  standing.moderator = false;
  standing.reason = command.reason;
  Decision decision{state, now, command.actor.user};
  turn_out(decision, command.user);
  decision.emit(EventType::moderation_banned, ModerationChange{std::move(standing)});
  return decision.take();
}

Answer<Events> decide_on(const RoomState& state, const UnbanPerson& command, WallTime now) {
  if (auto refusal = why_not(state, command, Action::moderate_people)) return refuse(*refusal);
  Standing standing = standing_of(state, command, now);
  if (!standing.banned) return Events{};
  standing.banned = false;
  return put(state, command, EventType::moderation_unbanned, std::move(standing), now);
}

Answer<Events> decide_on(const RoomState& state, const AppointModerator& command, WallTime now) {
  if (auto refusal = why_not(state, command, Action::appoint_moderator)) return refuse(*refusal);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  Standing standing = standing_of(state, command, now);
  if (standing.banned) return refuse(Code::person_banned);
  if (standing.moderator) return Events{};
  standing.moderator = true;
  return put(state, command, EventType::moderation_appointed, std::move(standing), now);
}

Answer<Events> decide_on(const RoomState& state, const DismissModerator& command, WallTime now) {
  if (auto refusal = why_not(state, command, Action::appoint_moderator)) return refuse(*refusal);
  Standing standing = standing_of(state, command, now);
  if (!standing.moderator) return Events{};
  standing.moderator = false;
  return put(state, command, EventType::moderation_dismissed, std::move(standing), now);
}

}  // namespace

// Last of all, so that only who may act on people learns who is known.
Answer<Events> decide_moderation(const RoomState& state, const ModerationCommand& command, WallTime now) {
  auto events = std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
  const PersonVerb& verb = std::visit([](const auto& c) -> const PersonVerb& { return c; }, command);
  if (events && verb.name.empty() && state.standings.find(verb.user) == nullptr) return refuse(Code::user_unknown);
  return events;
}

}  // namespace costage::domain
