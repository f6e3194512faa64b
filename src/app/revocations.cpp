#include "app/revocations.hpp"

#include <memory>
#include <utility>

#include "app/context.hpp"
#include "domain/limits.hpp"

namespace costage::app {

std::optional<Revocation> revocation_by(const domain::RoomState& after, const domain::Event& event) {
  if (event.type == domain::EventType::room_ended) return Revocation{after.room.id, {}, event.at};
  if (event.type == domain::EventType::moderation_banned)
    return Revocation{after.room.id, viewers_of(std::get<domain::ModerationChange>(event.data).standing.user),
                      event.at};
  if (event.type != domain::EventType::stage_left) return {};
  return Revocation{after.room.id, on_stage_as(std::get<domain::StageChange>(event.data).seat.user), event.at};
}

void Revocations::record(const Revocation& revocation, std::function<void(bool)> done) {
  auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
  const bool taken = in_.work.storage().submit(
      [revocation](Transaction& tx) {
        tx.revocations().put(revocation);
        return true;
      },
      [shared_done](Commit commit) { (*shared_done)(commit == Commit::done); });
  if (!taken) (*shared_done)(false);
}

void Revocations::load(std::function<void(bool, std::vector<Revocation>)> done) {
  auto found = std::make_shared<std::vector<Revocation>>();
  auto shared_done = std::make_shared<decltype(done)>(std::move(done));
  const bool taken = in_.work.storage().submit(
      [found](Transaction& tx) {
        *found = tx.revocations().latest(domain::limits::kRevocations);
        return false;
      },
      [found, shared_done](Commit commit) { (*shared_done)(commit == Commit::done, std::move(*found)); });
  if (!taken) (*shared_done)(false, {});
}

}  // namespace costage::app
