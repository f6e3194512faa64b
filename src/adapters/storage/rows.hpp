// Rows of state tables as the domain's values. Private to the SQL stores; columns are read in the order of the SELECT
// lists here.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/room_state.hpp"

namespace costage::storage {

inline constexpr std::string_view kRoomColumns =
    "room_id, title, description, metadata, external_id, chat_enabled, invite_watchers_only, max_co_hosts, "
    "invitation_ttl, reconnect_grace, host_id, host_name, status, created_at, updated_at, live_at, ended_at, "
    "reconnect_by, version, seq, last_epoch, recent_invites, co_host_devices, "
    "guests_may_watch";
inline constexpr std::string_view kSeatColumns =
    "user_id, name, role, state, lease_id, epoch, camera, microphone, joined_at, on_air_at, release_at, link";
inline constexpr std::string_view kInvitationColumns =
    "invitation_id, room_id, room_title, inviter_id, inviter_name, invitee_id, invitee_name, status, created_at, "
    "expires_at, responded_at, ttl, declines, admission";

// The room's row alone: seats and invitations are rows of their own.
domain::RoomState room_from(const soci::row& row);
domain::Seat seat_from(const soci::row& row);
domain::Invitation invitation_from(const soci::row& row);

std::string write_times(const std::vector<WallTime>& times);

// NULL where there is no time; SOCI binds both members.
struct MaybeTime {
  explicit MaybeTime(const std::optional<WallTime>& time)
      : ms(time ? to_unix_ms(*time) : 0), is(time ? soci::i_ok : soci::i_null) {}
  long long ms;
  soci::indicator is;
};

}  // namespace costage::storage
