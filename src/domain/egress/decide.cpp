#include "domain/egress/decide.hpp"

#include <algorithm>
#include <array>

#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::domain {
namespace {

bool is_visible_ascii(char c) { return c > ' ' && c < '\x7F'; }

// rtmp://host/app/key; what is behind the scheme is the platform's business.
bool is_destination(std::string_view url) {
  static constexpr std::array<std::string_view, 3> kSchemes{"rtmp://", "rtmps://", "srt://"};
  const auto scheme = std::ranges::find_if(kSchemes, [&](std::string_view one) { return url.starts_with(one); });
  if (scheme == kSchemes.end() || url.size() == scheme->size()) return false;
  const char first = url[scheme->size()];
  const bool begins_with_host =
      (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  return begins_with_host && std::ranges::all_of(url, is_visible_ascii);
}

std::optional<Refusal> bad_plan(const EgressPlan& plan) {
  if (plan.kind == EgressKind::recording) {
    if (plan.urls.empty()) return {};
    return Refusal::invalid("urls", "A recording goes to no URL.");
  }
  if (plan.urls.empty()) return Refusal::invalid("urls", "It must name at least one URL.");
  if (plan.urls.size() > limits::kDestinations)
    return Refusal::invalid("urls", "There must not be more than " + std::to_string(limits::kDestinations) + ".");
  const auto is_srt = [](std::string_view url) { return url.starts_with("srt://"); };
  for (const std::string& url : plan.urls) {
    if (is_srt(url) != is_srt(plan.urls.front()))
      return Refusal::invalid("urls", "Some are RTMP and some SRT: all must be of one kind.");
    if (url.size() > limits::kDestination || !is_destination(url))
      return Refusal::invalid("urls", "Each must be an address like rtmps://live.example.org/app/key.");
    if (std::ranges::count(plan.urls, url) > 1) return Refusal::invalid("urls", "One is there twice.");
  }
  return {};
}

EventType event_for(const Egress* known, const Egress& now) {
  if (is_over(now.state)) return EventType::egress_ended;
  return known == nullptr ? EventType::egress_started : EventType::egress_changed;
}

// What came late says less than what is known, but for whose wish it was. One that was given up may have gone on.
bool is_older(const Egress& reported, const Egress& known) {
  if (known.state == EgressState::failed) return reported.state != EgressState::complete;
  return known.state == EgressState::complete || reported.state < known.state;
}

bool has_begun(const Egress* known) { return known != nullptr && known->state != EgressState::starting; }

// Whoever is known to have wanted it goes on to be known, and when it began.
Egress with_what_is_known(Egress egress, const Egress* known, const std::optional<UserId>& started_by, WallTime now) {
  egress.started_by = known == nullptr || !known->started_by ? started_by : known->started_by;
  if (has_begun(known)) egress.started_at = known->started_at;
  if (egress.started_at == WallTime{}) egress.started_at = known == nullptr ? now : known->started_at;
  if (!is_over(egress.state)) egress.ended_at.reset();
  if (is_over(egress.state) && !egress.ended_at) egress.ended_at = now;
  return egress;
}

bool has_place_for_one_more(const Egresses& egresses) { return egresses.running().size() < limits::kEgresses; }

Answer<Events> decide_on(const RoomState& state, const EgressReported& command, WallTime now) {
  const Egress* known = state.egresses.find(command.egress.id);
  if (known == nullptr && !has_place_for_one_more(state.egresses)) return Events{};
  const bool is_late = known != nullptr && is_older(command.egress, *known);
  Egress egress = with_what_is_known(is_late ? *known : command.egress, known, command.started_by, now);
  if (known != nullptr && egress == *known) return Events{};
  Decision decision{state, now, command.started_by};
  Egresses after = state.egresses;
  put_egress(after, egress);
  const EventType type = event_for(known, egress);
  decision.emit(type, EgressChange{std::move(egress), after.running()});
  return decision.take();
}

}  // namespace

std::optional<Refusal> why_not_start(const RoomState& state, const Actor& actor, const EgressPlan& plan) {
  if (!permitted(state, actor, Action::manage_egress)) return denied(state, actor);
  if (auto bad = bad_plan(plan)) return bad;
  if (!is_open(state.room.status)) return Code::room_ended;
  if (state.room.status == RoomStatus::idle) return Code::room_not_live;
  if (state.egresses.running(plan.kind) != nullptr) return Code::egress_running;
  return {};
}

std::optional<Refusal> why_not_stop(const RoomState& state, const Actor& actor, const EgressId& id) {
  if (!permitted(state, actor, Action::manage_egress)) return denied(state, actor);
  if (state.egresses.find(id) == nullptr) return Code::egress_not_found;
  return {};
}

Answer<Events> decide_egress(const RoomState& state, const EgressCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

}  // namespace costage::domain
