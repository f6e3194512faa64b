#include "domain/event_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/check.hpp"

namespace costage::domain {
namespace {

using T = EventType;
using enum Aggregate;
constexpr auto everybody = Audience::everybody;
constexpr auto subject = Audience::subject;
constexpr auto moderators = Audience::moderators;

constexpr auto kEvents = std::to_array<EventInfo>({
    {T::room_created, "room.created", room, everybody},
    {T::room_updated, "room.updated", room, everybody},
    {T::room_live, "room.live", room, everybody},
    {T::room_waiting_reconnect, "room.waitingReconnect", room, everybody},
    {T::room_ended, "room.ended", room, everybody},
    {T::room_media_moved, "room.mediaMoved", room, everybody},
    {T::invitation_created, "invitation.created", invitation, subject},
    {T::invitation_resent, "invitation.resent", invitation, subject},
    {T::invitation_accepted, "invitation.accepted", invitation, subject},
    {T::invitation_rejected, "invitation.rejected", invitation, subject},
    {T::invitation_cancelled, "invitation.cancelled", invitation, subject},
    {T::invitation_expired, "invitation.expired", invitation, subject},
    {T::invitation_called, "invitation.called", invitation, subject},
    {T::invitation_revoked, "invitation.revoked", invitation, subject},
    {T::request_created, "request.created", request, subject},
    {T::request_updated, "request.updated", request, subject},
    {T::request_withdrawn, "request.withdrawn", request, subject},
    {T::request_declined, "request.declined", request, subject},
    {T::request_invited, "request.invited", request, subject},
    {T::request_expired, "request.expired", request, subject},
    {T::stage_prepared, "stage.prepared", stage, everybody},
    {T::stage_joined, "stage.joined", stage, everybody},
    {T::stage_reconnecting, "stage.reconnecting", stage, everybody},
    {T::stage_resumed, "stage.resumed", stage, everybody},
    {T::stage_media_changed, "stage.mediaChanged", stage, everybody},
    {T::stage_left, "stage.left", stage, everybody},
    {T::stage_switched_off, "stage.switchedOff", stage, everybody},
    {T::stage_switch_on_asked, "stage.switchOnAsked", stage, subject},
    {T::stage_permissions_changed, "stage.permissionsChanged", stage, everybody},
    {T::scene_changed, "scene.changed", scene, everybody},
    {T::run_of_show_changed, "runOfShow.changed", run_of_show, everybody},
    {T::egress_started, "egress.started", egress, everybody},
    {T::egress_changed, "egress.changed", egress, everybody},
    {T::egress_ended, "egress.ended", egress, everybody},
    {T::moderation_appointed, "moderation.appointed", moderation, everybody},
    {T::moderation_dismissed, "moderation.dismissed", moderation, everybody},
    {T::moderation_muted, "moderation.muted", moderation, moderators},
    {T::moderation_unmuted, "moderation.unmuted", moderation, moderators},
    {T::moderation_banned, "moderation.banned", moderation, moderators},
    {T::moderation_unbanned, "moderation.unbanned", moderation, moderators},
});

}  // namespace

std::span<const EventInfo> all_events() { return kEvents; }

const EventInfo& info(EventType type) {
  const EventInfo& row = kEvents[static_cast<std::size_t>(type)];
  COSTAGE_CHECK(row.type == type, "the table is in the order of the enum");
  return row;
}

std::optional<EventType> event_type_from(std::string_view name) {
  const auto row = std::ranges::find(kEvents, name, &EventInfo::name);
  if (row == kEvents.end()) return {};
  return row->type;
}

}  // namespace costage::domain
