#include "adapters/storage/memory/memory_stores.hpp"

#include <algorithm>
#include <tuple>

#include "adapters/storage/held_rows.hpp"
#include "app/cursor.hpp"
#include "app/ports/storage.hpp"

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

Cursor cursor_of(const app::Block& block) { return {to_unix_ms(block.created_at), block.user.value()}; }

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

bool has_all(const std::vector<std::string>& tags, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& tag) { return std::ranges::find(tags, tag) != tags.end(); });
}

template <class Id, class Row, class Condition>
std::optional<Row> newest_where(const MemoryTable<Id, Row>& table, Condition condition) {
  std::optional<Row> newest;
  for (const auto& [id, one] : table.rows()) {
    if (!condition(one)) continue;
    if (!newest || std::tie(newest->created_at, newest->id) < std::tie(one.created_at, one.id)) newest = one;
  }
  return newest;
}

bool is_of(const app::InvitationFilter& filter, const Invitation& invitation) {
  const auto* room = std::get_if<RoomId>(&filter.of);
  return room != nullptr ? *room == invitation.room : std::get<UserId>(filter.of) == invitation.invitee;
}

}  // namespace

std::optional<Invitation> MemoryInvitations::newest_for(const RoomId& room, const UserId& invitee) {
  return newest_where(rows, [&](const Invitation& one) { return one.room == room && one.invitee == invitee; });
}

int MemoryInvitations::appearances(const RoomId& room, const UserId& invitee) {
  return static_cast<int>(std::ranges::count_if(rows.rows(), [&](const auto& entry) {
    const Invitation& one = entry.second;
    return one.room == room && one.invitee == invitee && one.admission != Admission::unused;
  }));
}

std::optional<StageRequest> MemoryRequests::newest_of(const RoomId& room, const UserId& user) {
  return newest_where(rows, [&](const StageRequest& one) { return one.room == room && one.user == user; });
}

Page<StageRequest> MemoryRequests::list(const app::RequestFilter& filter, const PageRequest& page) {
  std::vector<StageRequest> items;
  for (const auto& [id, one] : rows.rows())
    if (one.room == filter.room && any_of(filter.statuses, status_at(one, filter.now))) items.push_back(one);
  return page_of(std::move(items), SortBy::first_created, page);
}

Page<Invitation> MemoryInvitations::list(const app::InvitationFilter& filter, const PageRequest& page) {
  std::vector<Invitation> items;
  for (const auto& [id, invitation] : rows.rows()) {
    const bool wanted = is_of(filter, invitation) && any_of(filter.statuses, status_at(invitation, filter.now));
    if (wanted) items.push_back(invitation);
  }
  return page_of(std::move(items), filter.sort, page);
}

std::size_t MemoryInvitations::pending_elsewhere(const UserId& invitee, const RoomId& except, WallTime now) {
  return static_cast<std::size_t>(std::ranges::count_if(rows.rows(), [&](const auto& entry) {
    const Invitation& one = entry.second;
    return one.invitee == invitee && one.room != except && status_at(one, now) == InvitationStatus::pending;
  }));
}

Events MemoryHistory::since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  Events out;
  const auto& all = rows.rows();
  for (auto at = all.upper_bound({room, seq}); at != all.end() && at->first.first == room; ++at) {
    if (out.size() == limit) break;
    out.push_back(at->second);
  }
  return out;
}

std::map<RoomId, std::uint64_t> MemoryHistory::ends() const {
  std::map<RoomId, std::uint64_t> out;
  const auto& all = rows.rows();
  for (auto at = all.end(); at != all.begin(); at = all.lower_bound({out.begin()->first, 0})) {
    const auto& [room, seq] = std::prev(at)->first;
    out.emplace_hint(out.begin(), room, seq);
  }
  return out;
}

std::vector<app::FollowerPosition> MemoryHistory::behind(const std::string& follower, const RoomId& after,
                                                         std::size_t limit) {
  const auto last = ends();
  std::vector<app::FollowerPosition> out;
  for (auto at = last.upper_bound(after); at != last.end() && out.size() < limit; ++at) {
    const std::uint64_t followed = followers_.find({follower, at->first}).value_or(0);
    if (followed < at->second) out.push_back({at->first, followed, at->second});
  }
  return out;
}

void MemoryNodes::renew(const app::Node& node, std::chrono::seconds lease) {
  const auto known = rows_.find(node.id);
  app::Node row = node;
  row.started_at = known && known->until > now_ ? known->started_at : now_;
  row.until = now_ + lease;
  rows_.put(node.id, row);
}

std::vector<app::Node> MemoryNodes::living() {
  std::vector<app::Node> out;
  for (const auto& [id, row] : rows_.rows())
    if (row.until > now_) out.push_back(row);
  std::ranges::sort(out, {}, [](const app::Node& node) { return std::tie(node.started_at, node.id); });
  return out;
}

void MemoryRooms::save(const RoomState& before, const RoomState& after, const Events& events) {
  const RoomId& room = after.room.id;
  const auto known = load(room);
  if ((known ? known->seq : 0) + 1 != events.front().seq) throw app::LostRace();
  if (races_to_lose > 0) {
    --races_to_lose;
    throw app::LostRace();
  }
  rows_.put(room, after);
  if (before.seq == 0) chats_.create(room);
  for (const Event& event : events) history_.rows.put({room, event.seq}, event);
  history_.streams.touch("room/" + room.value(), after.seq);
  for (const auto& changed : changed_invitations(before, after, events))
    invitations_.rows.put(changed.row.id, changed.row);
  for (const auto& changed : changed_requests(before, after, events)) requests_.rows.put(changed.row.id, changed.row);
}

std::optional<app::PersonInRoom> MemoryRooms::person(const RoomId& room, const UserId& user) {
  const auto state = load(room);
  if (!state) return {};
  app::PersonInRoom out{state->room, {}, {}};
  if (const Seat* seat = state->stage.find(user)) out.seat = *seat;
  if (const Standing* standing = state->standings.find(user)) out.standing = *standing;
  return out;
}

Page<Room> MemoryRooms::list(const app::RoomFilter& filter, const PageRequest& page) {
  std::vector<Room> items;
  for (const auto& [id, state] : rows_.rows())
    if (any_of(filter.statuses, state.room.status) && has_all(state.room.tags, filter.tags))
      items.push_back(state.room);
  return page_of(std::move(items), filter.sort, page);
}

std::vector<RoomId> MemoryRooms::open_after(const RoomId& after, std::size_t limit) {
  std::vector<RoomId> out;
  for (auto at = rows_.rows().upper_bound(after); at != rows_.rows().end() && out.size() < limit; ++at)
    if (is_open(at->second.room.status)) out.push_back(at->first);
  return out;
}

void MemoryUsers::put(const app::User& user) {
  app::User row = rows_.find(user.id).value_or(user);
  row.name = user.name;
  rows_.put(user.id, row);
}

void MemoryUsers::set_takes_invitations(const UserId& id, bool on) {
  auto row = rows_.find(id);
  if (!row) return;
  row->takes_invitations = on;
  rows_.put(id, *row);
}

void MemoryBlocks::put(const app::Block& block) {
  if (!rows_.find({block.by, block.user})) rows_.put({block.by, block.user}, block);
}

bool MemoryBlocks::has_any(const std::vector<UserId>& by, const UserId& user) {
  return std::ranges::any_of(by, [&](const UserId& one) { return rows_.find({one, user}).has_value(); });
}

std::vector<app::Block> MemoryBlocks::of(const UserId& by) const {
  std::vector<app::Block> out;
  for (const auto& [key, block] : rows_.rows())
    if (key.first == by) out.push_back(block);
  return out;
}

Page<app::Block> MemoryBlocks::list(const UserId& by, const PageRequest& page) {
  return page_of(of(by), SortBy::first_created, page);
}

void MemoryRevocations::put(const app::Revocation& revocation) {
  const std::pair key{revocation.room.value(), revocation.identity.value()};
  const auto known = rows_.find(key);
  if (!known || known->until < revocation.until) rows_.put(key, revocation);
}

std::vector<app::Revocation> MemoryRevocations::latest(std::size_t limit) {
  std::vector<app::Revocation> out;
  for (const auto& [key, revocation] : rows_.rows()) out.push_back(revocation);
  std::ranges::stable_sort(out, std::ranges::greater{}, &app::Revocation::until);
  if (out.size() > limit) out.resize(limit);
  return out;
}

template <class Condition>
std::uint64_t MemoryWebhooks::lose(const std::string& url, Condition condition) {
  const std::size_t before = rows_.rows().size();
  rows_.erase_if([&](const Row& row) { return row.url == url && condition(row.webhook); });
  const std::uint64_t lost = before - rows_.rows().size();
  auto counts = urls_.find(url).value_or(Url{});
  counts.lost += lost;
  if (lost > 0) urls_.put(url, counts);
  return lost;
}

std::uint64_t MemoryWebhooks::append(const std::string& url, const std::string& body, WallTime made, std::size_t most) {
  Url counts = urls_.find(url).value_or(Url{});
  const std::uint64_t number = ++counts.last;
  urls_.put(url, counts);
  rows_.put({url, number}, {url, {number, body, made}});
  return lose(url, [&](const app::KeptWebhook& one) { return one.number + most <= number; });
}

std::optional<app::KeptWebhook> MemoryWebhooks::oldest(const std::string& url) {
  const auto first = rows_.rows().lower_bound({url, 0});
  if (first == rows_.rows().end() || first->second.url != url) return {};
  app::KeptWebhook out = first->second.webhook;
  out.lost_before = urls_.find(url)->lost;
  return out;
}

void MemoryWebhooks::remove(const std::string& url, const app::KeptWebhook& webhook) {
  rows_.erase_if([&](const Row& row) { return row.url == url && row.webhook.number == webhook.number; });
  Url counts = urls_.find(url).value_or(Url{});
  counts.lost -= webhook.lost_before;
  urls_.put(url, counts);
}

std::uint64_t MemoryWebhooks::give_up_before(const std::string& url, WallTime time) {
  return lose(url, [time](const app::KeptWebhook& one) { return one.made < time; });
}

}  // namespace costage::storage
