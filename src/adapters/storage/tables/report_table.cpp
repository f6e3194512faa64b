#include "adapters/storage/tables/report_table.hpp"

#include "adapters/storage/fields/chat.hpp"

namespace costage::storage {

using namespace domain;

template <>
std::optional<WordAction> word(std::string_view text) {
  return word_action_from(text);
}

void ReportTable::put(const ChatReport& report) {
  static const std::string query = upsert_sql("chat_reports", columns_of<ChatReport>(), {"report_id"});
  sql_.execute(query, values_of(report));
}

std::optional<ChatReport> ReportTable::find(const RoomId& room, const ReportId& id) {
  return find_row<ChatReport>(sql_, "chat_reports", "report_id = :id AND room_id = :room",
                              {value_of(id), value_of(room)}, id.value());
}

std::optional<ChatReport> ReportTable::of(const MessageId& message, const UserId& user) {
  return find_row<ChatReport>(sql_, "chat_reports", "message_id = :message AND user_id = :user AND is_open = 1",
                              {value_of(message), value_of(user)}, message.value());
}

std::vector<ChatReport> ReportTable::open(const RoomId& room, std::size_t limit) {
  static const std::string query =
      "SELECT " + joined(columns_of<ChatReport>()) +
      " FROM chat_reports WHERE room_id = :room AND is_open = 1 ORDER BY created_at, report_id LIMIT :limit";
  std::vector<ChatReport> out;
  sql_.select(query, {value_of(room), static_cast<std::int64_t>(limit)}, [&](const soci::row& row) {
    out.push_back(read_record(room.value(), [&] { return row_from<ChatReport>(row); }));
  });
  return out;
}

// "hold some words" each.
WordList WordTable::get(const RoomId& room) {
  WordList out;
  sql_.select("SELECT words, links FROM word_lists WHERE room_id = :room", {value_of(room)}, [&](const soci::row& row) {
    read_record("words of " + room.value(), [&] {
      Texts texts;
      read(value_at(row, 0), texts);
      for (const std::string& one : texts) {
        const auto space = one.find(' ');
        out.words.push_back({one.substr(space + 1), stored::known(word_action_from(one.substr(0, space)))});
      }
      return read(value_at(row, 1), out.links), true;
    });
  });
  return out;
}

void WordTable::put(const RoomId& room, const WordList& words) {
  static const std::string query = upsert_sql("word_lists", {"room_id", "words", "links"}, {"room_id"});
  Texts texts;
  for (const ListedWord& one : words.words) texts.push_back(std::string(name(one.action)) + ' ' + one.text);
  sql_.execute(query, {value_of(room), to_text(texts), value_of(words.links)});
}

app::ReactionTotals ReactionTable::totals(const RoomId& room) {
  app::ReactionTotals out;
  sql_.select("SELECT kind, total FROM reaction_totals WHERE room_id = :room ORDER BY kind", {value_of(room)},
              [&](const soci::row& row) {
                read_record(room.value(), [&] {
                  auto& [kind, total] = out.emplace_back();
                  read(value_at(row, 0), kind);
                  return read(value_at(row, 1), total), true;
                });
              });
  return out;
}

void ReactionTable::add(const RoomId& room, const app::ReactionTotals& more) {
  for (const auto& [kind, count] : more)
    sql_.execute(
        "INSERT INTO reaction_totals (room_id, kind, total) VALUES (:room, :kind, :total) "
        "ON CONFLICT (room_id, kind) DO UPDATE SET total = reaction_totals.total + excluded.total",
        {value_of(room), kind, value_of(count)});
}

}  // namespace costage::storage
