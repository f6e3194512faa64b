#include "adapters/livekit_server/room_service.hpp"

#include <algorithm>
#include <array>

#include "adapters/http/awaited.hpp"
#include "adapters/livekit_server/connect_request.hpp"
#include "signal/limits.hpp"

namespace costage::livekit_server {
namespace {

using twirp::Error;

constexpr std::string_view kService = "livekit.RoomService";
// Methods of LiveKit's service that this server does not have.
constexpr std::array<std::string_view, 3> kUnimplemented{"ForwardParticipant", "MoveParticipant", "PerformRpc"};

bool may_create(const AccessToken& token, const std::string&) { return token.room_create; }
bool may_list(const AccessToken& token, const std::string&) { return token.room_list; }
bool may_administer(const AccessToken& token, const std::string& room) {
  return token.room_admin && token.room == room;
}

// The room a request is about; requests about no particular room have none.
template <class Req>
std::string room_of(const Req& request) {
  if constexpr (requires { request.room(); })
    return request.room();
  else
    return {};
}

Error refused(signal::ApiRefusal refusal) {
  switch (refusal) {
    case signal::ApiRefusal::participant_not_found:
      return {"not_found", "participant does not exist", {}};
    case signal::ApiRefusal::track_not_found:
      return {"not_found", "track is not found", {}};
    case signal::ApiRefusal::remote_unmute_not_enabled:
      return {"failed_precondition", "remote unmute not enabled", {}};
    case signal::ApiRefusal::too_large:
      return {"invalid_argument", "the request exceeds a size limit", {}};
  }
  return {"internal", "", {}};
}

// Lossless for any input: room timeouts are 32-bit seconds.
std::chrono::seconds seconds_or(std::uint32_t value, std::chrono::seconds otherwise) {
  return value == 0 ? otherwise : std::chrono::seconds{value};
}

}  // namespace

RoomService::RoomService(Admission& admission, RoomHub& hub) : admission_(admission), hub_(hub) {
  add("CreateRoom", may_create, &RoomService::create_room);
  add("ListRooms", may_list, &RoomService::list_rooms);
  add("DeleteRoom", may_create, &RoomService::delete_room);
  add("ListParticipants", may_administer, &RoomService::list_participants);
  add("GetParticipant", may_administer, &RoomService::get_participant);
  add("RemoveParticipant", may_administer, &RoomService::remove_participant);
  add("MutePublishedTrack", may_administer, &RoomService::mute_published_track);
  add("UpdateParticipant", may_administer, &RoomService::update_participant);
  add("UpdateSubscriptions", may_administer, &RoomService::update_subscriptions);
  add("SendData", may_administer, &RoomService::send_data);
  add("UpdateRoomMetadata", may_administer, &RoomService::update_room_metadata);
  for (const std::string_view name : kUnimplemented)
    methods_[std::string{name}] = [name](const http::Request&) {
      return twirp::error_response({"unimplemented", std::string{name} + " is not implemented", {}});
    };
}

template <class Req, class Res>
void RoomService::add(const std::string& name, Check allows, Answer<Res> (RoomService::*act)(const Req&) const) {
  methods_[name] =
      twirp::method<Req, Res>([this, allows, act](const http::Request& request, const Req& message) -> Answer<Res> {
        const auto token = admission_.read(std::string{request.access_token()}, hub_.now().wall);
        if (!token) return fail(Error{"unauthenticated", token.error().text, {}});
        if (!allows(*token, room_of(message))) return fail(Error{"unauthenticated", "permissions denied", {}});
        return (this->*act)(message);
      });
}

void RoomService::mount(http::Server& server) {
  server.route("POST", "/twirp/{service}/{method}",
               [this](http::Request request) { return serve(std::move(request)); });
}

http::asio::awaitable<http::Response> RoomService::serve(http::Request request) {
  http::Response response = handle(request);
  const auto revocation = std::exchange(to_record_, std::nullopt);
  if (revocation && log_ && !co_await recorded(*revocation))
    response = twirp::error_response({"unavailable", "the revocation could not be written", {}});
  co_return response;
}

http::asio::awaitable<bool> RoomService::recorded(const app::Revocation& revocation) {
  return http::awaited<bool>(
      [this, &revocation](std::function<void(bool)> done) { log_->record(revocation, std::move(done)); });
}

http::Response RoomService::handle(const http::Request& request) const {
  const auto method = methods_.find(request.params.at("method"));
  if (request.params.at("service") != kService || method == methods_.end())
    return twirp::error_response(twirp::bad_route(request, "no handler for path \"" + request.path + '"'));
  return method->second(request);
}

Result<signal::Room*, Error> RoomService::room(const std::string& name) const {
  if (signal::Room* found = hub_.find(name)) return found;
  return fail(Error{"not_found", "requested room does not exist", {}});
}

template <class Value>
RoomService::Answer<Value> RoomService::done(signal::Room& room, Result<Value, signal::ApiRefusal> result) const {
  hub_.carry_out(room);
  return std::move(result).map_error(refused);
}

RoomService::Answer<livekit::Room> RoomService::create_room(const livekit::CreateRoomRequest& request) const {
  if (request.name().empty() || request.name().size() > signal::kMaxName)
    return fail(Error{"invalid_argument", "the room name is empty or too long", {}});
  if (request.metadata().size() > signal::kMaxMetadata) return fail(refused(signal::ApiRefusal::too_large));
  signal::RoomOptions options;
  options.empty_timeout = seconds_or(request.empty_timeout(), signal::kEmptyTimeout);
  options.departure_timeout = seconds_or(request.departure_timeout(), signal::kDepartureTimeout);
  options.max_participants = request.max_participants();
  options.metadata = request.metadata();
  signal::Room* room = hub_.open(request.name(), std::move(options));
  if (!room) return fail(Error{"resource_exhausted", "too many rooms", {}});
  hub_.carry_out(*room);
  return room->info();
}

RoomService::Answer<livekit::ListRoomsResponse> RoomService::list_rooms(
    const livekit::ListRoomsRequest& request) const {
  livekit::ListRoomsResponse out;
  const auto& names = request.names();
  for (const signal::Room* room : hub_.rooms())
    if (names.empty() || std::find(names.begin(), names.end(), room->state().name) != names.end())
      *out.add_rooms() = room->info();
  return out;
}

RoomService::Answer<livekit::DeleteRoomResponse> RoomService::delete_room(
    const livekit::DeleteRoomRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  (*found)->close(hub_.now(), livekit::ROOM_DELETED, livekit::LeaveRequest::DISCONNECT);
  hub_.carry_out(**found);
  return livekit::DeleteRoomResponse{};
}

RoomService::Answer<livekit::ListParticipantsResponse> RoomService::list_participants(
    const livekit::ListParticipantsRequest& request) const {
  livekit::ListParticipantsResponse out;
  if (const auto found = room(request.room()))
    for (auto& participant : (*found)->list_participants()) *out.add_participants() = std::move(participant);
  return out;
}

RoomService::Answer<livekit::ParticipantInfo> RoomService::get_participant(
    const livekit::RoomParticipantIdentity& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  return done(**found, (*found)->get_participant(request.identity()));
}

RoomService::Answer<livekit::RemoveParticipantResponse> RoomService::remove_participant(
    const livekit::RoomParticipantIdentity& request) const {
  // Revocation comes first and does not need the participant: their token must not get them in later.
  if (request.revoke_token_ts() > 0 && !request.identity().empty()) {
    constexpr std::int64_t kFarthest = 100'000'000'000;  // seconds; keeps milliseconds within range
    const std::int64_t until = std::min(request.revoke_token_ts(), kFarthest);
    to_record_ =
        app::Revocation{domain::RoomId{request.room()}, app::Identity{request.identity()}, from_unix_ms(until * 1000)};
    admission_.revocations().revoke(request.room(), request.identity(), to_record_->until);
  }
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  const auto removed = done(**found, (*found)->remove_participant(hub_.now(), request.identity()));
  if (!removed) return fail(removed.error());
  return livekit::RemoveParticipantResponse{};
}

RoomService::Answer<livekit::MuteRoomTrackResponse> RoomService::mute_published_track(
    const livekit::MuteRoomTrackRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  auto track = done(**found, (*found)->mute_published_track(hub_.now(), request.identity(),
                                                            media::TrackSid{request.track_sid()}, request.muted()));
  if (!track) return fail(track.error());
  livekit::MuteRoomTrackResponse out;
  *out.mutable_track() = std::move(*track);
  return out;
}

RoomService::Answer<livekit::ParticipantInfo> RoomService::update_participant(
    const livekit::UpdateParticipantRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  return done(**found, (*found)->update_participant(hub_.now(), request));
}

RoomService::Answer<livekit::UpdateSubscriptionsResponse> RoomService::update_subscriptions(
    const livekit::UpdateSubscriptionsRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  const auto updated = done(**found, (*found)->update_subscriptions(hub_.now(), request));
  if (!updated) return fail(updated.error());
  return livekit::UpdateSubscriptionsResponse{};
}

RoomService::Answer<livekit::SendDataResponse> RoomService::send_data(const livekit::SendDataRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  const auto sent = done(**found, (*found)->send_data(hub_.now(), request));
  if (!sent) return fail(sent.error());
  return livekit::SendDataResponse{};
}

RoomService::Answer<livekit::Room> RoomService::update_room_metadata(
    const livekit::UpdateRoomMetadataRequest& request) const {
  const auto found = room(request.room());
  if (!found) return fail(found.error());
  const auto updated = done(**found, (*found)->update_metadata(hub_.now(), request.metadata()));
  if (!updated) return fail(updated.error());
  return (*found)->info();
}

}  // namespace costage::livekit_server
