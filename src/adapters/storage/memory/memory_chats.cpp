#include "adapters/storage/memory/memory_chats.hpp"

#include <algorithm>

#include "app/cursor.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

using namespace domain;

std::optional<ChatReport> MemoryReports::find(const RoomId& room, const ReportId& id) {
  auto found = rows.find(id);
  return found && found->room == room ? found : std::nullopt;
}

std::optional<ChatReport> MemoryReports::of(const MessageId& message, const UserId& user) {
  for (const auto& [id, one] : rows.rows())
    if (one.message == message && one.user == user && one.open) return one;
  return {};
}

std::vector<ChatReport> MemoryReports::open(const RoomId& room, std::size_t limit) {
  std::vector<ChatReport> out;
  for (const auto& [id, one] : rows.rows())
    if (one.room == room && one.open) out.push_back(one);
  std::ranges::sort(out, {}, [](const ChatReport& one) { return std::tie(one.created_at, one.id); });
  if (out.size() > limit) out.resize(limit);
  return out;
}

void MemoryChats::save(const Chat& before, const Chat& after, const ChatEvents& events) {
  const auto known = chats_.find(after.room);
  if (!known || known->seq != before.seq) throw app::LostRace();
  chats_.put(after.room, after);
  streams_.touch("chat/" + after.room.value(), after.seq);
  for (const ChatEvent& event : events) {
    events_.put({after.room, event.seq}, event);
    if (const auto* change = std::get_if<ReportChange>(&event.data))
      reports.rows.put(change->report.id, change->report);
    const auto* change = std::get_if<MessageChange>(&event.data);
    if (change == nullptr) continue;
    messages_.put(change->message.id, change->message);
    if (change->message.status != MessageStatus::deleted) continue;
    for (ChatMessage& answer : where([&](const auto& one) { return one.reply_to.message == change->message.id; })) {
      answer.reply_to.excerpt.clear();
      messages_.put(answer.id, answer);
    }
  }
}

ChatEvents MemoryChats::since(const RoomId& room, std::uint64_t seq, std::size_t limit) {
  ChatEvents out;
  const auto& all = events_.rows();
  for (auto at = all.upper_bound({room, seq}); at != all.end() && at->first.first == room; ++at) {
    if (out.size() == limit) break;
    out.push_back(at->second);
  }
  return out;
}

template <class Condition>
std::vector<ChatMessage> MemoryChats::where(Condition condition) const {
  std::vector<ChatMessage> out;
  for (const auto& [id, one] : messages_.rows())
    if (condition(one)) out.push_back(one);
  std::ranges::sort(out, {}, &ChatMessage::place);
  return out;
}

std::optional<ChatMessage> MemoryChats::find(const RoomId& room, const MessageId& id) {
  auto found = messages_.find(id);
  return found && found->room == room ? found : std::nullopt;
}

std::optional<ChatMessage> MemoryChats::by_client(const RoomId& room, const UserId& user,
                                                  const std::string& client_id) {
  const auto found =
      where([&](const auto& one) { return one.room == room && one.user == user && one.client_id == client_id; });
  return found.empty() ? std::nullopt : std::optional{found.front()};
}

app::Page<ChatMessage> MemoryChats::list(const RoomId& room, const UserId& reader, const app::PageRequest& asked) {
  const auto cursor = app::read_cursor(asked.cursor);
  app::Page<ChatMessage> page;
  page.items = where([&](const auto& one) {
    const bool is_public = one.status == MessageStatus::shown || one.status == MessageStatus::deleted;
    const bool is_before = !cursor || static_cast<std::int64_t>(one.place) < cursor->created_at;
    return one.room == room && is_before && (is_public || (one.status == MessageStatus::held && one.user == reader));
  });
  std::ranges::reverse(page.items);
  if (page.items.size() <= asked.limit) return page;
  page.items.resize(asked.limit);
  page.next_cursor = app::write_cursor({static_cast<std::int64_t>(page.items.back().place), "m"});
  return page;
}

std::vector<ChatMessage> MemoryChats::held(const RoomId& room, std::size_t limit) {
  auto out = where([&](const auto& one) { return one.room == room && one.status == MessageStatus::held; });
  if (out.size() > limit) out.resize(limit);
  return out;
}

std::vector<WallTime> MemoryChats::recent(const RoomId& room, const UserId& user, std::size_t limit) {
  std::vector<WallTime> out;
  for (const ChatMessage& one :
       where([&](const auto& m) { return m.room == room && m.user == user && m.kind == MessageKind::text; }))
    out.push_back(one.sent_at);
  std::ranges::sort(out, std::ranges::greater{});
  if (out.size() > limit) out.resize(limit);
  return out;
}

void MemoryEmojis::put(const MessageId& message, const UserId& user, const std::string& emoji, bool on) {
  if (on) return rows_.put({message, user, emoji}, {message, user, emoji});
  rows_.erase_if([&](const Row& row) { return row.message == message && row.user == user && row.emoji == emoji; });
}

std::vector<std::string> MemoryEmojis::of(const MessageId& message, const UserId& user) {
  std::vector<std::string> out;
  for (const auto& [key, row] : rows_.rows())
    if (row.message == message && row.user == user) out.push_back(row.emoji);
  return out;
}

app::ReactionTotals MemoryReactions::totals(const RoomId& room) {
  app::ReactionTotals out;
  for (const auto& [key, total] : rows_.rows())
    if (key.first == room) out.emplace_back(key.second, total);
  return out;
}

void MemoryReactions::add(const RoomId& room, const app::ReactionTotals& more) {
  for (const auto& [kind, count] : more) {
    const std::pair key{room, kind};
    rows_.put(key, rows_.find(key).value_or(0) + count);
  }
}

}  // namespace costage::storage
