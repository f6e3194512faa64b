#include "signal/room.hpp"

#include <algorithm>

#include "base/overloaded.hpp"
#include "signal/announce.hpp"
#include "signal/data.hpp"
#include "signal/data_blobs.hpp"
#include "signal/data_tracks.hpp"
#include "signal/departure.hpp"
#include "signal/dynacast.hpp"
#include "signal/forward.hpp"
#include "signal/join.hpp"
#include "signal/limits.hpp"
#include "signal/metadata.hpp"
#include "signal/negotiation.hpp"
#include "signal/request_cost.hpp"
#include "signal/resume.hpp"
#include "signal/rpc.hpp"
#include "signal/simulate.hpp"
#include "signal/speakers.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

void on_ping(Turn& t, const Participant& self) {
  livekit::SignalResponse message;
  message.set_pong(to_unix_ms(t.wall));
  t.send(self.sid, std::move(message));
}

void on_ping_request(Turn& t, const Participant& self, const livekit::Ping& ping) {
  livekit::SignalResponse message;
  message.mutable_pong_resp()->set_last_ping_timestamp(ping.timestamp());
  message.mutable_pong_resp()->set_timestamp(to_unix_ms(t.wall));
  t.send(self.sid, std::move(message));
}

void handle(Turn& t, Participant& self, const livekit::SignalRequest& request) {
  using Request = livekit::SignalRequest;
  switch (request.message_case()) {
    case Request::kOffer:
      return on_offer(t, self, request.offer());
    case Request::kAnswer:
      return on_answer(t, self, request.answer());
    case Request::kAddTrack:
      return on_add_track(t, self, request.add_track());
    case Request::kMute:
      return on_mute(t, self, request.mute());
    case Request::kSubscription:
      return on_update_subscription(t, self, request.subscription());
    case Request::kTrackSetting:
      return on_track_setting(t, self, request.track_setting());
    case Request::kLeave:
      return depart(t, self.sid, {livekit::CLIENT_INITIATED, std::nullopt, LeftReason::client});
    case Request::kSubscriptionPermission:
      return on_subscription_permission(t, self, request.subscription_permission());
    case Request::kSyncState:
      return on_sync_state(t, self, request.sync_state());
    case Request::kSimulate:
      return on_simulate(t, self, request.simulate());
    case Request::kPing:
      return on_ping(t, self);
    case Request::kPingReq:
      return on_ping_request(t, self, request.ping_req());
    case Request::kUpdateMetadata:
      return on_update_metadata(t, self, request.update_metadata());
    case Request::kUpdateAudioTrack:
      return on_update_audio_track(t, self, request.update_audio_track());
    case Request::kUpdateVideoTrack:
      return on_update_video_track(t, self, request.update_video_track());
    case Request::kPublishDataTrackRequest:
      return on_publish_data_track(t, self, request.publish_data_track_request());
    case Request::kUnpublishDataTrackRequest:
      return on_unpublish_data_track(t, self, request.unpublish_data_track_request());
    case Request::kUpdateDataSubscription:
      return on_update_data_subscription(t, self, request.update_data_subscription());
    case Request::kStoreDataBlobRequest:
      return on_store_data_blob(t, self, request.store_data_blob_request());
    case Request::kGetDataBlobRequest:
      return on_get_data_blob(t, self, request.get_data_blob_request());
    // We learn the client's addresses from its connectivity checks, so its candidates tell us nothing.
    case Request::kTrickle:
    default:
      return;
  }
}

// Calls handle(participant, event) if the participant the event is about is still here.
template <class Handle>
void for_peer(Turn& t, const PeerSid& sid, Handle handle) {
  if (Participant* participant = t.find(sid)) handle(*participant);
}

void finish_if_due(Turn& t) {
  if (t.room.finish_at > t.now || t.room.finished) return;
  end_all_forwarded(t, livekit::ROOM_CLOSED);
  t.room.finished = true;
  t.room.finish_at = kNever;
  webhook(t, "room_finished");
  t.effects.push_back(RoomFinished{});
}

void refresh_due_tokens(Turn& t) {
  for (auto& [sid, participant] : t.room.participants) {
    if (participant.refresh_token_at > t.now) continue;
    participant.refresh_token_at = t.now + kTokenRefresh;
    t.effects.push_back(SendToken{sid, participant.grants});
  }
}

}  // namespace

Room::Room(std::string name, RoomOptions options, Moment at, Rng& rng) : rng_(rng) {
  state_.sid = media::RoomSid{"RM_" + rng.text(12)};
  state_.name = std::move(name);
  state_.options = std::move(options);
  state_.created = at.wall;
  state_.finish_at = at.now + state_.options.empty_timeout;
  Turn t = turn(at);
  webhook(t, "room_started");
}

Result<PeerSid, JoinRefusal> Room::on_join(Moment at, Join request) {
  Turn t = turn(at);
  return join(t, std::move(request));
}

bool Room::on_resume(Moment at, const PeerSid& sid, const std::string& identity) {
  Turn t = turn(at);
  return resume(t, sid, identity);
}

void Room::on_message(Moment at, const PeerSid& from, const livekit::SignalRequest& request) {
  Turn t = turn(at);
  for_peer(t, from, [&](Participant& self) {
    if (admit(t, self, request)) return handle(t, self, request);
    require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH);
  });
}

void Room::on_signal_lost(Moment at, const PeerSid& sid) {
  Turn t = turn(at);
  for_peer(t, sid, [&](Participant& self) { signal::on_signal_lost(t, self); });
}

void Room::on_media_event(Moment at, const media::Event& event) {
  Turn t = turn(at);
  const auto about = [&t](const PeerSid& sid, auto act) { for_peer(t, sid, act); };
  std::visit(
      Overloaded{
          [&](const media::LocalDescription& e) { about(e.peer, [&](auto& p) { on_local_description(t, p, e); }); },
          [&](const media::SectionsNeeded& e) { about(e.peer, [&](auto& p) { on_sections_needed(t, p, e); }); },
          [&](const media::NegotiationFailed& e) { about(e.peer, [&](auto& p) { on_negotiation_failed(t, p, e); }); },
          [&](const media::TransportChanged& e) {
            about(e.peer, [&](auto& p) { on_transport_changed(t, p, e.transport, e.state); });
          },
          [&](const media::SilenceChanged& e) {
            about(e.peer, [&](auto& p) { on_silence_changed(t, p, e.transport, e.silent); });
          },
          [&](const media::TrackStarted& e) { about(e.peer, [&](auto& p) { on_track_started(t, p, e); }); },
          [&](const media::TrackEnded& e) { about(e.peer, [&](auto& p) { on_track_ended(t, p, e.track); }); },
          [&](const media::SourceLearned& e) { about(e.peer, [&](auto& p) { on_source_learned(p, e); }); },
          [&](const media::TrackFlowing& e) { about(e.peer, [&](auto& p) { on_track_flowing(t, p, e.track); }); },
          [&](const media::SubscriptionFlowing&) {},
          [&](const media::SubscriptionFailed& e) {
            about(e.subscriber, [&](auto& p) { on_subscription_failed(t, p, e); });
          },
          [&](const media::DataOpened& e) { about(e.peer, [&](auto& p) { on_data_opened(t, p); }); },
          [&](const media::DataReceived& e) { about(e.peer, [&](auto& p) { on_data(t, p, e.channel, e.bytes); }); },
          [&](const media::SpeakersChanged& e) { on_speakers_changed(t, e); },
          [&](const media::QualityMeasured& e) { about(e.peer, [&](auto& p) { on_quality_measured(t, p, e); }); },
          [&](const media::LayerDemand& e) { about(e.peer, [&](auto& p) { on_layer_demand(t, p, e); }); },
          [&](const media::SubscriptionPaused& e) {
            about(e.subscriber, [&](auto& p) { on_subscription_paused(t, p, e); });
          },
      },
      event);
}

void Room::on_media_refused(Moment at, const PeerSid& sid) {
  Turn t = turn(at);
  if (t.find(sid)) require_full_reconnect(t, sid, livekit::MEDIA_FAILURE);
}

void Room::on_time(Moment at) {
  Turn t = turn(at);
  remove_overdue(t);
  refresh_due_tokens(t);
  release_held_answers(t);
  end_simulated_speech(t);
  refuse_overdue_queued(t);
  end_overdue_calls(t);
  announce_overdue(t);
  if (state_.announce_at <= at.now) flush_announcements(t);
  if (state_.count_update_at <= at.now) announce_room(t);
  finish_if_due(t);
}

Instant Room::wake_at() const {
  Instant wake = std::min({state_.announce_at, state_.count_update_at, state_.finish_at, next_call_end(state_)});
  if (!state_.held_answers.empty()) wake = std::min(wake, state_.held_answers.front().due);
  for (const auto& [sid, p] : state_.participants) {
    wake = std::min({wake, p.gone_at, p.join_by, p.unseen_until, p.refresh_token_at, p.silent_at});
    if (!p.queued.empty()) wake = std::min(wake, p.queued.front().until);
  }
  return wake;
}

Effects Room::take_effects() { return std::exchange(effects_, {}); }

livekit::SignalResponse stale_session() {
  return leave_message(livekit::STATE_MISMATCH, livekit::LeaveRequest::RECONNECT);
}

}  // namespace costage::signal
