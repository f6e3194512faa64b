#include "adapters/storage/memory_store.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "adapters/storage/cursor.hpp"

namespace costage::storage {

using domain::Invitation;
using domain::InvitationId;
using domain::Room;
using domain::RoomId;
using domain::RoomState;
using domain::UserId;

struct MemoryStore::Tables {
  std::string history_epoch;
  std::map<RoomId, RoomState> rooms;
  std::map<RoomId, domain::Events> events;
  std::map<InvitationId, Invitation> invitations;
  std::map<UserId, app::User> users;
  std::map<std::pair<UserId, std::string>, app::IdempotencyRecord> answers;
};

namespace {

template <class T>
bool any_of_these(const std::vector<T>& wanted, const T& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

// Sorts by creation time, then id, and cuts out the page after the cursor.
template <class T>
app::Page<T> page_of(std::vector<T> items, app::SortBy sort, const app::PageRequest& request) {
  const auto key = [](const T& item) { return std::pair{to_unix_ms(item.created_at), item.id.value()}; };
  const bool forward = sort == app::SortBy::first_created;
  const auto before = [&](const auto& a, const auto& b) { return forward ? a < b : b < a; };
  std::sort(items.begin(), items.end(), [&](const T& a, const T& b) { return before(key(a), key(b)); });
  if (const auto cursor = parse_cursor(request.cursor))
    std::erase_if(items, [&](const T& item) { return !before(std::pair{cursor->created_ms, cursor->id}, key(item)); });

  app::Page<T> page;
  if (items.size() > request.limit) {
    items.resize(request.limit);
    if (!items.empty()) page.next_cursor = to_text(items.back().created_at, items.back().id.value());
  }
  page.items = std::move(items);
  return page;
}

}  // namespace

// Changes the tables at once and remembers how to take it back.
class MemoryStore::MemoryTransaction final : public app::Transaction {
 public:
  explicit MemoryTransaction(Tables& tables) : tables_(tables) {}

  void roll_back() {
    for (; !undo_.empty(); undo_.pop_back()) undo_.back()();
  }
  void adopt(MemoryTransaction& unit) {
    std::move(unit.undo_.begin(), unit.undo_.end(), std::back_inserter(undo_));
    unit.undo_.clear();
  }

  std::optional<RoomState> load_room(const RoomId& room) override { return find(tables_.rooms, room); }

  void save_room(const RoomState& state, const domain::Events& events) override {
    put(tables_.rooms, state.room.id, state);
    domain::Events& history = tables_.events[state.room.id];
    undo_.push_back([&history, size = history.size()] { history.resize(size); });
    history.insert(history.end(), events.begin(), events.end());
    for (const domain::Event& event : events)
      if (const auto* change = std::get_if<domain::InvitationChange>(&event.data))
        put(tables_.invitations, change->invitation.id, change->invitation);
  }

  std::optional<Room> find_room(const RoomId& room) override {
    const auto state = find(tables_.rooms, room);
    return state ? std::optional{state->room} : std::nullopt;
  }

  app::Page<Room> list_rooms(const app::RoomFilter& filter, const app::PageRequest& page) override {
    std::vector<Room> rooms;
    for (const auto& [id, state] : tables_.rooms)
      if (any_of_these(filter.statuses, state.room.status)) rooms.push_back(state.room);
    return page_of(std::move(rooms), filter.sort, page);
  }

  std::vector<RoomId> open_rooms(const RoomId& after, std::size_t limit) override {
    std::vector<RoomId> open;
    for (auto it = tables_.rooms.upper_bound(after); it != tables_.rooms.end() && open.size() < limit; ++it)
      if (domain::is_open(it->second.room.status)) open.push_back(it->first);
    return open;
  }

  std::optional<Invitation> find_invitation(const InvitationId& id) override { return find(tables_.invitations, id); }

  app::Page<Invitation> list_invitations(const app::InvitationFilter& filter, const app::PageRequest& page) override {
    std::vector<Invitation> found;
    for (const auto& [id, invitation] : tables_.invitations) {
      if (filter.room && invitation.room != *filter.room) continue;
      if (filter.invitee && invitation.invitee != *filter.invitee) continue;
      if (any_of_these(filter.statuses, domain::status_at(invitation, filter.now))) found.push_back(invitation);
    }
    return page_of(std::move(found), filter.sort, page);
  }

  std::size_t pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) override {
    return static_cast<std::size_t>(
        std::count_if(tables_.invitations.begin(), tables_.invitations.end(), [&](const auto& entry) {
          const Invitation& invitation = entry.second;
          return invitation.invitee == invitee && invitation.room != except &&
                 domain::status_at(invitation, now) == domain::InvitationStatus::pending;
        }));
  }

  domain::Events events_since(const RoomId& room, std::uint64_t seq, std::size_t limit) override {
    domain::Events out;
    for (const domain::Event& event : tables_.events[room])
      if (event.seq > seq && out.size() < limit) out.push_back(event);
    return out;
  }

  std::string history_epoch() override { return tables_.history_epoch; }

  std::optional<app::User> find_user(const UserId& id) override { return find(tables_.users, id); }
  void put_user(const app::User& user) override { put(tables_.users, user.id, user); }

  std::optional<app::IdempotencyRecord> find_answer(const UserId& user, const std::string& key) override {
    return find(tables_.answers, std::pair{user, key});
  }
  void put_answer(const app::IdempotencyRecord& record) override {
    put(tables_.answers, std::pair{record.user, record.key}, record);
  }
  void forget_answers_before(WallTime time) override {
    std::vector<std::pair<UserId, std::string>> old;
    for (const auto& [key, record] : tables_.answers)
      if (record.at < time) old.push_back(key);
    for (const auto& key : old) {
      undo_.push_back([&answers = tables_.answers, key, was = tables_.answers.at(key)] { answers[key] = was; });
      tables_.answers.erase(key);
    }
  }

 private:
  template <class K, class V>
  static std::optional<V> find(const std::map<K, V>& table, const K& key) {
    const auto it = table.find(key);
    return it == table.end() ? std::nullopt : std::optional{it->second};
  }
  template <class K, class V>
  void put(std::map<K, V>& table, const K& key, V value) {
    const auto was = find(table, key);
    undo_.push_back([&table, key, was] {
      if (was) {
        table[key] = *was;
      } else {
        table.erase(key);
      }
    });
    table[key] = std::move(value);
  }

  Tables& tables_;
  std::vector<std::function<void()>> undo_;
};

MemoryStore::MemoryStore(std::string history_epoch, std::size_t max_queue)
    : tables_(std::make_unique<Tables>()), max_queue_(max_queue) {
  tables_->history_epoch = std::move(history_epoch);
}

MemoryStore::~MemoryStore() = default;

bool MemoryStore::submit(Work work, Done done) {
  if (queue_.size() >= max_queue_) return false;
  queue_.push_back({std::move(work), std::move(done)});
  return true;
}

std::size_t MemoryStore::run() {
  std::deque<Unit> group = std::exchange(queue_, {});
  MemoryTransaction all{*tables_};
  for (Unit& unit : group) {
    MemoryTransaction transaction{*tables_};
    if (unit.work(transaction)) {
      all.adopt(transaction);
    } else {
      transaction.roll_back();
    }
  }
  const app::Commit outcome = std::exchange(fail_next_commit_, false) ? app::Commit::failed : app::Commit::done;
  if (outcome == app::Commit::failed) all.roll_back();
  for (Unit& unit : group) unit.done(outcome);
  return group.size();
}

}  // namespace costage::storage
