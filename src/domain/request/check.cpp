#include <set>

#include "domain/limits.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {
namespace {

std::string check_request(const StageRequest& request, const RoomState& state) {
  const bool waits = request.status == RequestStatus::waiting;
  if (request.room != state.room.id) return "a request belongs to its room";
  if (request.user == state.room.host) return "the host does not ask to come on stage";
  if (waits == request.responded_at.has_value()) return "a request has an end exactly when it does not wait";
  if (request.asked.size() > limits::kAsksPerWindow) return "no more asks are remembered than needed";
  if (waits && !is_open(state.room.status)) return "nobody waits in a room that is over";
  if (waits && state.stage.find(request.user) != nullptr) return "nobody on stage waits in the queue";
  return {};
}

}  // namespace

std::string check_requests(const RoomState& state) {
  std::set<UserId> people;
  std::size_t waiting = 0;
  for (const StageRequest& request : state.requests.newest) {
    if (auto broken = check_request(request, state); !broken.empty()) return broken;
    if (!people.insert(request.user).second) return "only the newest request of each person is held";
    if (request.status == RequestStatus::waiting) ++waiting;
  }
  if (waiting > limits::kQueue) return "the queue is over its limit";
  return {};
}

}  // namespace costage::domain
