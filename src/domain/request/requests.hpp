// What a room holds in mind of the requests to come on stage: the newest of each person, as long as it matters. All of
// them are in storage.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/request/request.hpp"

namespace costage::domain {

struct Event;
struct RoomState;

// Who comes first in the queue: who has waited longest, or before that who was on stage the fewest times.
enum class RequestOrder { asked, fewest_appearances };
std::string_view name(RequestOrder order);
std::optional<RequestOrder> request_order_from(std::string_view name);

struct Requests {
  std::vector<StageRequest> newest;  // of each person, in the order of their creation

  [[nodiscard]] const StageRequest* find(const RequestId& id) const;
  [[nodiscard]] const StageRequest* newest_of(const UserId& user) const;
  bool operator==(const Requests&) const = default;
};

// Those who wait at `now`, the first in the queue first.
std::vector<const StageRequest*> queue(const Requests& requests, RequestOrder order, WallTime now);

void apply(Requests& requests, const Event& event);
// Of more than kRequestsHeld the oldest that wait no longer go.
void forget_past(Requests& requests, WallTime now);
// When the first one runs out.
std::optional<WallTime> next_deadline(const Requests& requests);
// Empty, or what does not hold of the requests in their room.
std::string check_requests(const RoomState& state);

}  // namespace costage::domain
