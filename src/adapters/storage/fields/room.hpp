#pragma once

#include "adapters/storage/fields/fields.hpp"
#include "domain/room/events.hpp"

namespace costage::storage {

template <>
inline std::optional<domain::RoomStatus> word(std::string_view text) {
  return domain::room_status_from(text);
}
template <>
inline std::optional<domain::CoHostDevices> word(std::string_view text) {
  return domain::co_host_devices_from(text);
}

template <>
inline std::optional<domain::RequestOrder> word(std::string_view text) {
  return domain::request_order_from(text);
}

template <>
inline std::optional<domain::SecondWindow> word(std::string_view text) {
  return domain::second_window_from(text);
}

template <>
inline std::optional<domain::EndReason> word(std::string_view text) {
  return domain::end_reason_from(text);
}

template <class F, Is<domain::Policies> O>
void fields(F& f, O& o) {
  f("inviteWatchersOnly", "invite_watchers_only", o.invite_watchers_only);
  f("maxCoHosts", "max_co_hosts", o.max_co_hosts);
  f("invitationTtl", "invitation_ttl", o.invitation_ttl);
  f("reconnectGrace", "reconnect_grace", o.reconnect_grace);
  f("coHostDevices", "co_host_devices", o.co_host_devices, Since{3});
  f("guestsMayWatch", "guests_may_watch", o.guests_may_watch, Since{3});
  f("inviteesMustBeReady", "invitees_must_be_ready", o.invitees_must_be_ready, Since{9});
  f("inviteRequestersOnly", "invite_requesters_only", o.invite_requesters_only, Since{9});
  f("minClientVersion", "min_client_version", o.min_client_version, Since{9});
  f("requestsOpen", "requests_open", o.requests_open, Since{8});
  f("requestTtl", "request_ttl", o.request_ttl, Since{8});
  f("requestOrder", "request_order", o.request_order, Since{8});
  f("secondWindow", "second_window", o.second_window, Since{12});
  f("quietLimit", "quiet_limit", o.quiet_limit, Since{12});
  f("showLimit", "show_limit", o.show_limit, Since{12});
}

template <class F, Is<domain::Room> O>
void fields(F& f, O& o) {
  f("id", "room_id", o.id);
  f("title", "title", o.title);
  f("description", "description", o.description);
  f("metadata", "metadata", o.metadata);
  f("externalId", "external_id", o.external_id);
  f("chatEnabled", "chat_enabled", o.chat_enabled);
  f("mediaRegion", "media_region", o.media_region, Since{16});
  f("mediaNode", "media_node", o.media_node, Since{19});
  f("mediaEpoch", "media_epoch", o.media_epoch, Since{19});
  f("tags", "tags", o.tags, Since{5});
  f.part("policies", o.policies);
  f("host", "host_id", o.host);
  f("hostName", "host_name", o.host_name);
  f("status", "status", o.status);
  f("scheduledAt", "scheduled_at", o.scheduled_at, Since{15});
  f("createdAt", "created_at", o.created_at);
  f("updatedAt", "updated_at", o.updated_at);
  f("coverAt", "cover_at", o.cover_at, Since{15});
  f("liveAt", "live_at", o.live_at);
  f("endedAt", "ended_at", o.ended_at);
  f("reconnectBy", "reconnect_by", o.reconnect_by);
  f("quietSince", "quiet_since", o.quiet_since, Since{12});
  f("endReason", "end_reason", o.end_reason, Since{12});
  f("successor", "successor_id", o.successor, Since{10});
  f("actingHost", "acting_host_id", o.acting_host, Since{10});
  f("version", "version", o.version);
}

// What happens to a room is encoded as the whole of it.
template <class F, Is<domain::RoomChange> O>
void fields(F& f, O& o) {
  fields(f, o.room);
}

}  // namespace costage::storage
