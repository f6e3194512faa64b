// What the media server reported and is not written yet: in the order it came for each person, tried again while
// storage refuses. Whoever left while the disk was full must not stay on stage for ever.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "app/media_events.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

class MediaInbox {
 public:
  // `wake_changed`: next_wake() became earlier.
  MediaInbox(UnitOfWork& work, std::function<void()> wake_changed)
      : work_(work), wake_changed_(std::move(wake_changed)) {}

  void put(const MediaCommand& reported);
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;

 private:
  static constexpr std::chrono::seconds kRetryAfter{1};

  using Person = std::pair<domain::RoomId, domain::UserId>;
  void carry_out_first(const Person& person);
  void carried_out(const Person& person, Commit commit);

  UnitOfWork& work_;
  std::function<void()> wake_changed_;
  // The first is under way or waits for its next try; behind it the newest of each kind, which are four: of all who are
  // on stage 60 at most in a room.
  std::map<Person, std::deque<domain::StageCommand>> waiting_;
  std::set<std::pair<WallTime, Person>> retries_;
};

}  // namespace costage::app
