#include "domain/run_of_show/decide.hpp"

#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::domain {
namespace {

std::optional<Refusal> bad_item(const RunOfShowItem& item) {
  if (is_blank(item.title)) return Refusal::invalid("items.title", "It must not be blank.");
  if (auto bad = too_long(item.title, limits::kItemTitle, "items.title")) return bad;
  return item.user ? bad_user_id(*item.user, "items.userId") : std::nullopt;
}

std::optional<Refusal> bad_run_of_show(const RunOfShow& plan) {
  if (plan.items.size() > limits::kRunOfShow)
    return Refusal::invalid("items", "There must not be more than " + std::to_string(limits::kRunOfShow) + ".");
  for (const RunOfShowItem& item : plan.items)
    if (auto bad = bad_item(item)) return bad;
  if (plan.current && *plan.current > limits::kRunOfShow)
    return Refusal::invalid("current", "It must be a place in the list, from 0 on, or past its end.");
  return {};
}

Answer<Events> decide_on(const RoomState& state, const SetRunOfShow& command, WallTime now) {
  if (!permitted(state, command.actor, Action::set_run_of_show)) return refuse(Code::not_permitted);
  if (auto bad = bad_run_of_show(command.run_of_show)) return refuse(*bad);
  if (!is_open(state.room.status)) return refuse(Code::room_ended);
  Decision decision{state, now, command.actor.user};
  if (command.run_of_show != state.run_of_show)
    decision.emit(EventType::run_of_show_changed, RunOfShowChange{command.run_of_show});
  return decision.take();
}

}  // namespace

Answer<Events> decide_run_of_show(const RoomState& state, const RunOfShowCommand& command, WallTime now) {
  return std::visit([&](const auto& c) { return decide_on(state, c, now); }, command);
}

}  // namespace costage::domain
