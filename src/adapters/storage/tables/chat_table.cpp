#include "adapters/storage/tables/chat_table.hpp"

#include "adapters/storage/fields/chat.hpp"

namespace costage::storage {
namespace {

using namespace domain;

std::string stream_of(const RoomId& room) { return "chat/" + room.value(); }

void put_row(Sql& sql, const Chat& chat) {
  static const std::string query = upsert_sql("chats", columns_of<Chat>(), {"room_id"});
  sql.execute(query, values_of(chat));
}

}  // namespace

void ChatTable::create(const RoomId& room) { put_row(sql_, Chat{room, {}, {}, 0}); }

std::optional<Chat> ChatTable::find(const RoomId& room) {
  const std::uint64_t seq = stream_.last(stream_of(room));
  auto chat = find_row<Chat>(sql_, "chats", "room_id = :room", {value_of(room)}, room.value());
  if (chat) chat->seq = seq;
  return chat;
}

// The history goes first: whoever lost the race has written nothing.
void ChatTable::save(const Chat& before, const Chat& after, const ChatEvents& events) {
  stream_.append(stream_of(after.room), events);
  if (before.settings != after.settings || before.pin != after.pin) put_row(sql_, after);
  for (const ChatEvent& event : events) {
    if (const auto* change = std::get_if<MessageChange>(&event.data)) messages_.put(change->message);
    if (const auto* change = std::get_if<ReportChange>(&event.data)) reports_.put(change->report);
  }
}

ChatEvents ChatTable::since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  return stream_.since<ChatEvent>(stream_of(room), chat_event_type_from, seq, limit);
}

}  // namespace costage::storage
