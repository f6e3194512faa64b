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

#include "app/cluster.hpp"
#include "app/media_events.hpp"
#include "app/rooms_here.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

class MediaInbox {
 public:
  // `wake_changed`: next_wake() became earlier.
  MediaInbox(UnitOfWork& work, const RoomsHere& here, const Cluster& cluster, std::function<void()> wake_changed)
      : work_(work), here_(here), cluster_(cluster), wake_changed_(std::move(wake_changed)) {}

  // Of whoever has a seat: viewers come and go without touching storage.
  void put(const MediaCommand& reported);
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;

 private:
  static constexpr std::chrono::seconds kRetryAfter{1};

  using Person = std::pair<domain::RoomId, domain::UserId>;
  // A report says nothing about a seat that its person took later.
  struct Report {
    domain::LeaseId lease;
    domain::StageCommand command;
  };
  [[nodiscard]] std::optional<domain::LeaseId> lease_of(const Person& person) const;
  void carry_out_first(const Person& person);
  void drop_first(const Person& person);
  void carried_out(const Person& person, Commit commit);

  UnitOfWork& work_;
  const RoomsHere& here_;
  const Cluster& cluster_;
  std::function<void()> wake_changed_;
  // The first is under way or waits for its next try; behind it the newest of each kind, which are four: of all who are
  // on stage 60 at most in a room.
  std::map<Person, std::deque<Report>> waiting_;
  std::set<std::pair<WallTime, Person>> retries_;
};

}  // namespace costage::app
