// Somebody who watches asks to come on stage (S-031): waiting, then exactly one of the others. Only the host opens the
// stage: whoever is chosen is invited, and answers as to any invitation.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/errors.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

enum class RequestStatus { waiting, invited, declined, withdrawn, expired };

std::string_view name(RequestStatus status);
std::optional<RequestStatus> request_status_from(std::string_view name);
std::span<const RequestStatus> all_request_statuses();
bool may_become(RequestStatus from, RequestStatus to);

struct StageRequest {
  RequestId id;
  RoomId room;
  UserId user;
  std::string name;
  std::string comment;  // the newest; empty: none
  RequestStatus status = RequestStatus::waiting;
  WallTime created_at;                   // the place in the queue: asking again keeps it
  WallTime expires_at;                   // asking again renews it
  std::optional<WallTime> responded_at;  // when it stopped waiting
  std::string reason;                    // why the host declined; empty: not said
  int appearances = 0;                   // how often this person was on stage in this room before
  int declines = 0;                      // how often the host has declined this person here, this request included
  std::vector<WallTime> asked;           // the last kAsksPerWindow times, also of the request before; oldest first

  bool operator==(const StageRequest&) const = default;
};

// waiting and past its time: over, whether or not anybody has marked it yet.
bool has_run_out(const StageRequest& request, WallTime now);
// The status people see at `now`.
RequestStatus status_at(const StageRequest& request, WallTime now);
// Why a request with this status, which is not waiting, cannot be acted on.
Code refusal_for(RequestStatus status);

// After a decline the same person waits before asking again. Of a declined one only.
WallTime cools_down_until(const StageRequest& request);
// When the person may ask next as far as their rate goes.
WallTime may_ask_at(const StageRequest& request);
// Whether a decision about its room can still depend on it.
bool matters(const StageRequest& request, WallTime now);

}  // namespace costage::domain
