#include "domain/request/requests.hpp"

#include <algorithm>
#include <tuple>

#include "domain/events.hpp"
#include "domain/limits.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<RequestOrder>, 2> kOrders{
    {{RequestOrder::asked, "asked"}, {RequestOrder::fewest_appearances, "fewestAppearances"}}};

void put(Requests& requests, const StageRequest& request) {
  const auto known = std::ranges::find(requests.newest, request.user, &StageRequest::user);
  if (known != requests.newest.end() && known->id == request.id) {
    *known = request;
    return;
  }
  if (known != requests.newest.end()) requests.newest.erase(known);
  requests.newest.push_back(request);
}

}  // namespace

std::string_view name(RequestOrder order) { return name_in(kOrders, order); }
std::optional<RequestOrder> request_order_from(std::string_view name) { return value_in(kOrders, name); }

const StageRequest* Requests::find(const RequestId& id) const {
  const auto at = std::ranges::find(newest, id, &StageRequest::id);
  return at == newest.end() ? nullptr : &*at;
}

const StageRequest* Requests::newest_of(const UserId& user) const {
  const auto at = std::ranges::find(newest, user, &StageRequest::user);
  return at == newest.end() ? nullptr : &*at;
}

std::vector<const StageRequest*> queue(const Requests& requests, RequestOrder order, WallTime now) {
  std::vector<const StageRequest*> out;
  for (const StageRequest& request : requests.newest)
    if (status_at(request, now) == RequestStatus::waiting) out.push_back(&request);
  const auto place = [order](const StageRequest* one) {
    const int before = order == RequestOrder::fewest_appearances ? one->appearances : 0;
    return std::tuple{before, one->created_at, one->id};
  };
  std::ranges::sort(out, {}, place);
  return out;
}

void apply(Requests& requests, const Event& event) {
  if (const auto* change = std::get_if<RequestChange>(&event.data)) put(requests, change->request);
}

void forget_past(Requests& requests, WallTime now) {
  std::erase_if(requests.newest, [&](const StageRequest& one) { return !matters(one, now); });
  while (requests.newest.size() > limits::kRequestsHeld) {
    const auto oldest = std::ranges::find_if(
        requests.newest, [](const StageRequest& one) { return one.status != RequestStatus::waiting; });
    requests.newest.erase(oldest);
  }
}

std::optional<WallTime> next_deadline(const Requests& requests) {
  std::optional<WallTime> earliest;
  for (const StageRequest& request : requests.newest)
    if (request.status == RequestStatus::waiting)
      earliest = std::min(earliest.value_or(request.expires_at), request.expires_at);
  return earliest;
}

}  // namespace costage::domain
