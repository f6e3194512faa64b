// chat_messages and chat_emojis: what was said in chats, as it is now, and who put which emoji on it.
#pragma once

#include "adapters/storage/records.hpp"
#include "app/ports/chat_stores.hpp"

namespace costage::storage {

class MessageTable final : public app::MessageStore {
 public:
  MessageTable(Sql& sql, Health& health) : sql_(sql), health_(health) {}

  // What answers a message that has lost its text quotes it no more.
  void put(const domain::ChatMessage& message);

  std::optional<domain::ChatMessage> find(const domain::RoomId& room, const domain::MessageId& id) override;
  std::optional<domain::ChatMessage> by_client(const domain::RoomId& room, const domain::UserId& user,
                                               const std::string& client_id) override;
  app::Page<domain::ChatMessage> list(const domain::RoomId& room, const domain::UserId& reader,
                                      const app::PageRequest& page) override;
  std::vector<domain::ChatMessage> held(const domain::RoomId& room, std::size_t limit) override;
  std::vector<WallTime> recent(const domain::RoomId& room, const domain::UserId& user, std::size_t limit) override;

 private:
  std::vector<domain::ChatMessage> select(const std::string& where, const Values& values);

  Sql& sql_;
  Health& health_;
};

class EmojiTable final : public app::EmojiStore {
 public:
  explicit EmojiTable(Sql& sql) : sql_(sql) {}

  bool has(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji) override;
  void put(const domain::MessageId& message, const domain::UserId& user, const std::string& emoji, bool on) override;
  std::vector<std::string> of(const domain::MessageId& message, const domain::UserId& user) override;

 private:
  Sql& sql_;
};

}  // namespace costage::storage
