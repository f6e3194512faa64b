#include "signal/simulate.hpp"

#include "signal/departure.hpp"
#include "signal/speakers.hpp"

namespace costage::signal {

void on_simulate(Turn& t, Participant& self, const livekit::SimulateScenario& scenario) {
  using Scenario = livekit::SimulateScenario;
  switch (scenario.scenario_case()) {
    case Scenario::kSpeakerUpdate:
      on_speakers_changed(t, {t.room.sid, {{self.sid, 0.9F, true}}});
      break;
    case Scenario::kNodeFailure:
    case Scenario::kMigration:  // the session is gone without a word; the client's resume will find nothing
      depart(t, self.sid, {livekit::MIGRATION, std::nullopt, LeftReason::timeout});
      break;
    case Scenario::kServerLeave:
      depart(t, self.sid, {livekit::SERVER_SHUTDOWN, livekit::LeaveRequest::DISCONNECT, LeftReason::removed});
      break;
    case Scenario::kLeaveRequestFullReconnect:
      require_full_reconnect(t, self.sid, livekit::UNKNOWN_REASON);
      break;
    case Scenario::kDisconnectSignalOnResume:
    case Scenario::kDisconnectSignalOnResumeNoMessages:
      self.drop_signal_on_resume = true;
      break;
    default:
      break;
  }
}

}  // namespace costage::signal
