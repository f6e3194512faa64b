// The table of watchers, without a clock: who watches which room over which connection, and until when it counts. Who
// watches by another node does so over a connection of that node.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/readiness.hpp"

namespace costage::app {

struct Present {
  domain::UserId user;
  std::string name;
  WallTime since;
  bool guest = false;
  domain::Readiness readiness{};
};

// Which of those who watch a room are wanted.
struct PresentQuery {
  std::string text{};                    // a part of the name or the id, without regard to ASCII case
  domain::UserId after{};                // only ids behind this one
  std::size_t limit = 0;                 // of the items
  std::vector<domain::UserId> except{};  // a few
};
struct PresentPage {
  std::vector<Present> items;  // by user id, each user once
  std::size_t total = 0;       // that match, on all pages
  bool more = false;           // behind the last item
};

class Presence {
 public:
  static constexpr std::size_t kMaxEntries = 200'000;  // subscriptions, about 300 bytes each: 60 MB

  struct Who {
    domain::UserId user;
    std::string name;
    bool guest = false;
  };
  // False when the table is full.
  bool start(const domain::RoomId& room, const Who& who, const std::string& connection, WallTime now);
  void heartbeat(const std::string& connection, WallTime now);
  bool stop(const domain::RoomId& room, const std::string& connection);
  std::vector<domain::RoomId> stop_all(const std::string& connection);
  // Drops what was silent for too long; gives the rooms that lost somebody.
  std::vector<domain::RoomId> expire(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_expiry() const;

  [[nodiscard]] std::size_t count(const domain::RoomId& room) const;  // users
  [[nodiscard]] bool watches(const domain::RoomId& room, const domain::UserId& user) const;
  // Since when; nothing: they do not.
  [[nodiscard]] std::optional<WallTime> watches_since(const domain::RoomId& room, const domain::UserId& user) const;
  [[nodiscard]] bool is_guest(const domain::RoomId& room, const domain::UserId& user) const;
  // What the newest page of somebody says; false: they do not watch over this connection.
  bool report(const domain::RoomId& room, const std::string& connection, const domain::Readiness& readiness);
  [[nodiscard]] domain::Readiness readiness(const domain::RoomId& room, const domain::UserId& user) const;
  // Looks at everybody once and copies only the page: with 10,000 who watch about a millisecond.
  [[nodiscard]] PresentPage find(const domain::RoomId& room, const PresentQuery& query) const;
  [[nodiscard]] std::size_t entries() const { return entries_; }

  // ---- between nodes ----
  static constexpr const char* kElsewhere = "@";  // how connections to other nodes begin
  using Entry = std::pair<domain::RoomId, domain::UserId>;
  // From now on whoever comes, goes or reports over a connection of this node is noted.
  void note_changes() { notes_changes_ = true; }
  [[nodiscard]] bool has_changes() const { return !changes_.empty(); }
  [[nodiscard]] std::set<Entry> take_changes() { return std::exchange(changes_, {}); }
  // Whoever watches over a connection of this node.
  [[nodiscard]] std::optional<Present> here(const domain::RoomId& room, const domain::UserId& user) const;
  [[nodiscard]] std::vector<std::pair<domain::RoomId, Present>> all_here() const;

 private:
  struct Viewer {
    std::string name;
    WallTime since;
    bool guest = false;
    std::string searched{};  // name and id in lower case
    std::set<std::string> connections{};
    domain::Readiness readiness{};
  };
  struct Connection {
    WallTime last;
    std::map<domain::RoomId, domain::UserId> rooms;
  };
  void drop(const domain::RoomId& room, const domain::UserId& user, const std::string& connection);
  void note(const domain::RoomId& room, const domain::UserId& user, const std::string& connection);

  std::map<domain::RoomId, std::map<domain::UserId, Viewer>> rooms_;
  std::map<std::string, Connection> connections_;
  std::set<std::pair<WallTime, std::string>> by_silence_;  // (last heartbeat, connection)
  std::size_t entries_ = 0;
  bool notes_changes_ = false;
  std::set<Entry> changes_;
};

}  // namespace costage::app
