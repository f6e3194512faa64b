#include "app/followers/green_room_rights.hpp"

#include "app/green_room.hpp"

namespace costage::app {

using namespace domain;

namespace {

// Whose right to be there may have ended.
const UserId* subject_of(const Event& event) {
  if (event.type == EventType::stage_left) return &std::get<StageChange>(event.data).seat.user;
  if (event.type == EventType::invitation_revoked) return &std::get<InvitationChange>(event.data).invitation.invitee;
  return nullptr;
}

}  // namespace

void GreenRoomRights::follow(const RoomId& room, const Event& event, std::function<void(bool)> done) {
  const auto answer = [done](MediaOutcome outcome) { done(outcome == MediaOutcome::done); };
  if (event.type == EventType::room_ended) return media_.close_room(green_room_of(room), answer);
  const UserId* user = subject_of(event);
  // Who left by themselves may come back on stage, and stays; who is invited anew by now does so, too.
  if (user == nullptr || here_.is_backstage(room, *user)) return done(true);
  media_.remove(green_room_of(room), on_stage_as(*user), event.at, answer);
}

}  // namespace costage::app
