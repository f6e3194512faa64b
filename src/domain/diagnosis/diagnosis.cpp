#include "domain/diagnosis/diagnosis.hpp"

#include <algorithm>
#include <string>

#include "domain/decide.hpp"

namespace costage::domain {
namespace {

using C = FindingCode;

class Diagnosis {
 public:
  Diagnosis(const RoomState& state, const Patient& patient, Reader reader, WallTime now)
      : state_(state), patient_(patient), reader_(reader), now_(now), seat_(state.stage.find(patient.invite.invitee)) {}

  Findings make() {
    const bool is_host = patient_.invite.invitee == state_.room.host;
    if (!is_open(state_.room.status)) {
      add(C::room_ended, state_.room.ended_at);
    } else if (reader_ == Reader::host && !patient_.invite.invitee_name && !patient_.invite.invitee_is_guest) {
      add(C::user_unknown);
    } else {
      look_at_person(is_host);
      look_at_readiness();
    }
    look_at_drops();
    if (found_.empty()) add(C::all_good);
    std::ranges::stable_sort(found_, {}, &Finding::severity);
    return std::move(found_);
  }

 private:
  Finding* add(FindingCode code, std::optional<WallTime> at = {}) {
    const Words& said = words(code, reader_);
    if (said.detail.empty()) return nullptr;
    found_.push_back({code, said.severity, std::string{said.detail}, std::string{said.advice}, at});
    return &found_.back();
  }

  void look_at_person(bool is_host) {
    if (is_host)
      add(C::is_host);
    else
      look_at_room();
    if (seat_ != nullptr)
      look_at_seat();
    else if (!is_host)
      look_at_way_to_stage();
  }

  void look_at_room() {
    if (state_.room.status == RoomStatus::idle) add(C::room_not_live);
    if (state_.room.status == RoomStatus::waiting_reconnect) add(C::host_away, state_.room.reconnect_by);
  }

  void look_at_seat() {
    if (seat_->state == SeatState::preparing) add(C::seat_preparing, seat_->release_at);
    if (seat_->state == SeatState::reconnecting) add(C::seat_reconnecting, seat_->release_at);
  }

  void look_at_way_to_stage() {
    if (patient_.invite.invitee_is_guest) return void(add(C::is_guest));
    if (!patient_.invite.invitee_watching) add(C::not_watching);
    if (patient_.drops.timed_out) add(C::seat_timed_out, patient_.drops.timed_out);
    look_at_invitation();
    look_at_request();
    if (state_.stage.co_hosts() >= static_cast<std::size_t>(state_.room.policies.max_co_hosts)) add(C::stage_full);
    if (!has_place()) look_at_invitability();
  }

  void look_at_invitation() {
    if (!patient_.invitation) return void(add(C::not_invited));
    const Invitation& one = *patient_.invitation;
    switch (status_at(one, now_)) {
      case InvitationStatus::pending:
        return void(add(C::invitation_pending, one.expires_at));
      case InvitationStatus::rejected:
        return void(add(C::invitation_rejected, one.responded_at));
      case InvitationStatus::cancelled:
        return void(add(C::invitation_cancelled, one.responded_at));
      case InvitationStatus::expired:
        return void(add(C::invitation_expired, one.expires_at));
      case InvitationStatus::accepted:
        return look_at_admission(one);
    }
  }

  void look_at_admission(const Invitation& one) {
    if (!has_place()) return void(add(C::removed_from_stage));
    if (one.admission == Admission::unused) add(C::invitation_accepted, one.responded_at);
    if (one.admission == Admission::used && !patient_.drops.timed_out) add(C::invitation_used);
  }

  void look_at_request() {
    if (!patient_.request) return;
    const StageRequest& one = *patient_.request;
    const RequestStatus status = status_at(one, now_);
    if (status == RequestStatus::waiting) add(C::request_waiting, one.created_at);
    if (status == RequestStatus::declined) add(C::request_declined, one.responded_at);
    if (status == RequestStatus::expired) add(C::request_expired, one.expires_at);
  }

  // Accepted, and good for the stage: nobody has to invite them. The room forgets an accepted invitation when the host
  // ends the seat that came of it.
  [[nodiscard]] bool has_place() const {
    const Invitation* held = state_.invitations.newest_for(patient_.invite.invitee);
    return held != nullptr && opens_stage(*held);
  }

  void look_at_invitability() {
    const bool is_self = reader_ == Reader::self;
    if (patient_.blocked_by_reader) add(C::invitee_blocked);
    if (is_self ? !patient_.takes_invitations : is_unavailable()) add(C::invitee_unavailable);
    if (is_self) return;
    const auto refusal = why_not_invite(state_, patient_.invite, now_);
    if (!refusal || is_said(refusal->code)) return;
    Finding* finding = add(C::cannot_invite);
    finding->detail = refusal->sentence();
    if (refusal->retry_after.count() > 0) finding->at = now_ + refusal->retry_after;
  }

  // The host is not told whether they take no invitations at all, have blocked the host, or are blocked by somebody on
  // stage.
  [[nodiscard]] bool is_unavailable() const {
    return !patient_.invite.available || (patient_.invite.blocked && !patient_.blocked_by_reader);
  }

  // By a finding of its own.
  static bool is_said(Code code) {
    constexpr Code kSaid[] = {
        Code::invitee_not_watching, Code::invitee_blocked, Code::invitee_unavailable, Code::client_too_old,
        Code::camera_off,           Code::microphone_off,  Code::stage_full};
    return std::ranges::find(kSaid, code) != std::end(kSaid);
  }

  // What the page of somebody who does not watch once said is out of date.
  void look_at_readiness() {
    const Policies& policies = state_.room.policies;
    const Readiness& readiness = patient_.invite.readiness;
    if (!patient_.invite.invitee_watching || patient_.invite.invitee_is_guest) return;
    if (is_older(readiness.client_version, policies.min_client_version)) add(C::client_too_old);
    look_at_device(C::camera_off, readiness.camera);
    look_at_device(C::microphone_off, readiness.microphone);
    if (readiness.microphone == DeviceReadiness::silent) add(C::microphone_silent);
    if (readiness.connection == ConnectionGrade::poor) add(C::connection_poor);
  }

  // What must be and is not is a problem. Before somebody looks at their devices nothing is known of them.
  void look_at_device(FindingCode code, DeviceReadiness device) {
    const Policies& policies = state_.room.policies;
    const bool blocked = device == DeviceReadiness::blocked || device == DeviceReadiness::missing;
    const bool must = policies.invitees_must_be_ready ? !works(device) && seat_ == nullptr && !has_place()
                                                      : blocked && policies.co_host_devices == CoHostDevices::both;
    if (!must && !blocked) return;
    if (Finding* finding = add(code); must) finding->severity = Severity::problem;
  }

  void look_at_drops() {
    const Drops& drops = patient_.drops;
    if (drops.losses == 0) return;
    Finding* finding = add(drops.losses >= kManyDrops ? C::keeps_dropping : C::dropped_recently, drops.last);
    finding->detail += drops.losses == 1 ? ": once" : ": " + std::to_string(drops.losses) + " times";
    finding->detail += " in the last " + std::to_string(kDropWindow.count()) + " minutes.";
    if (!drops.last_return) return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*drops.last_return).count();
    finding->detail += " The last return took " + std::to_string(seconds) + " s.";
  }

  const RoomState& state_;
  const Patient& patient_;
  const Reader reader_;
  const WallTime now_;
  const Seat* seat_;
  Findings found_;
};

}  // namespace

Findings diagnose(const RoomState& state, const Patient& patient, Reader reader, WallTime now) {
  return Diagnosis{state, patient, reader, now}.make();
}

}  // namespace costage::domain
