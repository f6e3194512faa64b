// What a diagnosis can find: each finding has a stable code for programs and sentences for people, in one table. Who
// hosts reads about somebody else, everybody reads about themselves, and not all of it is for both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace costage::domain {

enum class FindingCode : std::uint8_t {
  all_good,
  room_not_live,
  host_away,
  room_ended,
  user_unknown,
  is_host,
  is_guest,
  not_watching,
  seat_preparing,
  seat_reconnecting,
  seat_timed_out,
  keeps_dropping,
  dropped_recently,
  not_invited,
  invitation_pending,
  invitation_accepted,
  invitation_rejected,
  invitation_cancelled,
  invitation_expired,
  invitation_used,
  removed_from_stage,
  request_waiting,
  request_declined,
  request_expired,
  invitee_blocked,
  invitee_unavailable,
  client_too_old,
  camera_off,
  microphone_off,
  microphone_silent,
  connection_poor,
  stage_full,
  cannot_invite,
};

enum class Severity : std::uint8_t { problem, warning, info };  // in the order of their weight
enum class Reader : std::uint8_t { host, self };                // or an admin, who reads as the host does

struct Words {
  Severity severity{};
  std::string_view detail;  // empty: not for this reader
  std::string_view advice;  // empty: none
};

struct FindingInfo {
  FindingCode code{};
  std::string_view name;  // "keeps_dropping": stable, programs compare it
  Words host;
  Words self;
};

struct Finding {
  FindingCode code{};
  Severity severity{};
  std::string detail;
  std::string advice;          // empty: none
  std::optional<WallTime> at;  // when it happened, or when it ends by itself

  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

std::string_view name(Severity severity);
std::string_view name(FindingCode code);
std::span<const FindingInfo> all_findings();
const Words& words(FindingCode code, Reader reader);

}  // namespace costage::domain
