// chats and their streams; saving writes the messages and reports of the events, too.
#pragma once

#include "adapters/storage/tables/message_table.hpp"
#include "adapters/storage/tables/report_table.hpp"
#include "adapters/storage/tables/stream_table.hpp"

namespace costage::storage {

class ChatTable final : public app::ChatStore {
 public:
  ChatTable(Sql& sql, MessageTable& messages, ReportTable& reports)
      : sql_(sql), stream_(sql), messages_(messages), reports_(reports) {}

  // With its room.
  void create(const domain::RoomId& room);
  std::optional<domain::Chat> find(const domain::RoomId& room) override;
  void save(const domain::Chat& before, const domain::Chat& after, const domain::ChatEvents& events) override;
  domain::ChatEvents since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) override;

 private:
  Sql& sql_;
  StreamTable stream_;
  MessageTable& messages_;
  ReportTable& reports_;
};

}  // namespace costage::storage
