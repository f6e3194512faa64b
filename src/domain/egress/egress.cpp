#include "domain/egress/egress.hpp"

#include <algorithm>
#include <iterator>

#include "domain/limits.hpp"
#include "domain/names.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<EgressKind>, 2> kKinds{
    {{EgressKind::recording, "recording"}, {EgressKind::restream, "restream"}}};
constexpr std::array<Named<EgressState>, 5> kStates{{{EgressState::starting, "starting"},
                                                     {EgressState::active, "active"},
                                                     {EgressState::ending, "ending"},
                                                     {EgressState::complete, "complete"},
                                                     {EgressState::failed, "failed"}}};

bool goes_on(const Egress& egress) { return !is_over(egress.state); }

}  // namespace

std::string_view name(EgressKind kind) { return name_in(kKinds, kind); }
std::string_view name(EgressState state) { return name_in(kStates, state); }
std::optional<EgressKind> egress_kind_from(std::string_view name) { return value_in(kKinds, name); }
std::optional<EgressState> egress_state_from(std::string_view name) { return value_in(kStates, name); }

bool is_over(EgressState state) { return state == EgressState::complete || state == EgressState::failed; }

const Egress* Egresses::find(const EgressId& id) const {
  const auto at = std::ranges::find(all, id, &Egress::id);
  return at == all.end() ? nullptr : &*at;
}

const Egress* Egresses::running(EgressKind kind) const {
  const auto at = std::ranges::find_if(all, [&](const Egress& one) { return goes_on(one) && one.kind == kind; });
  return at == all.end() ? nullptr : &*at;
}

std::vector<Egress> Egresses::running() const {
  std::vector<Egress> out;
  std::ranges::copy_if(all, std::back_inserter(out), goes_on);
  return out;
}

void put_egress(Egresses& egresses, Egress egress) {
  const auto at = std::ranges::find(egresses.all, egress.id, &Egress::id);
  if (at != egresses.all.end()) {
    *at = std::move(egress);
    return;
  }
  egresses.all.push_back(std::move(egress));
  if (egresses.all.size() <= limits::kEgresses) return;
  const auto oldest = std::ranges::find_if(egresses.all, [](const Egress& one) { return is_over(one.state); });
  if (oldest != egresses.all.end()) egresses.all.erase(oldest);
}

void apply(Egresses& egresses, const Event& event) {
  if (const auto* change = std::get_if<EgressChange>(&event.data)) put_egress(egresses, change->egress);
}

std::string check_egresses(const RoomState& state) {
  if (state.egresses.all.size() > limits::kEgresses) return "more egresses are held than there can be";
  for (const Egress& one : state.egresses.all) {
    if (one.id.value().empty()) return "an egress has an id";
    if (is_over(one.state) != one.ended_at.has_value()) return "an egress has ended exactly when it is over";
  }
  return {};
}

}  // namespace costage::domain
