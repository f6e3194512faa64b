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
  [[nodiscard]] http::Response handle(const http::Request& request) const;

 private:
  template <class Response>
  using Answer = twirp::Answer<Response>;
  using Check = bool (*)(const AccessToken& token, const std::string& room);

  template <class Req, class Res>
  void add(const std::string& name, Check allows, Answer<Res> (RoomService::*act)(const Req&) const);
  [[nodiscard]] Result<signal::Room*, twirp::Error> room(const std::string& name) const;
  // Carries out what a call left to do, and turns its refusal into Twirp's words.
  template <class Value>
  Answer<Value> done(signal::Room& room, Result<Value, signal::ApiRefusal> result) const;

  Answer<livekit::Room> create_room(const livekit::CreateRoomRequest& request) const;
  Answer<livekit::ListRoomsResponse> list_rooms(const livekit::ListRoomsRequest& request) const;
  Answer<livekit::DeleteRoomResponse> delete_room(const livekit::DeleteRoomRequest& request) const;
  Answer<livekit::ListParticipantsResponse> list_participants(const livekit::ListParticipantsRequest& request) const;
  Answer<livekit::ParticipantInfo> get_participant(const livekit::RoomParticipantIdentity& request) const;
  Answer<livekit::RemoveParticipantResponse> remove_participant(const livekit::RoomParticipantIdentity& request) const;
  Answer<livekit::MuteRoomTrackResponse> mute_published_track(const livekit::MuteRoomTrackRequest& request) const;
  Answer<livekit::ParticipantInfo> update_participant(const livekit::UpdateParticipantRequest& request) const;
  Answer<livekit::UpdateSubscriptionsResponse> update_subscriptions(
      const livekit::UpdateSubscriptionsRequest& request) const;
  Answer<livekit::SendDataResponse> send_data(const livekit::SendDataRequest& request) const;
  Answer<livekit::Room> update_room_metadata(const livekit::UpdateRoomMetadataRequest& request) const;

  // The answer to a request, after what it revoked is written.
  http::asio::awaitable<http::Response> serve(http::Request request);
  http::asio::awaitable<bool> recorded(const app::Revocation& revocation);

  Admission& admission_;
  RoomHub& hub_;
  app::RevocationLog* log_ = nullptr;
  mutable std::optional<app::Revocation> to_record_;  // between handle() and its answer
  std::map<std::string, twirp::Method> methods_;
};

}  // namespace costage::livekit_server
