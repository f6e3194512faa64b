#include "adapters/storage/invitation_changes.hpp"

#include <map>

namespace costage::storage {

using namespace domain;

std::vector<HeldInvitation> changed_invitations(const RoomState& before, const RoomState& after, const Events& events) {
  std::map<InvitationId, HeldInvitation> changed;
  for (const Invitation& was : before.invitations.newest)
    if (after.invitations.find(was.id) == nullptr) changed[was.id] = {was, false};
  // One that ended and was replaced at once is in neither state as it ended.
  for (const Event& event : events)
    if (const auto* change = std::get_if<InvitationChange>(&event.data))
      changed[change->invitation.id] = {change->invitation, false};
  for (const Invitation& is : after.invitations.newest) {
    const Invitation* was = before.invitations.find(is.id);
    if (was == nullptr || *was != is) changed[is.id] = {is, true};
  }
  std::vector<HeldInvitation> out;
  for (auto& [id, row] : changed) out.push_back(std::move(row));
  return out;
}

}  // namespace costage::storage
