#include "adapters/storage/tables/message_table.hpp"

#include <algorithm>

#include "adapters/storage/fields/chat.hpp"

namespace costage::storage {

using namespace domain;

void MessageTable::put(const ChatMessage& message) {
  static const std::string query = upsert_sql("chat_messages", columns_of<ChatMessage>(), {"message_id"});
  sql_.execute(query, values_of(message));
  if (message.status == MessageStatus::deleted)
    sql_.execute("UPDATE chat_messages SET reply_excerpt = '' WHERE reply_message_id = :id", {value_of(message.id)});
}

std::optional<ChatMessage> MessageTable::find(const RoomId& room, const MessageId& id) {
  return find_row<ChatMessage>(sql_, "chat_messages", "message_id = :id AND room_id = :room",
                               {value_of(id), value_of(room)}, id.value());
}

std::optional<ChatMessage> MessageTable::by_client(const RoomId& room, const UserId& user,
                                                   const std::string& client_id) {
  return find_row<ChatMessage>(sql_, "chat_messages",
                               "room_id = :room AND user_id = :user AND client_id = :client AND client_id <> ''",
                               {value_of(room), value_of(user), client_id}, room.value());
}

std::vector<ChatMessage> MessageTable::select(const std::string& where, const Values& values) {
  const std::string query = "SELECT " + joined(columns_of<ChatMessage>()) + " FROM chat_messages WHERE " + where;
  std::vector<ChatMessage> out;
  sql_.select(query, values, [&](const soci::row& row) {
    use_record(row, health_,
               [&](const soci::row& one, const std::string&) { out.push_back(row_from<ChatMessage>(one)); });
  });
  return out;
}

// The cursor is the place of the last one.
app::Page<ChatMessage> MessageTable::list(const RoomId& room, const UserId& reader, const app::PageRequest& asked) {
  const auto cursor = app::read_cursor(asked.cursor);
  const std::int64_t before = cursor ? cursor->created_at : std::numeric_limits<std::int64_t>::max();
  app::Page<ChatMessage> page;
  page.items = select(
      "room_id = :room AND place < :before AND (status IN ('shown', 'deleted') OR (user_id = :reader AND status = "
      "'held')) ORDER BY place DESC LIMIT :limit",
      {value_of(room), before, value_of(reader), static_cast<std::int64_t>(asked.limit) + 1});
  if (page.items.size() <= asked.limit) return page;
  page.items.resize(asked.limit);
  page.next_cursor = app::write_cursor({static_cast<std::int64_t>(page.items.back().place), "m"});
  return page;
}

std::vector<ChatMessage> MessageTable::held(const RoomId& room, std::size_t limit) {
  return select("room_id = :room AND status = 'held' ORDER BY place LIMIT :limit",
                {value_of(room), static_cast<std::int64_t>(limit)});
}

std::vector<WallTime> MessageTable::recent(const RoomId& room, const UserId& user, std::size_t limit) {
  static const std::string query = R"sql(
SELECT sent_at FROM chat_messages WHERE room_id = :room AND user_id = :user AND kind = 'text'
ORDER BY sent_at DESC LIMIT :limit)sql";
  std::vector<WallTime> out;
  sql_.select(query, {value_of(room), value_of(user), static_cast<std::int64_t>(limit)}, [&](const soci::row& row) {
    read_record(room.value(), [&] { return read(value_at(row, 0), out.emplace_back()), true; });
  });
  return out;
}

bool EmojiTable::has(const MessageId& message, const UserId& user, const std::string& emoji) {
  const auto all = of(message, user);
  return std::ranges::find(all, emoji) != all.end();
}

void EmojiTable::put(const MessageId& message, const UserId& user, const std::string& emoji, bool on) {
  const Values values{value_of(message), value_of(user), emoji};
  if (on)
    sql_.execute(
        "INSERT INTO chat_emojis (message_id, user_id, emoji) VALUES (:message, :user, :emoji) "
        "ON CONFLICT (message_id, user_id, emoji) DO NOTHING",
        values);
  else
    sql_.execute("DELETE FROM chat_emojis WHERE message_id = :message AND user_id = :user AND emoji = :emoji", values);
}

std::vector<std::string> EmojiTable::of(const MessageId& message, const UserId& user) {
  std::vector<std::string> out;
  sql_.select("SELECT emoji FROM chat_emojis WHERE message_id = :message AND user_id = :user",
              {value_of(message), value_of(user)}, [&](const soci::row& row) {
                read_record(message.value(), [&] { return read(value_at(row, 0), out.emplace_back()), true; });
              });
  return out;
}

}  // namespace costage::storage
