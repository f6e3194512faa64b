#include "domain/request/request.hpp"

#include "base/check.hpp"
#include "domain/limits.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

using S = RequestStatus;

constexpr std::array<Named<S>, 5> kNames{{{S::waiting, "waiting"},
                                          {S::invited, "invited"},
                                          {S::declined, "declined"},
                                          {S::withdrawn, "withdrawn"},
                                          {S::expired, "expired"}}};
constexpr auto kStatuses = values_of(kNames);

}  // namespace

std::string_view name(RequestStatus status) { return name_in(kNames, status); }
std::optional<RequestStatus> request_status_from(std::string_view name) { return value_in(kNames, name); }
std::span<const RequestStatus> all_request_statuses() { return kStatuses; }

bool may_become(RequestStatus from, RequestStatus to) { return from == S::waiting && to != S::waiting; }

bool has_run_out(const StageRequest& request, WallTime now) {
  return request.status == S::waiting && now >= request.expires_at;
}

RequestStatus status_at(const StageRequest& request, WallTime now) {
  return has_run_out(request, now) ? S::expired : request.status;
}

Code refusal_for(RequestStatus status) {
  switch (status) {
    case S::invited:
      return Code::request_invited;
    case S::declined:
      return Code::request_declined;
    case S::withdrawn:
      return Code::request_withdrawn;
    case S::expired:
      return Code::request_expired;
    case S::waiting:
      break;
  }
  COSTAGE_CHECK(false, "a request that waits can be acted on");
}

WallTime cools_down_until(const StageRequest& request) {
  return *request.responded_at + (request.declines <= 1 ? limits::kFirstCoolDown : limits::kLaterCoolDown);
}

WallTime may_ask_at(const StageRequest& request) {
  if (request.asked.size() < limits::kAsksPerWindow) return request.created_at;
  return request.asked.front() + limits::kAskWindow;
}

bool matters(const StageRequest& request, WallTime now) {
  if (request.status == S::waiting) return true;
  if (request.status == S::declined && now < cools_down_until(request)) return true;
  // Asking, withdrawing and asking again counts, too.
  return !request.asked.empty() && now < request.asked.back() + limits::kAskWindow;
}

}  // namespace costage::domain
