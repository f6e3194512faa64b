#include "domain/room/room.hpp"

#include <algorithm>
#include <utility>

#include "domain/events.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

using S = RoomStatus;

constexpr std::array<Named<S>, 7> kNames{{{S::idle, "idle"},
                                          {S::live, "live"},
                                          {S::waiting_reconnect, "waitingReconnect"},
                                          {S::ended, "ended"},
                                          {S::recorded, "recorded"},
                                          {S::terminated, "terminated"},
                                          {S::error, "error"}}};
constexpr auto kStatuses = values_of(kNames);

constexpr std::array<Named<EndReason>, 4> kEndReasons{{{EndReason::stopped, "stopped"},
                                                       {EndReason::host_gone, "hostGone"},
                                                       {EndReason::quiet, "quiet"},
                                                       {EndReason::longest, "longest"}}};

// N-002, D14. Nothing leads back to idle, and nothing out of ended but what happens to its recording.
constexpr std::pair<S, S> kMoves[] = {
    {S::idle, S::live},
    {S::idle, S::ended},
    {S::live, S::waiting_reconnect},
    {S::live, S::ended},
    {S::waiting_reconnect, S::live},
    {S::waiting_reconnect, S::ended},
    {S::ended, S::recorded},
    {S::idle, S::terminated},
    {S::live, S::terminated},
    {S::waiting_reconnect, S::terminated},
    {S::ended, S::terminated},
    {S::recorded, S::terminated},
    {S::idle, S::error},
    {S::live, S::error},
    {S::waiting_reconnect, S::error},
};

}  // namespace

std::string_view name(RoomStatus status) { return name_in(kNames, status); }
std::optional<RoomStatus> room_status_from(std::string_view name) { return value_in(kNames, name); }
std::string_view name(EndReason reason) { return name_in(kEndReasons, reason); }
std::optional<EndReason> end_reason_from(std::string_view name) { return value_in(kEndReasons, name); }
std::span<const RoomStatus> all_room_statuses() { return kStatuses; }

bool may_become(RoomStatus from, RoomStatus to) {
  return std::ranges::find(kMoves, std::pair{from, to}) != std::end(kMoves);
}

bool is_open(RoomStatus status) { return status == S::idle || status == S::live || status == S::waiting_reconnect; }

const UserId& presiding(const Room& room) { return room.acting_host ? *room.acting_host : room.host; }

std::optional<Ending> ending(const Room& room) {
  const bool is_on = room.status == S::live || room.status == S::waiting_reconnect;
  const Policies& policies = room.policies;
  std::optional<Ending> first;
  if (is_on && policies.show_limit.count() > 0 && room.live_at)
    first = Ending{*room.live_at + policies.show_limit, EndReason::longest};
  if (!is_on || policies.quiet_limit.count() == 0 || !room.quiet_since) return first;
  const Ending quiet{*room.quiet_since + policies.quiet_limit, EndReason::quiet};
  return first && first->at <= quiet.at ? first : quiet;
}

void apply(Room& room, const Event& event) {
  if (const auto* change = std::get_if<RoomChange>(&event.data)) room = change->room;
}

}  // namespace costage::domain
