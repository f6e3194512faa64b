#include "domain/run_of_show/run_of_show.hpp"

#include "domain/limits.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

void apply(RunOfShow& run_of_show, const Event& event) {
  if (const auto* change = std::get_if<RunOfShowChange>(&event.data)) run_of_show = change->run_of_show;
}

std::string check_run_of_show(const RoomState& state) {
  const RunOfShow& plan = state.run_of_show;
  if (plan.items.size() > limits::kRunOfShow) return "a run of show is not longer than allowed";
  if (plan.current && *plan.current > limits::kRunOfShow) return "what is on now is in the run of show or past it";
  return {};
}

}  // namespace costage::domain
