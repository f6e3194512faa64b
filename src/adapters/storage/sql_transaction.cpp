#include "adapters/storage/sql_transaction.hpp"

#include "adapters/storage/health.hpp"

namespace costage::storage {

using namespace domain;

std::optional<RoomState> SqlTransaction::load(const RoomId& id) {
  const std::uint64_t seq = history_.last(id);
  if (auto known = cache_.find(id, seq)) return known;
  auto room = room_.find(id);
  if (!room) return {};
  RoomState state{std::move(*room),  stage_.load(id),    invitation_.load(id),
                  request_.load(id), scene_.load(id),    run_of_show_.load(id),
                  egress_.load(id),  standing_.load(id), seq};
  if (const std::string broken = check(state); !broken.empty()) throw DamagedRecord(id.value() + ": not so: " + broken);
  cache_.read(state);
  return state;
}

std::optional<app::PersonInRoom> SqlTransaction::person(const RoomId& id, const UserId& user) {
  auto room = room_.find(id);
  if (!room) return {};
  return app::PersonInRoom{std::move(*room), stage_.find(id, user), standing_.find(id, user)};
}

// The history goes first: whoever lost the race has written nothing.
void SqlTransaction::save(const RoomState& before, const RoomState& after, const Events& events) {
  history_.append(after.room.id, events);
  if (before.room != after.room) room_.put(after.room);
  stage_.save(after.room.id, before.stage, after.stage);
  invitation_.save(before, after, events);
  request_.save(before, after, events);
  scene_.save(after.room.id, before.scene, after.scene);
  run_of_show_.save(after.room.id, before.run_of_show, after.run_of_show);
  egress_.save(after.room.id, before.egresses, after.egresses);
  standing_.save(after.room.id, before.standings, after.standings);
  if (before.seq == 0) chat_.create(after.room.id);
  cache_.wrote(after);
}

}  // namespace costage::storage
