// The histories of rooms, and how far who follows them has come.
#pragma once

#include "adapters/storage/tables/stream_table.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class HistoryTable final : public app::HistoryStore {
 public:
  explicit HistoryTable(Sql& sql) : sql_(sql), stream_(sql) {}

  // 0: there is none yet.
  std::uint64_t last(const domain::RoomId& room);
  // Throws LostRace unless the first event is the next one.
  void append(const domain::RoomId& room, const domain::Events& events);

  domain::Events since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) override;
  std::string epoch() override;
  std::vector<app::FollowerPosition> behind(const std::string& follower, const domain::RoomId& after,
                                            std::size_t limit) override;
  void put_position(const std::string& follower, const app::FollowerPosition& position) override;
  app::Touched touched(std::chrono::seconds back) override;

 private:
  Sql& sql_;
  StreamTable stream_;
};

}  // namespace costage::storage
