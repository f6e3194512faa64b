// One LiveKit room, without I/O: messages, media events, server API calls and time go in; effects come out.
//
//     room.on_message(at, from, request);      // one input
//     for (effect : room.take_effects()) ...   // then carry out everything, in order
//
// Used by one loop only. Rules live in the files named after them; this one only hands inputs to them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "signal/effects.hpp"
#include "signal/state.hpp"

namespace livekit {
class PerformRpcRequest;
class SendDataRequest;
class UpdateParticipantRequest;
class UpdateSubscriptionsRequest;
}  // namespace livekit

namespace costage::signal {

struct Join {
  Grants grants;
  livekit::ClientInfo client;
  bool auto_subscribe = true;
  bool allow_pause = false;  // subscriber_allow_pause
  media::Connections connections = media::Connections::pair;
  bool auto_subscribe_data_tracks = true;
};

enum class JoinRefusal { room_full, room_finished, identity_invalid, too_large };
enum class ApiRefusal {
  participant_not_found,
  track_not_found,
  remote_unmute_not_enabled,
  too_large,
  not_connected,
  client_too_old,
  room_full,
  forwarded,
  hidden,
  identity_taken,
  too_many_forwards,
  other_media_loop,
};

class Room {
 public:
  Room(std::string name, RoomOptions options, Moment at, Rng& rng);

  // Somebody with these grants opened a connection. Another session of the same identity is replaced.
  Result<PeerSid, JoinRefusal> on_join(Moment at, Join join);
  // A client came back on a new WebSocket. False: unknown here, the client has to start over (see stale_session()).
  // Sends to `sid` go to the new WebSocket from now on, so the caller swaps it before it carries out the effects.
  [[nodiscard]] bool on_resume(Moment at, const PeerSid& sid, const std::string& identity);
  void on_message(Moment at, const PeerSid& from, const livekit::SignalRequest& request);
  // The WebSocket ended without a leave request.
  void on_signal_lost(Moment at, const PeerSid& sid);
  void on_media_event(Moment at, const media::Event& event);
  // Media did not take a command about this peer, so the two no longer agree: it has to start over.
  void on_media_refused(Moment at, const PeerSid& peer);
  void on_time(Moment at);

  // ---- server API ----
  [[nodiscard]] livekit::Room info() const;
  [[nodiscard]] std::vector<livekit::ParticipantInfo> list_participants() const;
  [[nodiscard]] Result<livekit::ParticipantInfo, ApiRefusal> get_participant(const std::string& identity) const;
  [[nodiscard]] const Participant* find(const std::string& identity) const;
  Result<livekit::ParticipantInfo, ApiRefusal> update_participant(Moment at,
                                                                  const livekit::UpdateParticipantRequest& request);
  // A seat's holder who is here already: may publish from now on, and their next tokens carry the lease.
  // Nobody hears of it when it changes nothing.
  void promote(Moment at, const std::string& identity, const std::string& metadata, const std::string& lease_id);
  Result<void, ApiRefusal> remove_participant(Moment at, const std::string& identity);
  Result<livekit::TrackInfo, ApiRefusal> mute_published_track(Moment at, const std::string& identity,
                                                              const TrackSid& track, bool muted);
  Result<void, ApiRefusal> update_subscriptions(Moment at, const livekit::UpdateSubscriptionsRequest& request);
  Result<void, ApiRefusal> send_data(Moment at, const livekit::SendDataRequest& request);
  // A call that RpcDone of the same id ends.
  Result<std::string, livekit::RpcError> perform_rpc(Moment at, const livekit::PerformRpcRequest& request);
  // On the same connection and media transports: the caller routes what comes of `sid` to `destination` from then on,
  // and carries out the effects of this room first.
  Result<PeerSid, ApiRefusal> move_participant(Moment at, const std::string& identity, Room& destination);
  // Shows it in `destination` as well, or goes on to. True: it was not shown there before.
  Result<bool, ApiRefusal> forward_participant(Moment at, const std::string& identity, Room& destination);
  Result<void, ApiRefusal> update_metadata(Moment at, const std::string& metadata);
  // Sends everybody away and finishes the room.
  void close(Moment at, livekit::DisconnectReason reason, livekit::LeaveRequest::Action action);

  // ---- participants who are shown in other rooms ----
  // After each turn: the rooms that may have to be brought up to date, and doing so. `destination`: nullptr when that
  // room has ended. Gives how many are no longer shown there.
  [[nodiscard]] std::set<media::RoomSid> forwarded_to() const;
  std::size_t update_forwarded(Moment at, const media::RoomSid& to, Room* destination);
  void on_forwarded_data(Moment at, const DataForwarded& data);

  [[nodiscard]] Effects take_effects();
  [[nodiscard]] bool has_effects() const { return !effects_.empty(); }
  [[nodiscard]] Instant wake_at() const;
  [[nodiscard]] const RoomState& state() const { return state_; }

 private:
  Turn turn(Moment at) { return {state_, at.now, at.wall, rng_, effects_}; }

  RoomState state_;
  Rng& rng_;
  Effects effects_;
};

// The first and only message to a client that wants to resume a session which is not here: it joins anew.
livekit::SignalResponse stale_session();

}  // namespace costage::signal
