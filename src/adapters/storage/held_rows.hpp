// Which rows a decision changed, of what a room holds in mind only as long as it matters: invitations and requests.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "domain/room_state.hpp"

namespace costage::storage {

template <class Row>
struct HeldRow {
  Row row;
  bool held = false;  // by its room's state
};

// `before` and `after`: what the room held. `Change` is the events' data, `row` the row in it.
template <class Change, class Row>
std::vector<HeldRow<Row>> changed_rows(const std::vector<Row>& before, const std::vector<Row>& after,
                                       const domain::Events& events, Row Change::* row) {
  const auto find = [](const std::vector<Row>& rows, const Row& one) {
    const auto at = std::ranges::find(rows, one.id, &Row::id);
    return at == rows.end() ? nullptr : &*at;
  };
  std::map<decltype(Row::id), HeldRow<Row>> changed;
  for (const Row& was : before)
    if (find(after, was) == nullptr) changed[was.id] = {was, false};
  // One that ended and was replaced at once is in neither state as it ended.
  for (const domain::Event& event : events)
    if (const auto* change = std::get_if<Change>(&event.data)) changed[(change->*row).id] = {change->*row, false};
  for (const Row& is : after) {
    const Row* was = find(before, is);
    if (was == nullptr || *was != is || changed.contains(is.id)) changed[is.id] = {is, true};
  }
  std::vector<HeldRow<Row>> out;
  for (auto& [id, one] : changed) out.push_back(std::move(one));
  return out;
}

inline auto changed_invitations(const domain::RoomState& before, const domain::RoomState& after,
                                const domain::Events& events) {
  auto rows =
      changed_rows(before.invitations.newest, after.invitations.newest, events, &domain::InvitationChange::invitation);
  // One that was taken back is in neither state as it ended.
  for (auto& [invitation, held] : rows)
    for (const domain::Event& event : events)
      if (!held && invitation.status == domain::InvitationStatus::accepted) domain::mark_admission(invitation, event);
  return rows;
}
inline auto changed_requests(const domain::RoomState& before, const domain::RoomState& after,
                             const domain::Events& events) {
  return changed_rows(before.requests.newest, after.requests.newest, events, &domain::RequestChange::request);
}

}  // namespace costage::storage
