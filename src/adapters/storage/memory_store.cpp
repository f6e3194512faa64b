#include "adapters/storage/memory_store.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "app/cursor.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using app::Cursor;
using app::Page;
using app::PageRequest;
using app::SortBy;

auto place(const Cursor& cursor) { return std::tie(cursor.created_at, cursor.id); }
template <class T>
Cursor cursor_of(const T& item) {
  return {to_unix_ms(item.created_at), item.id.value()};
}

// Sorted, from behind the cursor, cut to the limit.
template <class T>
Page<T> page_of(std::vector<T> items, SortBy sort, const PageRequest& page) {
  const bool ascending = sort == SortBy::first_created;
  const auto before = [&](const Cursor& a, const Cursor& b) {
    return ascending ? place(a) < place(b) : place(b) < place(a);
  };
  std::ranges::sort(items, [&](const T& a, const T& b) { return before(cursor_of(a), cursor_of(b)); });
  if (const auto cursor = app::read_cursor(page.cursor))
    std::erase_if(items, [&](const T& item) { return !before(*cursor, cursor_of(item)); });
  Page<T> out;
  if (items.size() > page.limit) {
    items.resize(page.limit);
    out.next_cursor = app::write_cursor(cursor_of(items.back()));
  }
  out.items = std::move(items);
  return out;
}

template <class Status>
bool any_of(const std::vector<Status>& wanted, Status status) {
  return wanted.empty() || std::ranges::find(wanted, status) != wanted.end();
}

bool is_of(const app::InvitationFilter& filter, const Invitation& invitation) {
  const auto* room = std::get_if<RoomId>(&filter.of);
  return room != nullptr ? *room == invitation.room : std::get<UserId>(filter.of) == invitation.invitee;
}

template <class Map>
std::optional<typename Map::mapped_type> look_up(const Map& map, const typename Map::key_type& key) {
  const auto at = map.find(key);
  if (at == map.end()) return {};
  return at->second;
}

}  // namespace

template <class Map>
void MemoryDatabase::put(Map& map, const typename Map::key_type& key, const typename Map::mapped_type& value) {
  const auto before = look_up(map, key);
  undo_.push_back([&map, key, before] {
    if (before)
      map.insert_or_assign(key, *before);
    else
      map.erase(key);
  });
  map.insert_or_assign(key, value);
}

template <class Map>
void MemoryDatabase::erase(Map& map, const typename Map::key_type& key) {
  undo_.push_back([&map, key, before = map.at(key)] { map.insert_or_assign(key, before); });
  map.erase(key);
}

void MemoryDatabase::undo_to(std::size_t size) {
  for (; undo_.size() > size; undo_.pop_back()) undo_.back()();
}

void MemoryDatabase::commit() {
  if (fail_commits) throw std::runtime_error("told to fail");
  undo_.clear();
}

std::optional<RoomState> MemoryDatabase::load_room(const RoomId& room) { return look_up(rooms_, room); }

void MemoryDatabase::save_room(const RoomState& state, const Events& events) {
  const auto before = load_room(state.room.id);
  if ((before ? before->seq : 0) + 1 != events.front().seq) throw std::runtime_error("another writer was faster");
  put(rooms_, state.room.id, state);
  for (const Event& event : events) {
    put(events_, {state.room.id, event.seq}, event);
    if (const auto* change = std::get_if<InvitationChange>(&event.data))
      put(invitations_, change->invitation.id, change->invitation);
  }
  for (const Invitation& invitation : state.invitations.newest) put(invitations_, invitation.id, invitation);
}

std::optional<Room> MemoryDatabase::find_room(const RoomId& room) {
  const auto state = load_room(room);
  if (!state) return {};
  return state->room;
}

Page<Room> MemoryDatabase::list_rooms(const app::RoomFilter& filter, const PageRequest& page) {
  std::vector<Room> items;
  for (const auto& [id, state] : rooms_)
    if (any_of(filter.statuses, state.room.status)) items.push_back(state.room);
  return page_of(std::move(items), filter.sort, page);
}

std::vector<RoomId> MemoryDatabase::open_rooms(const RoomId& after, std::size_t limit) {
  std::vector<RoomId> out;
  for (auto at = rooms_.upper_bound(after); at != rooms_.end() && out.size() < limit; ++at)
    if (is_open(at->second.room.status)) out.push_back(at->first);
  return out;
}

std::optional<Invitation> MemoryDatabase::find_invitation(const InvitationId& id) { return look_up(invitations_, id); }

Page<Invitation> MemoryDatabase::list_invitations(const app::InvitationFilter& filter, const PageRequest& page) {
  std::vector<Invitation> items;
  for (const auto& [id, invitation] : invitations_) {
    const bool wanted = is_of(filter, invitation) && any_of(filter.statuses, status_at(invitation, filter.now));
    if (wanted) items.push_back(invitation);
  }
  return page_of(std::move(items), filter.sort, page);
}

std::size_t MemoryDatabase::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  return static_cast<std::size_t>(std::ranges::count_if(invitations_, [&](const auto& entry) {
    const Invitation& one = entry.second;
    return one.invitee == invitee && one.room != except && status_at(one, now) == InvitationStatus::pending;
  }));
}

Events MemoryDatabase::events_since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  Events out;
  for (auto at = events_.upper_bound({room, seq}); at != events_.end() && at->first.first == room; ++at) {
    if (out.size() == limit) break;
    out.push_back(at->second);
  }
  return out;
}

std::optional<app::User> MemoryDatabase::find_user(const UserId& id) { return look_up(users_, id); }
void MemoryDatabase::put_user(const app::User& user) { put(users_, user.id, user); }

std::optional<app::IdempotencyRecord> MemoryDatabase::find_answer(const UserId& user, const std::string& key) {
  return look_up(answers_, {user, key});
}

void MemoryDatabase::put_answer(const app::IdempotencyRecord& record) {
  put(answers_, {record.user, record.key}, record);
}

void MemoryDatabase::forget_answers_before(WallTime time) {
  for (auto at = answers_.begin(); at != answers_.end();) {
    const auto current = at++;
    if (current->second.at < time) erase(answers_, std::pair{current->first});
  }
}

void MemoryDatabase::put_revocation(const app::Revocation& revocation) {
  const std::pair key{revocation.room, revocation.identity};
  const auto known = look_up(revocations_, key);
  if (!known || known->until < revocation.until) put(revocations_, key, revocation);
}

std::vector<app::Revocation> MemoryDatabase::revocations(std::size_t limit) {
  std::vector<app::Revocation> out;
  for (const auto& [key, revocation] : revocations_) out.push_back(revocation);
  std::ranges::stable_sort(out, std::ranges::greater{}, &app::Revocation::until);
  if (out.size() > limit) out.resize(limit);
  return out;
}

void MemoryDatabase::forget_revocations_before(WallTime time) {
  for (auto at = revocations_.begin(); at != revocations_.end();) {
    const auto current = at++;
    if (current->second.until < time) erase(revocations_, std::pair{current->first});
  }
}

bool MemoryStorage::submit(Work work, Done done) {
  if (full) return false;
  queue_.push_back({std::move(work), std::move(done)});
  return true;
}

void MemoryStorage::run() {
  while (!queue_.empty()) {
    const std::vector<Unit> units(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    const auto results = run_together(database, units);
    for (std::size_t i = 0; i < units.size(); ++i) units[i].done(results[i]);
  }
}

}  // namespace costage::storage
