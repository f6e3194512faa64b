// livekit.RoomService: LiveKit's server API, as its server SDKs call it.
#pragma once

#include <livekit/room.pb.h>

#include <map>
#include <string>

#include "adapters/livekit_server/admission.hpp"
#include "adapters/livekit_server/room_hub.hpp"
#include "adapters/livekit_server/twirp.hpp"

namespace costage::livekit_server {

class RoomService {
 public:
  RoomService(Admission& admission, RoomHub& hub);

  // Where revocations are kept; without one they end with the program.
  void set_revocation_log(app::RevocationLog* log) { log_ = log; }
  void mount(http::Server& server);
  void handle(const http::Request& request, const twirp::Reply& reply);

 private:
  template <class Response>
  using Answer = twirp::Answer<Response>;
  template <class Response>
  using Reply = twirp::AnswerReply<Response>;
  template <class Req>
  using Check = bool (*)(const AccessToken& token, const Req& request);

  template <class Req, class Res>
  void add(const std::string& name, Check<Req> allows, Answer<Res> (RoomService::*act)(const Req&) const);
  template <class Req, class Res>
  void add(const std::string& name, Check<Req> allows, void (RoomService::*act)(const Req&, Reply<Res>));
  template <class Req, class Res, class Act>
  void add_checked(const std::string& name, Check<Req> allows, Act act);
  [[nodiscard]] Result<signal::Room*, twirp::Error> room(const std::string& name) const;
  // Carries out what a call left to do, and turns its refusal into Twirp's words.
  template <class Value>
  Answer<Value> done(signal::Room& room, Result<Value, signal::ApiRefusal> result) const;

  Answer<livekit::Room> create_room(const livekit::CreateRoomRequest& request) const;
  Answer<livekit::ListRoomsResponse> list_rooms(const livekit::ListRoomsRequest& request) const;
  Answer<livekit::DeleteRoomResponse> delete_room(const livekit::DeleteRoomRequest& request) const;
  Answer<livekit::ListParticipantsResponse> list_participants(const livekit::ListParticipantsRequest& request) const;
  Answer<livekit::ParticipantInfo> get_participant(const livekit::RoomParticipantIdentity& request) const;
  // Answered after what it revoked is written.
  void remove_participant(const livekit::RoomParticipantIdentity& request,
                          Reply<livekit::RemoveParticipantResponse> reply);
  Answer<livekit::RemoveParticipantResponse> removed(const livekit::RoomParticipantIdentity& request) const;
  Answer<livekit::MuteRoomTrackResponse> mute_published_track(const livekit::MuteRoomTrackRequest& request) const;
  Answer<livekit::ParticipantInfo> update_participant(const livekit::UpdateParticipantRequest& request) const;
  Answer<livekit::UpdateSubscriptionsResponse> update_subscriptions(
      const livekit::UpdateSubscriptionsRequest& request) const;
  Answer<livekit::SendDataResponse> send_data(const livekit::SendDataRequest& request) const;
  Answer<livekit::Room> update_room_metadata(const livekit::UpdateRoomMetadataRequest& request) const;

  // Answered when the gate has said whether they may publish there.
  void move_participant(const livekit::MoveParticipantRequest& request, Reply<livekit::MoveParticipantResponse> reply);
  Answer<livekit::MoveParticipantResponse> moved(const livekit::MoveParticipantRequest& request) const;
  Answer<livekit::ForwardParticipantResponse> forward_participant(
      const livekit::ForwardParticipantRequest& request) const;
  // Answered when the participant has.
  void perform_rpc(const livekit::PerformRpcRequest& request, Reply<livekit::PerformRpcResponse> reply);
  void on_rpc_done(const signal::RpcDone& done);

  Admission& admission_;
  RoomHub& hub_;
  app::RevocationLog* log_ = nullptr;
  std::map<std::string, Reply<livekit::PerformRpcResponse>> calls_;  // by id, until RpcDone
  std::map<std::string, twirp::Method> methods_;
};

}  // namespace costage::livekit_server
