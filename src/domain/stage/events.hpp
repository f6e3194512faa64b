#pragma once

#include <optional>

#include "domain/stage/stage.hpp"

namespace costage::domain {

struct StageChange {
  Seat seat;                          // as it is now; for stage.left as it was last
  Stage stage;                        // after the change
  std::optional<LeaveReason> reason;  // stage.left only
  TrackSources sources{};             // stage.switchedOff, stage.switchOnAsked only: which
  bool operator==(const StageChange&) const = default;
};

}  // namespace costage::domain
