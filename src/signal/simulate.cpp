#include "signal/simulate.hpp"

#include <algorithm>

#include "signal/departure.hpp"
#include "signal/limits.hpp"
#include "signal/speakers.hpp"

namespace costage::signal {
namespace {

constexpr float kSimulatedLevel = 0.9F;

void speak(Turn& t, Participant& self, int for_seconds) {
  self.silent_at = t.now + seconds{std::clamp(for_seconds, 0, kMaxSimulatedSpeech)};
  on_speakers_changed(t, {t.room.sid, {{self.sid, kSimulatedLevel, true}}});
}

// There are UDP candidates alone, so a change to UDP is a restart and any other is no use. No request of the answer's
// list is this one, so only its reason says so.
void switch_protocol(Turn& t, const Participant& self, livekit::CandidateProtocol protocol) {
  if (protocol == livekit::UDP) return t.tell_media(media::RestartIce{self.sid});
  livekit::SignalResponse answer;
  answer.mutable_request_response()->set_reason(livekit::RequestResponse::UNSUPPORTED_TYPE);
  answer.mutable_request_response()->set_message("this server has UDP candidates only");
  t.send(self.sid, std::move(answer));
}

void limit_bandwidth(Turn& t, const Participant& self, std::int64_t bits_per_second) {
  t.tell_media(media::LimitBandwidth{self.sid, static_cast<std::uint64_t>(std::max<std::int64_t>(bits_per_second, 0))});
}

}  // namespace

void on_simulate(Turn& t, Participant& self, const livekit::SimulateScenario& scenario) {
  using Scenario = livekit::SimulateScenario;
  switch (scenario.scenario_case()) {
    case Scenario::kSpeakerUpdate:
      return speak(t, self, scenario.speaker_update());
    case Scenario::kNodeFailure:
    case Scenario::kMigration:  // the session is gone without a word; the client's resume will find nothing
      return depart(t, self.sid, {livekit::MIGRATION, std::nullopt, LeftReason::timeout});
    case Scenario::kServerLeave:
      return depart(t, self.sid, {livekit::SERVER_SHUTDOWN, livekit::LeaveRequest::DISCONNECT, LeftReason::removed});
    case Scenario::kLeaveRequestFullReconnect:
      return require_full_reconnect(t, self.sid, livekit::UNKNOWN_REASON);
    case Scenario::kDisconnectSignalOnResume:
      self.drop_on_resume = {DropOnResume::When::after_messages, t.now + kDropsResumesFor, 1};
      return;
    case Scenario::kDisconnectSignalOnResumeNoMessages:
      self.drop_on_resume = {DropOnResume::When::before_messages, t.now + kDropsResumesFor, kDroppedResumes};
      return;
    case Scenario::kSwitchCandidateProtocol:
      return switch_protocol(t, self, scenario.switch_candidate_protocol());
    case Scenario::kSubscriberBandwidth:
      return limit_bandwidth(t, self, scenario.subscriber_bandwidth());
    default:
      return;
  }
}

bool drops_resume(Participant& self, Instant now, DropOnResume::When when) {
  DropOnResume& drop = self.drop_on_resume;
  if (drop.when != when || drop.left == 0 || now >= drop.until) return false;
  --drop.left;
  return true;
}

void end_simulated_speech(Turn& t) {
  for (auto& [sid, participant] : t.room.participants) {
    if (participant.silent_at > t.now) continue;
    participant.silent_at = kNever;
    on_speakers_changed(t, {t.room.sid, {{sid, 0, false}}});
  }
}

}  // namespace costage::signal
