// Each follower's place in each room's history. What this node commits is given on at once; whoever fell behind, or a
// follower after a crash, reads on from where it was. Positions are written a little later than they move: after a
// crash some events come twice.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "app/followers/follower.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

class Followers {
 public:
  explicit Followers(UnitOfWork& work) : work_(work) {}
  // Before start() and the first commit. It must live as long as this.
  void add(Follower& follower);

  // Reads which rooms were not followed to their end; on_time() goes on with them. false: storage refused. Again when
  // this node has become the one that follows: what another did meanwhile is read then.
  void start(std::function<void(bool ok)> done);
  void on_commit(const Committed& committed);
  // Tries again what failed, writes positions.
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;
  void on_stop() { write_positions(work_.now()); }

 private:
  static constexpr std::chrono::seconds kRetryAfter{1}, kRetryAtMost{30};
  static constexpr std::chrono::seconds kWriteEvery{10};  // a commit that requests may have to wait for
  static constexpr std::size_t kEventsPerRead = 100, kRoomsPerRead = 100;

  struct Place {
    std::uint64_t followed = 0;  // carried out up to here
    std::uint64_t last = 0;      // of the history, as far as is known
    bool busy = false;           // an event is being carried out or read, or waits for the next try
    bool over = false;           // the room is: forgotten when all is written
    std::chrono::seconds retry_after{kRetryAfter};
  };
  struct Followed {
    Follower* follower = nullptr;
    std::map<domain::RoomId, Place> places;
    std::set<domain::RoomId> moved;  // since they were written
  };
  struct Retry {
    WallTime at;
    Followed* followed;
    domain::RoomId room;
    auto operator<=>(const Retry&) const = default;
  };

  void start_from(Followed& followed, const domain::RoomId& after, std::function<void(bool)> done);
  // Gives `events` from `index` on, one after the other; they begin where the place is.
  void give(Followed& followed, const domain::RoomId& room, const std::shared_ptr<const domain::Events>& events,
            std::size_t index);
  void read_on(Followed& followed, const domain::RoomId& room);
  void moved(Followed& followed, const domain::RoomId& room, std::uint64_t seq);
  void failed(Followed& followed, const domain::RoomId& room);
  void write_positions(WallTime now);
  void written(Followed& followed, const std::vector<FollowerPosition>& positions);

  UnitOfWork& work_;
  std::vector<std::unique_ptr<Followed>> all_;
  std::set<Retry> retries_;
  std::optional<WallTime> write_at_;  // set while something moved
};

}  // namespace costage::app
