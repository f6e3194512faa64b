#include "domain/events.hpp"

#include "base/check.hpp"

namespace costage::domain {

EventData data_for(EventType type) {
  switch (info(type).aggregate) {
    case Aggregate::room:
      return RoomChange{};
    case Aggregate::stage:
      return StageChange{};
    case Aggregate::invitation:
      return InvitationChange{};
    case Aggregate::request:
      return RequestChange{};
    case Aggregate::scene:
      return SceneChange{};
    case Aggregate::run_of_show:
      return RunOfShowChange{};
    case Aggregate::egress:
      return EgressChange{};
    case Aggregate::moderation:
      return ModerationChange{};
  }
  COSTAGE_CHECK(false, "every aggregate has its data");
}

const UserId* subject(const Event& event) {
  if (const auto* change = std::get_if<InvitationChange>(&event.data)) return &change->invitation.invitee;
  if (const auto* change = std::get_if<RequestChange>(&event.data)) return &change->request.user;
  if (const auto* change = std::get_if<ModerationChange>(&event.data)) return &change->standing.user;
  if (info(event.type).audience == Audience::everybody) return nullptr;
  const auto* change = std::get_if<StageChange>(&event.data);
  return change == nullptr ? nullptr : &change->seat.user;
}

bool may_see(const Event& event, const UserId& viewer, const Sight& sight) {
  switch (info(event.type).audience) {
    case Audience::everybody:
      return true;
    case Audience::subject:
      if (sight.invitations) return true;
      break;
    case Audience::moderators:
      if (sight.moderation) return true;
      break;
  }
  const UserId* about = subject(event);
  return about != nullptr && *about == viewer;
}

}  // namespace costage::domain
