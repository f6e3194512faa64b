// The server API's part of Room: what an application's backend asks of a room (livekit.RoomService).
#include <livekit/room.pb.h>

#include "signal/announce.hpp"
#include "signal/data.hpp"
#include "signal/departure.hpp"
#include "signal/forward.hpp"
#include "signal/limits.hpp"
#include "signal/metadata.hpp"
#include "signal/move.hpp"
#include "signal/permissions.hpp"
#include "signal/room.hpp"
#include "signal/rpc.hpp"
#include "signal/subscriptions.hpp"
#include "signal/tracks.hpp"

namespace costage::signal {
namespace {

// Who is shown here from another room has to be asked there.
std::optional<ApiRefusal> refusal(const Participant* participant) {
  if (!participant) return ApiRefusal::participant_not_found;
  if (participant->forwarded()) return ApiRefusal::forwarded;
  return std::nullopt;
}

}  // namespace

livekit::Room Room::info() const { return describe(state_); }

std::vector<livekit::ParticipantInfo> Room::list_participants() const {
  std::vector<livekit::ParticipantInfo> list;
  for (const auto& [sid, participant] : state_.participants) list.push_back(describe(participant));
  return list;
}

Result<livekit::ParticipantInfo, ApiRefusal> Room::get_participant(const std::string& identity) const {
  const auto it = state_.by_identity.find(identity);
  if (it == state_.by_identity.end()) return fail(ApiRefusal::participant_not_found);
  return describe(state_.participants.at(it->second));
}

const Participant* Room::find(const std::string& identity) const {
  const auto it = state_.by_identity.find(identity);
  return it == state_.by_identity.end() ? nullptr : &state_.participants.at(it->second);
}

Result<livekit::ParticipantInfo, ApiRefusal> Room::update_participant(
    Moment at, const livekit::UpdateParticipantRequest& request) {
  Turn t = turn(at);
  Participant* participant = t.find_identity(request.identity());
  if (const auto refused = refusal(participant)) return fail(*refused);
  const MetadataChange change{
      request.name(), request.metadata(), {request.attributes().begin(), request.attributes().end()}};
  if (!change_metadata(*participant, change)) return fail(ApiRefusal::too_large);
  if (request.has_permission()) {
    set_permission(t, *participant, request.permission());
  } else {
    announce_now(t, *participant);
    effects_.push_back(SendToken{participant->sid, participant->grants});
  }
  return describe(*participant);
}

void Room::promote(Moment at, const std::string& identity, const std::string& metadata, const std::string& lease_id) {
  Turn t = turn(at);
  Participant* participant = t.find_identity(identity);
  if (!participant || participant->forwarded()) return;
  Grants& grants = participant->grants;
  livekit::ParticipantPermission permission = grants.permission;
  if (permission.can_publish() && grants.metadata == metadata && grants.lease_id == lease_id) return;
  grants.metadata = metadata;
  grants.lease_id = lease_id;
  permission.set_can_publish(true);
  set_permission(t, *participant, permission);
}

Result<void, ApiRefusal> Room::remove_participant(Moment at, const std::string& identity) {
  Turn t = turn(at);
  const Participant* participant = t.find_identity(identity);
  if (!participant) return fail(ApiRefusal::participant_not_found);
  depart(t, participant->sid, {livekit::PARTICIPANT_REMOVED, livekit::LeaveRequest::DISCONNECT, LeftReason::removed});
  return {};
}

Result<livekit::TrackInfo, ApiRefusal> Room::mute_published_track(Moment at, const std::string& identity,
                                                                  const TrackSid& sid, bool muted) {
  Turn t = turn(at);
  Participant* participant = t.find_identity(identity);
  if (const auto refused = refusal(participant)) return fail(*refused);
  if (!muted && !state_.options.remote_unmute) return fail(ApiRefusal::remote_unmute_not_enabled);
  const auto it = participant->tracks.find(sid);
  if (it == participant->tracks.end()) return fail(ApiRefusal::track_not_found);
  Track& track = it->second;
  if (set_muted(t, *participant, track, muted)) {
    livekit::SignalResponse message;
    message.mutable_mute()->set_sid(sid.value());
    message.mutable_mute()->set_muted(muted);
    t.send(participant->sid, std::move(message));
  }
  return track.info;
}

Result<void, ApiRefusal> Room::update_subscriptions(Moment at, const livekit::UpdateSubscriptionsRequest& request) {
  Turn t = turn(at);
  Participant* participant = t.find_identity(request.identity());
  if (const auto refused = refusal(participant)) return fail(*refused);
  for (const std::string& sid : request.track_sids()) set_wanted(t, *participant, TrackSid{sid}, request.subscribe());
  for (const auto& tracks : request.participant_tracks())
    for (const std::string& sid : tracks.track_sids()) set_wanted(t, *participant, TrackSid{sid}, request.subscribe());
  return {};
}

Result<void, ApiRefusal> Room::send_data(Moment at, const livekit::SendDataRequest& request) {
  if (request.data().size() > kMaxDataPacket - kMaxName * 4) return fail(ApiRefusal::too_large);
  Turn t = turn(at);
  signal::send_data(t, request);
  return {};
}

Result<std::string, livekit::RpcError> Room::perform_rpc(Moment at, const livekit::PerformRpcRequest& request) {
  Turn t = turn(at);
  const Participant* participant = t.find_identity(request.destination_identity());
  return participant ? call(t, *participant, request) : fail(rpc_error(RpcCode::recipient_not_found));
}

Result<PeerSid, ApiRefusal> Room::move_participant(Moment at, const std::string& identity, Room& destination) {
  Turn from = turn(at);
  Turn to = destination.turn(at);
  return move(from, to, identity);
}

Result<bool, ApiRefusal> Room::forward_participant(Moment at, const std::string& identity, Room& destination) {
  Turn from = turn(at);
  Turn to = destination.turn(at);
  return forward(from, to, identity);
}

std::set<media::RoomSid> Room::forwarded_to() const {
  std::set<media::RoomSid> rooms;
  for (const auto& [sid, shown_in] : state_.forwards) rooms.insert(shown_in.begin(), shown_in.end());
  return rooms;
}

std::size_t Room::update_forwarded(Moment at, const media::RoomSid& to, Room* destination) {
  if (!destination) return forget_forwards(state_, to);
  Turn shown_in = destination->turn(at);
  return signal::update_forwarded(state_, shown_in);
}

void Room::on_forwarded_data(Moment at, const DataForwarded& data) {
  Turn t = turn(at);
  signal::on_forwarded_data(t, data);
}

Result<void, ApiRefusal> Room::update_metadata(Moment at, const std::string& metadata) {
  if (metadata.size() > kMaxMetadata) return fail(ApiRefusal::too_large);
  Turn t = turn(at);
  state_.options.metadata = metadata;
  announce_room(t);
  return {};
}

void Room::close(Moment at, livekit::DisconnectReason reason, livekit::LeaveRequest::Action action) {
  if (state_.finished) return;
  Turn t = turn(at);
  // Nobody needs to hear that the others leave too: first the farewell to all, then the clean-up.
  t.send(everybody(state_), leave_message(reason, action));
  for (const PeerSid& sid : everybody(state_)) t.effects.push_back(CloseConnection{sid});
  for (const PeerSid& sid : everybody(state_)) depart(t, sid, {reason, std::nullopt, LeftReason::room_closed});
  end_all_forwarded(t, reason);
  state_.finished = true;
  state_.finish_at = kNever;
  webhook(t, "room_finished");
  effects_.push_back(RoomFinished{});
}

}  // namespace costage::signal
