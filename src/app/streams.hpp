// The histories of rooms and chats on this node: what is committed here and what other nodes wrote, told in order. Of
// other nodes it hears by hints over the bus, and each second by a look at what was written since the last one: that
// finds what a lost hint would have said.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/cluster.hpp"
#include "app/work/feed.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

// "room/{id} {seq}"
[[nodiscard]] std::string hint_text(const StreamEnd& end);
[[nodiscard]] std::optional<StreamEnd> hint_from(std::string_view text);

class Streams {
 public:
  static constexpr std::chrono::seconds kLookEvery{1};

  Streams(UnitOfWork& work, const Cluster& cluster, CommitListener rooms, ChatListener chats);

  void on_commit(const Committed& committed);
  void on_chat_commit(const ChatCommitted& committed);
  // Somebody listens, and knows all up to `seq`.
  void follow(std::string_view stream, std::uint64_t seq);
  void unfollow(std::string_view stream);
  // Something happened in a room that is over and not followed here: who must know all reads it.
  void on_unfollowed(std::function<void()> listener) { unfollowed_ = std::move(listener); }
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const { return look_at_; }
  // Whether what is known here was compared with the database a moment ago.
  [[nodiscard]] bool is_fresh() const;

 private:
  using RoomFeed = Feed<domain::Event, domain::RoomState>;
  using ChatFeed = Feed<domain::ChatEvent, domain::Chat>;
  static constexpr std::size_t kEventsPerRead = 100;
  static constexpr std::chrono::seconds kForgetAfter{60};  // a room that is over; longer than looks go back

  void read_room(const domain::RoomId& room, std::uint64_t after,
                 std::function<void(std::optional<RoomFeed::Page>)> done);
  void read_chat(const domain::RoomId& room, std::uint64_t after,
                 std::function<void(std::optional<ChatFeed::Page>)> done);
  void tell_room(const domain::Events& events, const domain::RoomState& state);
  void announce(const StreamEnd& end);
  void on_hint(const StreamEnd& end);
  void meet(const domain::RoomId& room, std::uint64_t seq);
  void look(WallTime now);

  UnitOfWork& work_;
  const Cluster& cluster_;
  CommitListener on_room_;
  ChatListener on_chat_;
  const WallTime started_at_;
  RoomFeed rooms_;
  ChatFeed chats_;
  std::map<domain::RoomId, WallTime> over_;       // rooms that are, and until when they are followed
  static constexpr std::size_t kMaxMet = 10'000;  // about 100 bytes each
  std::map<domain::RoomId, std::uint64_t> met_;   // rooms that are over, as they were found to be
  std::function<void()> unfollowed_ = [] {};
  std::set<domain::RoomId> heard_;  // rooms that somebody listens to
  std::optional<WallTime> look_at_;
  std::optional<WallTime> looked_at_;  // with success
};

}  // namespace costage::app
