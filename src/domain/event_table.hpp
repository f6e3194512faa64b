// Every type of event once: its name, the aggregate it changes and who hears of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace costage::domain {

enum class EventType : std::uint8_t {
  room_created,
  room_updated,
  room_live,
  room_waiting_reconnect,
  room_ended,
  room_media_moved,
  invitation_created,
  invitation_resent,
  invitation_accepted,
  invitation_rejected,
  invitation_cancelled,
  invitation_expired,
  invitation_called,
  invitation_revoked,
  request_created,
  request_updated,
  request_withdrawn,
  request_declined,
  request_invited,
  request_expired,
  stage_prepared,
  stage_joined,
  stage_reconnecting,
  stage_resumed,
  stage_media_changed,
  stage_left,
  stage_switched_off,
  stage_switch_on_asked,
  stage_permissions_changed,
  scene_changed,
  run_of_show_changed,
  egress_started,
  egress_changed,
  egress_ended,
  moderation_appointed,
  moderation_dismissed,
  moderation_muted,
  moderation_unmuted,
  moderation_banned,
  moderation_unbanned,
};

// What an event changes: one alternative of EventData each, in this order (events.hpp).
enum class Aggregate : std::uint8_t { room, stage, invitation, request, scene, run_of_show, egress, moderation };
// `subject`: the one the event is about, and who may list invitations; `moderators`: the one it is about, and who may
// read what moderators do. Others learn only that something was numbered.
enum class Audience : std::uint8_t { everybody, subject, moderators };

// What of that which is not for everybody somebody may read, beyond what is about themselves.
struct Sight {
  bool invitations = false;  // list_invitations: what is between others and the host
  bool moderation = false;   // read_moderation
  bool operator==(const Sight&) const = default;
};

struct EventInfo {
  EventType type{};
  std::string_view name;  // "stage.mediaChanged"
  Aggregate aggregate{};
  Audience audience{};
};

std::span<const EventInfo> all_events();
const EventInfo& info(EventType type);

inline std::string_view name(EventType type) { return info(type).name; }
std::optional<EventType> event_type_from(std::string_view name);

}  // namespace costage::domain
