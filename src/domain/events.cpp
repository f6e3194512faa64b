#include "domain/events.hpp"

#include "domain/names.hpp"

namespace costage::domain {
namespace {

using T = EventType;

constexpr std::array<Named<T>, 17> kNames{{
    {T::room_created, "room.created"},
    {T::room_updated, "room.updated"},
    {T::room_live, "room.live"},
    {T::room_waiting_reconnect, "room.waitingReconnect"},
    {T::room_ended, "room.ended"},
    {T::invitation_created, "invitation.created"},
    {T::invitation_resent, "invitation.resent"},
    {T::invitation_accepted, "invitation.accepted"},
    {T::invitation_rejected, "invitation.rejected"},
    {T::invitation_cancelled, "invitation.cancelled"},
    {T::invitation_expired, "invitation.expired"},
    {T::stage_prepared, "stage.prepared"},
    {T::stage_joined, "stage.joined"},
    {T::stage_reconnecting, "stage.reconnecting"},
    {T::stage_resumed, "stage.resumed"},
    {T::stage_media_changed, "stage.mediaChanged"},
    {T::stage_left, "stage.left"},
}};
constexpr auto kTypes = values_of(kNames);

}  // namespace

std::string_view name(EventType type) { return name_in(kNames, type); }
std::optional<EventType> event_type_from(std::string_view name) { return value_in(kNames, name); }
std::span<const EventType> all_event_types() { return kTypes; }

bool is_private(const Event& event) { return std::holds_alternative<InvitationChange>(event.data); }

bool may_see(const Event& event, const UserId& host, const UserId& viewer, bool admin) {
  const auto* change = std::get_if<InvitationChange>(&event.data);
  return change == nullptr || admin || viewer == host || viewer == change->invitation.invitee;
}

}  // namespace costage::domain
