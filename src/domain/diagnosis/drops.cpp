#include "domain/diagnosis/drops.hpp"

namespace costage::domain {
namespace {

class Counter {
 public:
  void see(const Seat& seat, WallTime at) {
    drops_.timed_out.reset();
    if (seat.state == SeatState::reconnecting) lose(at);
    if (seat.state == SeatState::on_air) come_back(at);
  }

  // The media of who leaves is gone an instant before they are: that is no loss.
  void leave(std::optional<LeaveReason> reason, WallTime at) {
    const bool by_time = reason == LeaveReason::timeout;
    if (by_time) drops_.timed_out = at;
    if (lost_ && !by_time) drops_ = before_;
    lost_.reset();
  }

  [[nodiscard]] const Drops& drops() const { return drops_; }

 private:
  // An interruption that becomes a departure is one loss.
  void lose(WallTime at) {
    if (lost_) return;
    before_ = drops_;
    lost_ = at;
    ++drops_.losses;
    drops_.last = at;
  }
  void come_back(WallTime at) {
    if (lost_) drops_.last_return = std::chrono::duration_cast<std::chrono::milliseconds>(at - *lost_);
    lost_.reset();
  }

  Drops drops_;
  Drops before_;  // the newest loss
  std::optional<WallTime> lost_;
};

}  // namespace

Drops count_drops(const Events& events, const UserId& user, WallTime since) {
  Counter counter;
  for (const Event& event : events) {
    const auto* change = std::get_if<StageChange>(&event.data);
    if (change == nullptr || change->seat.user != user || event.at < since) continue;
    if (event.type == EventType::stage_left)
      counter.leave(change->reason, event.at);
    else
      counter.see(change->seat, event.at);
  }
  return counter.drops();
}

}  // namespace costage::domain
