#include "app/presence.hpp"

#include <algorithm>

#include "domain/limits.hpp"

namespace costage::app {

using domain::RoomId;
using domain::UserId;

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace

bool Presence::start(const RoomId& room, const Who& who, const std::string& connection, WallTime now) {
  if (entries_ >= kMaxEntries) return false;
  const bool is_new = connections_.find(connection) == connections_.end();
  Connection& held = connections_[connection];
  if (is_new) {
    held.last = now;
    by_silence_.insert({now, connection});
  }
  if (held.rooms.emplace(room, who.user).second) ++entries_;
  Viewer& viewer = rooms_[room].try_emplace(who.user, Viewer{who.name, now, who.guest}).first->second;
  if (viewer.searched.empty() || viewer.name != who.name) viewer.searched = lower(who.name + '\n' + who.user.value());
  viewer.name = who.name;
  const bool is_new_here = viewer.connections.insert(connection).second;
  heartbeat(connection, now);
  if (is_new_here) note(room, who.user, connection);
  return true;
}

void Presence::note(const RoomId& room, const UserId& user, const std::string& connection) {
  if (notes_changes_ && !connection.starts_with(kElsewhere)) changes_.insert({room, user});
}

std::optional<Present> Presence::here(const RoomId& room, const UserId& user) const {
  const auto in_room = rooms_.find(room);
  if (in_room == rooms_.end()) return {};
  const auto at = in_room->second.find(user);
  if (at == in_room->second.end()) return {};
  const Viewer& viewer = at->second;
  const auto is_here = [](const std::string& connection) { return !connection.starts_with(kElsewhere); };
  if (std::ranges::none_of(viewer.connections, is_here)) return {};
  return Present{user, viewer.name, viewer.since, viewer.guest, viewer.readiness};
}

std::vector<std::pair<RoomId, Present>> Presence::all_here() const {
  std::vector<std::pair<RoomId, Present>> out;
  for (const auto& [room, viewers] : rooms_)
    for (const auto& [user, viewer] : viewers)
      if (auto present = here(room, user)) out.emplace_back(room, std::move(*present));
  return out;
}

void Presence::heartbeat(const std::string& connection, WallTime now) {
  const auto at = connections_.find(connection);
  if (at == connections_.end()) return;
  by_silence_.erase({at->second.last, connection});
  at->second.last = now;
  by_silence_.insert({now, connection});
}

bool Presence::stop(const RoomId& room, const std::string& connection) {
  const auto at = connections_.find(connection);
  if (at == connections_.end()) return false;
  const auto entry = at->second.rooms.find(room);
  if (entry == at->second.rooms.end()) return false;
  drop(room, entry->second, connection);
  at->second.rooms.erase(entry);
  if (!at->second.rooms.empty()) return true;
  by_silence_.erase({at->second.last, connection});
  connections_.erase(at);
  return true;
}

std::vector<RoomId> Presence::stop_all(const std::string& connection) {
  std::vector<RoomId> rooms;
  const auto at = connections_.find(connection);
  if (at == connections_.end()) return rooms;
  for (const auto& [room, user] : at->second.rooms) rooms.push_back(room);
  for (const RoomId& room : rooms) stop(room, connection);
  return rooms;
}

void Presence::drop(const RoomId& room, const UserId& user, const std::string& connection) {
  const auto in_room = rooms_.find(room);
  const auto viewer = in_room->second.find(user);
  viewer->second.connections.erase(connection);
  note(room, user, connection);
  --entries_;
  if (viewer->second.connections.empty()) in_room->second.erase(viewer);
  if (in_room->second.empty()) rooms_.erase(in_room);
}

std::vector<RoomId> Presence::expire(WallTime now) {
  std::vector<RoomId> rooms;
  while (!by_silence_.empty() && by_silence_.begin()->first + domain::limits::kPresenceTimeout <= now)
    for (RoomId& room : stop_all(std::string(by_silence_.begin()->second))) rooms.push_back(std::move(room));
  return rooms;
}

std::optional<WallTime> Presence::next_expiry() const {
  if (by_silence_.empty()) return {};
  return by_silence_.begin()->first + domain::limits::kPresenceTimeout;
}

std::size_t Presence::count(const RoomId& room) const {
  const auto at = rooms_.find(room);
  return at == rooms_.end() ? 0 : at->second.size();
}

bool Presence::watches(const RoomId& room, const UserId& user) const {
  const auto at = rooms_.find(room);
  return at != rooms_.end() && at->second.contains(user);
}

std::optional<WallTime> Presence::watches_since(const RoomId& room, const UserId& user) const {
  const auto at = rooms_.find(room);
  if (at == rooms_.end()) return {};
  const auto viewer = at->second.find(user);
  return viewer == at->second.end() ? std::nullopt : std::optional{viewer->second.since};
}

bool Presence::is_guest(const RoomId& room, const UserId& user) const {
  const auto at = rooms_.find(room);
  if (at == rooms_.end()) return false;
  const auto viewer = at->second.find(user);
  return viewer != at->second.end() && viewer->second.guest;
}

bool Presence::report(const RoomId& room, const std::string& connection, const domain::Readiness& readiness) {
  const auto at = connections_.find(connection);
  if (at == connections_.end()) return false;
  const auto entry = at->second.rooms.find(room);
  if (entry == at->second.rooms.end()) return false;
  rooms_.at(room).at(entry->second).readiness = readiness;
  note(room, entry->second, connection);
  return true;
}

domain::Readiness Presence::readiness(const RoomId& room, const UserId& user) const {
  const auto at = rooms_.find(room);
  if (at == rooms_.end()) return {};
  const auto viewer = at->second.find(user);
  return viewer == at->second.end() ? domain::Readiness{} : viewer->second.readiness;
}

PresentPage Presence::find(const RoomId& room, const PresentQuery& query) const {
  PresentPage out;
  const auto at = rooms_.find(room);
  if (at == rooms_.end()) return out;
  const std::string text = lower(query.text);
  for (const auto& [user, viewer] : at->second) {
    if (viewer.searched.find(text) == std::string::npos || std::ranges::count(query.except, user) > 0) continue;
    ++out.total;
    if (user <= query.after) continue;
    out.more = out.items.size() == query.limit;
    if (!out.more) out.items.push_back({user, viewer.name, viewer.since, viewer.guest, viewer.readiness});
  }
  return out;
}

}  // namespace costage::app
