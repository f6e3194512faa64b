// A decision in the making: events so far, and the room as they leave it. Private to the aggregates' decide*.cpp.
#pragma once

#include <optional>
#include <utility>

#include "base/check.hpp"
#include "domain/room_state.hpp"

namespace costage::domain {

class Decision {
 public:
  Decision(const RoomState& state, WallTime now, std::optional<UserId> actor = {})
      : state_(state), now_(now), actor_(std::move(actor)) {}

  [[nodiscard]] const RoomState& state() const { return state_; }
  [[nodiscard]] WallTime now() const { return now_; }

  void emit(EventType type, EventData data) {
    COSTAGE_CHECK(data.index() == static_cast<std::size_t>(info(type).aggregate), "an event carries what it changes");
    events_.push_back({state_.seq + 1, type, now_, actor_, std::move(data)});
    state_ = apply(std::move(state_), events_.back());
  }

  Events take() { return std::move(events_); }

 private:
  RoomState state_;
  WallTime now_;
  std::optional<UserId> actor_;
  Events events_;
};

}  // namespace costage::domain
