// Who watches a room right now: in memory, not history. A watcher counts until 60 s after the last heartbeat.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/storage.hpp"
#include "app/presence.hpp"
#include "app/request.hpp"
#include "app/work/committed.hpp"

namespace costage::app {

struct Context;

struct Watcher {
  domain::UserId user;
  std::string name;
  WallTime since;
  domain::Readiness readiness;
  std::optional<Refusal> reason;  // nothing: can be invited now
};
struct WatcherPage {
  std::vector<Watcher> items;
  std::size_t total = 0;  // that match the query
  std::string next_cursor;
};

struct Report {
  domain::RoomId room;
  std::vector<domain::UserId> readers;  // who may invite: the host, who stands in, co-hosts who were let
  domain::UserId user;
  domain::Readiness readiness;
};

class Watching {
 public:
  explicit Watching(const Context& context) : in_(context) {}

  // One subscription of one connection. Several connections of a user count once.
  void start(const Caller& caller, const domain::RoomId& room, const std::string& connection);
  void heartbeat(const std::string& connection);                         // any message or pong; all its rooms
  void stop(const domain::RoomId& room, const std::string& connection);  // unsubscribed
  void stop_all(const std::string& connection);                          // closed
  [[nodiscard]] std::size_t count(const domain::RoomId& room) const;     // without the host and those on stage
  // Called when a room's count may have changed; coalesce before sending.
  void on_change(std::function<void(const domain::RoomId&)> listener);
  void on_commit(const Committed& committed);
  void on_time(WallTime now);  // silent ones are gone

  // What somebody's own page says about whether they could go on stage now.
  void report(const Caller& caller, const domain::RoomId& room, const std::string& connection,
              const domain::Readiness& readiness);
  // The same of somebody who watches by another node.
  void tell_report(const domain::RoomId& room, const domain::UserId& user, const domain::Readiness& readiness);
  // Somebody came or went.
  void changed(const domain::RoomId& room);
  void on_report(std::function<void(const Report&)> listener) { report_listeners_.push_back(std::move(listener)); }

  // `query` matches a part of the name or the id, without regard to ASCII case.
  void list(const Caller& caller, const domain::RoomId& room, const std::string& query, const PageRequest& page,
            Done<WatcherPage> done);

 private:
  const Context& in_;
  std::vector<std::function<void(const domain::RoomId&)>> listeners_;
  std::vector<std::function<void(const Report&)>> report_listeners_;
};

}  // namespace costage::app
