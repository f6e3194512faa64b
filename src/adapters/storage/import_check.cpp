#include "adapters/storage/import_check.hpp"

#include <utility>
#include <vector>

#include "adapters/storage/records.hpp"
#include "adapters/storage/unusable.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using app::Transaction;

constexpr std::size_t kAtOnce = 500;  // ids, events or messages in memory

// Calls `use` with every room, in order of id.
template <class Use>
void for_each_room(Sql& sql, Use use) {
  static const std::string query = "SELECT room_id FROM rooms WHERE room_id > :after ORDER BY room_id LIMIT :limit";
  std::vector<RoomId> page;
  std::string after;
  do {
    page.clear();
    sql.select(query, {after, std::int64_t{kAtOnce}}, [&](const soci::row& row) {
      page.push_back(read_record("a room's id", [&] { return RoomId{stored::text(row.get<std::string>(0))}; }));
    });
    for (const RoomId& room : page) use(room);
    if (!page.empty()) after = page.back().value();
  } while (page.size() == kAtOnce);
}

// ---- one database ----

// Plays the history that `since` gives in pages onto `state`.
template <class State, class Since>
State replayed(State state, Since since) {
  while (true) {
    const auto page = since(state.seq);
    for (const auto& event : page) {
      if (event.seq != state.seq + 1) throw Unusable("its history lacks number " + std::to_string(state.seq + 1));
      state = apply(std::move(state), event);
    }
    if (page.size() < kAtOnce) return state;
  }
}

// Gives how many events it has.
std::uint64_t check_room(Transaction& tx, const RoomId& room) {
  const auto state = tx.rooms().load(room);
  const auto told = replayed(RoomState{}, [&](std::uint64_t seq) { return tx.history().since(room, seq, kAtOnce); });
  if (state != told) throw Unusable("its history tells another state than its rows");
  const auto chat = tx.chats().find(room);
  if (!chat) throw Unusable("it has no chat");
  const auto chat_told =
      replayed(Chat{room, {}, {}, 0}, [&](std::uint64_t seq) { return tx.chats().since(room, seq, kAtOnce); });
  if (chat != chat_told) throw Unusable("its chat's history tells another chat than its row");
  return state->seq + chat->seq;
}

// ---- two databases ----

// What `read` gives of each must be equal.
template <class Read>
auto same(const char* what, Transaction& one, Transaction& other, Read read) {
  auto is = read(one);
  if (is != read(other)) throw Unusable(std::string("PostgreSQL has ") + what + " otherwise");
  return is;
}

template <class Since>
void compare_history(const char* what, Transaction& one, Transaction& other, Since since) {
  std::uint64_t seq = 0;
  while (true) {
    const auto page = same(what, one, other, [&](Transaction& tx) { return since(tx, seq); });
    if (page.size() < kAtOnce) return;
    seq = page.back().seq;
  }
}

void compare_messages(Transaction& one, Transaction& other, const RoomId& room) {
  std::string cursor;
  do {
    const auto read = [&](Transaction& tx) {
      auto page = tx.messages().list(room, UserId{}, {kAtOnce, cursor});
      return std::pair{std::move(page.items), std::move(page.next_cursor)};
    };
    cursor = same("a message", one, other, read).second;
  } while (!cursor.empty());
  (void)same("a message that waits", one, other, [&](Transaction& tx) { return tx.messages().held(room, kAtOnce); });
  (void)same("a report", one, other, [&](Transaction& tx) { return tx.reports().open(room, kAtOnce); });
}

void compare_room(Transaction& one, Transaction& other, const RoomId& room) {
  (void)same("its state", one, other, [&](Transaction& tx) { return tx.rooms().load(room); });
  compare_history("its history", one, other,
                  [&](Transaction& tx, std::uint64_t seq) { return tx.history().since(room, seq, kAtOnce); });
  (void)same("its chat", one, other, [&](Transaction& tx) { return tx.chats().find(room); });
  compare_history("its chat's history", one, other,
                  [&](Transaction& tx, std::uint64_t seq) { return tx.chats().since(room, seq, kAtOnce); });
  compare_messages(one, other, room);
  (void)same("its words", one, other, [&](Transaction& tx) { return tx.words().get(room); });
  (void)same("its reactions", one, other, [&](Transaction& tx) { return tx.reactions().totals(room); });
  for (const PictureKind kind : {PictureKind::cover, PictureKind::live})
    (void)same("a picture", one, other, [&](Transaction& tx) { return tx.pictures().find(room, kind); });
}

using Streams = std::vector<std::pair<std::string, Number>>;

Streams streams_after(Sql& sql, const std::string& after) {
  static const std::string query = "SELECT stream, seq FROM streams WHERE stream > :after ORDER BY stream LIMIT :limit";
  Streams out;
  sql.select(query, {after, std::int64_t{kAtOnce}},
             [&](const soci::row& row) { out.emplace_back(row.get<std::string>(0), row.get<Number>(1)); });
  return out;
}

// Also those that belong to no room.
void compare_streams(Sql& one, Sql& other) {
  std::string after;
  while (true) {
    const Streams page = streams_after(one, after);
    if (page != streams_after(other, after))
      throw Unusable("PostgreSQL has the last numbers of the streams behind '" + after + "' otherwise");
    if (page.size() < kAtOnce) return;
    after = page.back().first;
  }
}

// Runs `check`; what it throws gets the room's name.
template <class Check>
void about(const RoomId& room, Check check) {
  try {
    check();
  } catch (const DamagedRecord& record) {
    throw Unusable("the room " + room.value() + " is damaged: " + record.what());
  } catch (const Unusable& why) {
    throw Unusable("the room " + room.value() + " cannot be moved: " + why.what());
  }
}

}  // namespace

Checked check_rooms(const Side& side) {
  Checked checked;
  for_each_room(side.sql, [&](const RoomId& room) {
    about(room, [&] { checked.events += check_room(side.transaction, room); });
    ++checked.rooms;
  });
  return checked;
}

void compare(const Side& side, const Side& other) {
  for_each_room(side.sql, [&](const RoomId& room) {
    about(room, [&] { compare_room(side.transaction, other.transaction, room); });
  });
  compare_streams(side.sql, other.sql);
}

}  // namespace costage::storage
