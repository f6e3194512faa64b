// Chats in memory. Private to the MemoryDatabase.
#pragma once

#include <string>
#include <tuple>
#include <utility>

#include "adapters/storage/memory/memory_streams.hpp"
#include "adapters/storage/memory/memory_table.hpp"
#include "app/ports/chat_stores.hpp"

namespace costage::storage {

class MemoryReports final : public app::ReportStore {
 public:
  explicit MemoryReports(UndoLog& log) : rows(log) {}
  std::optional<domain::ChatReport> find(const domain::RoomId& room, const domain::ReportId& id) override;
  std::optional<domain::ChatReport> of(const domain::MessageId& message, const domain::UserId& user) override;
  std::vector<domain::ChatReport> open(const domain::RoomId& room, std::size_t limit) override;

  MemoryTable<domain::ReportId, domain::ChatReport> rows;
};

class MemoryChats final : public app::ChatStore, public app::MessageStore {
 public:
  MemoryChats(UndoLog& log, MemoryStreams& streams)
      : reports(log), chats_(log), events_(log), messages_(log), streams_(streams) {}
  void create(const domain::RoomId& room) { chats_.put(room, domain::Chat{room, {}, {}, 0}); }

  std::optional<domain::Chat> find(const domain::RoomId& room) override { return chats_.find(room); }
  void save(const domain::Chat& before, const domain::Chat& after, const domain::ChatEvents& events) override;
  domain::ChatEvents since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) override;

  std::optional<domain::ChatMessage> find(const domain::RoomId& room, const domain::MessageId& id) override;
  std::optional<domain::ChatMessage> by_client(const domain::RoomId& room, const domain::UserId& user,
                                               const std::string& client_id) override;
  app::Page<domain::ChatMessage> list(const domain::RoomId& room, const domain::UserId& reader,
                                      const app::PageRequest& page) override;
  std::vector<domain::ChatMessage> held(const domain::RoomId& room, std::size_t limit) override;
  std::vector<WallTime> recent(const domain::RoomId& room, const domain::UserId& user, std::size_t limit) override;

  MemoryReports reports;

 private:
  template <class Condition>
  std::vector<domain::ChatMessage> where(Condition condition) const;  // by place

  MemoryTable<domain::RoomId, domain::Chat> chats_;
  MemoryTable<std::pair<domain::RoomId, std::uint64_t>, domain::ChatEvent> events_;
  MemoryTable<domain::MessageId, domain::ChatMessage> messages_;
  MemoryStreams& streams_;
};

class MemoryEmojis final : public app::EmojiStore {
 public:
  explicit MemoryEmojis(UndoLog& log) : rows_(log) {}
  bool has(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji) override {
    return rows_.find({message, user, emoji}).has_value();
  }
  void put(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji, bool on) override;
  std::vector<std::string> of(const domain::MessageId& message, const domain::UserId& user) override;

 private:
  struct Row {
    domain::MessageId message;
    domain::UserId user;
    std::string emoji;
  };
  MemoryTable<std::tuple<domain::MessageId, domain::UserId, std::string>, Row> rows_;
};

class MemoryWords final : public app::WordStore {
 public:
  explicit MemoryWords(UndoLog& log) : rows_(log) {}
  domain::WordList get(const domain::RoomId& room) override { return rows_.find(room).value_or(domain::WordList{}); }
  void put(const domain::RoomId& room, const domain::WordList& words) override { rows_.put(room, words); }

 private:
  MemoryTable<domain::RoomId, domain::WordList> rows_;
};

class MemoryReactions final : public app::ReactionStore {
 public:
  explicit MemoryReactions(UndoLog& log) : rows_(log) {}
  app::ReactionTotals totals(const domain::RoomId& room) override;
  void add(const domain::RoomId& room, const app::ReactionTotals& more) override;

 private:
  MemoryTable<std::pair<domain::RoomId, std::string>, std::uint64_t> rows_;
};

}  // namespace costage::storage
