#include "app/followers/media_rights.hpp"

#include <utility>

#include "domain/limits.hpp"

namespace costage::app {

using namespace domain;

MediaGrant grant_for(const RoomId& room, const std::string& region, const Seat& seat) {
  MediaGrant grant;
  grant.room = room;
  grant.region = region;
  grant.identity = on_stage_as(seat.user);
  grant.name = seat.name;
  grant.metadata = media_metadata(&seat);
  grant.lease = seat.lease;
  grant.can_publish = true;
  grant.ttl = limits::kPrepareTime;
  return grant;
}

// What comes late must not undo what was decided since: a right is given only while its lease lives, and taken only
// from who has no other.
void MediaRights::follow(const RoomId& room, const Event& event, std::function<void(bool)> done) {
  const auto answer = [done](MediaOutcome outcome) { done(outcome == MediaOutcome::done); };
  if (event.type == EventType::room_ended) return media_.close_room(room, answer);
  if (event.type == EventType::moderation_banned)
    return media_.remove(room, viewers_of(std::get<ModerationChange>(event.data).standing.user), event.at, answer);
  const auto* change = std::get_if<StageChange>(&event.data);
  if (change == nullptr) return done(true);
  const Stage* stage = here_.stage_of(room);
  const Seat* held = stage == nullptr ? nullptr : stage->find(change->seat.user);
  if (event.type == EventType::stage_left && held == nullptr)
    return media_.remove(room, on_stage_as(change->seat.user), event.at, answer);
  if (event.type == EventType::stage_prepared && held != nullptr && held->lease == change->seat.lease)
    return media_.set_publish_right(grant_for(room, here_.region_of(room).value_or(""), *held), answer);
  if (event.type == EventType::stage_switched_off && held != nullptr && held->lease == change->seat.lease)
    return media_.mute(room, on_stage_as(change->seat.user), change->sources, answer);
  done(true);
}

}  // namespace costage::app
