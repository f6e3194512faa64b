// chat_reports, word_lists and reaction_totals: what else a chat keeps.
#pragma once

#include "adapters/storage/records.hpp"
#include "app/ports/chat_stores.hpp"

namespace costage::storage {

class ReportTable final : public app::ReportStore {
 public:
  explicit ReportTable(Sql& sql) : sql_(sql) {}

  void put(const domain::ChatReport& report);
  std::optional<domain::ChatReport> find(const domain::RoomId& room, const domain::ReportId& id) override;
  std::optional<domain::ChatReport> of(const domain::MessageId& message, const domain::UserId& user) override;
  std::vector<domain::ChatReport> open(const domain::RoomId& room, std::size_t limit) override;

 private:
  Sql& sql_;
};

class WordTable final : public app::WordStore {
 public:
  explicit WordTable(Sql& sql) : sql_(sql) {}

  domain::WordList get(const domain::RoomId& room) override;
  void put(const domain::RoomId& room, const domain::WordList& words) override;

 private:
  Sql& sql_;
};

class ReactionTable final : public app::ReactionStore {
 public:
  explicit ReactionTable(Sql& sql) : sql_(sql) {}

  app::ReactionTotals totals(const domain::RoomId& room) override;
  void add(const domain::RoomId& room, const app::ReactionTotals& more) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
