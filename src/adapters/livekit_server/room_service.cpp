#include "adapters/livekit_server/room_service.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/http/awaited.hpp"
#include "adapters/livekit_server/connect_request.hpp"
#include "signal/limits.hpp"
#include "signal/rpc.hpp"

namespace costage::livekit_server {
namespace {

using twirp::Error;

constexpr std::string_view kService = "livekit.RoomService";
constexpr std::size_t kNonceSize = 16;  // a UUID

template <class Req>
bool may_create(const AccessToken& token, const Req&) {
  return token.room_create;
}
bool may_list(const AccessToken& token, const livekit::ListRoomsRequest&) { return token.room_list; }
template <class Req>
bool may_administer(const AccessToken& token, const Req& request) {
  return token.room_admin && token.room == request.room();
}
template <class Req>
bool may_take_elsewhere(const AccessToken& token, const Req& request) {
  return may_administer(token, request) && token.destination_room == request.destination_room();
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
    case signal::ApiRefusal::not_connected:
      return {"failed_precondition", "the participant is not connected at the moment", {}};
    case signal::ApiRefusal::client_too_old:
      return {"failed_precondition", "the participant's client is too old: it needs protocol 16", {}};
    case signal::ApiRefusal::room_full:
      return {"resource_exhausted", "the destination room is full", {}};
    case signal::ApiRefusal::forwarded:
      return {"failed_precondition", "the participant is forwarded from another room: ask for it in that room", {}};
    case signal::ApiRefusal::hidden:
      return {"failed_precondition", "a hidden participant cannot be forwarded", {}};
    case signal::ApiRefusal::identity_taken:
      return {"already_exists", "somebody of that identity is in the destination room", {}};
    case signal::ApiRefusal::too_many_forwards:
      return {"resource_exhausted", "the participant is forwarded to too many rooms", {}};
    case signal::ApiRefusal::other_media_loop:
      return {"failed_precondition", "the rooms live on different media loops: nothing is forwarded between them", {}};
  }
  return {"internal", "", {}};
}

// Codes and words as LiveKit's server answers.
Error failed_call(const livekit::RpcError& error) {
  using signal::RpcCode;
  std::string text = "RpcError " + std::to_string(error.code()) + ": " + error.message();
  if (!error.data().empty()) text += ": " + error.data();
  const auto as = [&](const char* code) { return Error{code, text, {}}; };
  switch (RpcCode{error.code()}) {
    case RpcCode::connection_timeout:
    case RpcCode::response_timeout:
      return as("canceled");
    case RpcCode::recipient_disconnected:
      return as("unavailable");
    case RpcCode::request_payload_too_large:
    case RpcCode::unsupported_method:
      return as("invalid_argument");
    case RpcCode::recipient_not_found:
      return as("not_found");
    case RpcCode::unsupported_server:
    case RpcCode::unsupported_version:
      return as("unimplemented");
    default:
      return as("internal");
  }
}

// That field is none of the messages' here (protocol/emit_proto.mjs). To leave it out would be to promise a recording.
bool asks_for_egress(const http::Request& request) {
  constexpr int kEgress = 6;
  livekit::CreateRoomRequest message;
  boost::system::error_code not_json;
  const auto json = boost::json::parse(request.body, not_json);
  if (!not_json && json.is_object()) {
    const auto* egress = json.get_object().if_contains("egress");
    return egress && !egress->is_null();
  }
  if (!message.ParseFromString(request.body)) return false;
  const auto& unknown = livekit::CreateRoomRequest::GetReflection()->GetUnknownFields(message);
  for (int i = 0; i < unknown.field_count(); ++i)
    if (unknown.field(i).number() == kEgress) return true;
  return false;
}

// Fields that change nothing here: the room works, without them.
std::vector<std::string> ignored_in(const livekit::CreateRoomRequest& request) {
  std::vector<std::string> out;
  const auto note = [&](bool asked, const char* name) {
    if (asked) out.emplace_back(name);
  };
  note(!request.tags().empty(), "tags");
  note(!request.agents().empty(), "agents");
  note(!request.node_id().empty(), "nodeId");
  note(request.replay_enabled(), "replayEnabled");
  note(request.sync_streams(), "syncStreams");
  note(request.min_playout_delay() > 0, "minPlayoutDelay");
  note(request.max_playout_delay() > 0, "maxPlayoutDelay");
  return out;
}

template <class Req>
std::optional<Error> bad_destination(const Req& request) {
  const std::string& to = request.destination_room();
  if (to == request.room()) return Error{"invalid_argument", "destination room cannot be the same as source room", {}};
  if (to.empty() || to.size() > signal::kMaxName)
    return Error{"invalid_argument", "the destination room's name is empty or too long", {}};
  return std::nullopt;
}

// Lossless for any input: room timeouts are 32-bit seconds.
std::chrono::seconds seconds_or(std::uint32_t value, std::chrono::seconds otherwise) {
  return value == 0 ? otherwise : std::chrono::seconds{value};
}

}  // namespace

RoomService::RoomService(Admission& admission, RoomHub& hub) : admission_(admission), hub_(hub) {
  add_checked<livekit::CreateRoomRequest, livekit::Room>(
      "CreateRoom", may_create,
      [this](const http::Request& request, const livekit::CreateRoomRequest& message,
             const Reply<livekit::Room>& reply) {
        if (asks_for_egress(request)) return reply(fail(Error{"invalid_argument", "egress is not available", {}}));
        reply(create_room(message));
      });
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
  add("MoveParticipant", may_take_elsewhere, &RoomService::move_participant);
  add("PerformRpc", may_administer, &RoomService::perform_rpc);
  add("ForwardParticipant", may_take_elsewhere, &RoomService::forward_participant);
  hub_.on_rpc_done([this](const signal::RpcDone& done) { on_rpc_done(done); });
}

template <class Req, class Res, class Act>
void RoomService::add_checked(const std::string& name, Check<Req> allows, Act act) {
  methods_[name] = twirp::method<Req, Res>(
      [this, allows, act](const http::Request& request, const Req& message, const Reply<Res>& reply) {
        const auto token = admission_.read(std::string{request.access_token()}, hub_.now().wall);
        if (!token) return reply(fail(Error{"unauthenticated", token.error().text, {}}));
        if (!allows(*token, message)) return reply(fail(Error{"unauthenticated", "permissions denied", {}}));
        act(request, message, reply);
      });
}

template <class Req, class Res>
void RoomService::add(const std::string& name, Check<Req> allows, Answer<Res> (RoomService::*act)(const Req&) const) {
  add_checked<Req, Res>(name, allows, [this, act](const http::Request&, const Req& message, const Reply<Res>& reply) {
    reply((this->*act)(message));
  });
}

template <class Req, class Res>
void RoomService::add(const std::string& name, Check<Req> allows, void (RoomService::*act)(const Req&, Reply<Res>)) {
  add_checked<Req, Res>(name, allows, [this, act](const http::Request&, const Req& message, const Reply<Res>& reply) {
    (this->*act)(message, reply);
  });
}

void RoomService::mount(http::Server& server) {
  server.route("POST", "/twirp/{service}/{method}", [this](http::Request request) {
    return http::awaited<http::Response>(
        [this, request = std::move(request)](const twirp::Reply& reply) { handle(request, reply); });
  });
}

void RoomService::handle(const http::Request& request, const twirp::Reply& reply) {
  const auto method = methods_.find(request.params.at("method"));
  if (request.params.at("service") != kService || method == methods_.end())
    return reply(twirp::error_response(twirp::bad_route(request, "no handler for path \"" + request.path + '"')));
  method->second(request, reply);
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
  if (!request.room_preset().empty() && !hub_.find(request.name()))
    return fail(Error{"invalid_argument", "unknown room configuration in create room request", {}});
  signal::RoomOptions options;
  options.ignored = ignored_in(request);
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

void RoomService::remove_participant(const livekit::RoomParticipantIdentity& request,
                                     Reply<livekit::RemoveParticipantResponse> reply) {
  if (request.revoke_token_ts() <= 0 || request.identity().empty()) return reply(removed(request));
  // Revocation comes first and does not need the participant: their token must not get them in later.
  constexpr std::int64_t kFarthest = 100'000'000'000;  // seconds; keeps milliseconds within range
  const WallTime until = from_unix_ms(std::min(request.revoke_token_ts(), kFarthest) * 1000);
  admission_.revocations().revoke(request.room(), request.identity(), until);
  auto answer = removed(request);
  if (!log_) return reply(std::move(answer));
  log_->record({domain::RoomId{request.room()}, app::Identity{request.identity()}, until},
               [reply = std::move(reply), answer = std::move(answer)](bool written) {
                 if (written) return reply(answer);
                 reply(fail(Error{"unavailable", "the revocation could not be written", {}}));
               });
}

RoomService::Answer<livekit::RemoveParticipantResponse> RoomService::removed(
    const livekit::RoomParticipantIdentity& request) const {
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
  if (const auto size = request.nonce().size(); size != 0 && size != kNonceSize)
    return fail(Error{
        "invalid_argument", "nonce should be 16-bytes or not present, got: " + std::to_string(size) + " bytes", {}});
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

void RoomService::move_participant(const livekit::MoveParticipantRequest& request,
                                   Reply<livekit::MoveParticipantResponse> reply) {
  const std::string& to = request.destination_room();
  if (const auto bad = bad_destination(request)) return reply(fail(*bad));
  const auto from = room(request.room());
  if (!from) return reply(fail(from.error()));
  const auto* participant = (*from)->find(request.identity());
  if (!participant) return reply(fail(refused(signal::ApiRefusal::participant_not_found)));
  signal::Grants grants = participant->grants;
  grants.lease_id.clear();
  admission_.may_stay(to, grants, [this, request, reply = std::move(reply)](bool may) {
    if (may) return reply(moved(request));
    reply(fail(Error{"failed_precondition", "only who has a seat on stage publishes in the destination room", {}}));
  });
}

RoomService::Answer<livekit::MoveParticipantResponse> RoomService::moved(
    const livekit::MoveParticipantRequest& request) const {
  const auto from = room(request.room());
  if (!from) return fail(from.error());
  signal::Room* to = hub_.open(request.destination_room(), {});
  if (!to) return fail(Error{"resource_exhausted", "too many rooms", {}});
  const auto moved = hub_.move(**from, request.identity(), *to);
  hub_.carry_out(*to);  // it may be new, whoever comes
  if (!moved) return fail(refused(moved.error()));
  return livekit::MoveParticipantResponse{};
}

// Whether it may publish is asked of its own room alone: there its lease is watched, and what it loses there is lost in
// every room that shows it. A seat of the destination is neither needed nor taken.
RoomService::Answer<livekit::ForwardParticipantResponse> RoomService::forward_participant(
    const livekit::ForwardParticipantRequest& request) const {
  if (const auto bad = bad_destination(request)) return fail(*bad);
  const auto from = room(request.room());
  if (!from) return fail(from.error());
  if (!(*from)->find(request.identity())) return fail(refused(signal::ApiRefusal::participant_not_found));
  signal::Room* to = hub_.open(request.destination_room(), {});
  if (!to) return fail(Error{"resource_exhausted", "too many rooms", {}});
  const auto forwarded = hub_.forward(**from, request.identity(), *to);
  hub_.carry_out(*to);  // it may be new, whoever comes
  if (!forwarded) return fail(refused(forwarded.error()));
  return livekit::ForwardParticipantResponse{};
}

void RoomService::perform_rpc(const livekit::PerformRpcRequest& request, Reply<livekit::PerformRpcResponse> reply) {
  if (request.destination_identity().empty())
    return reply(fail(Error{"invalid_argument", "destination identity is required", {}}));
  if (std::chrono::milliseconds{request.response_timeout_ms()} > signal::kMaxRpcTimeout)
    return reply(fail(Error{"invalid_argument", "response_timeout_ms is longer than five minutes", {}}));
  const auto found = room(request.room());
  if (!found) return reply(fail(found.error()));
  const auto* callee = (*found)->find(request.destination_identity());
  if (!callee) return reply(fail(refused(signal::ApiRefusal::participant_not_found)));
  if (callee->forwarded()) return reply(fail(refused(signal::ApiRefusal::forwarded)));
  const auto id = (*found)->perform_rpc(hub_.now(), request);
  if (!id) return reply(fail(failed_call(id.error())));
  calls_[*id] = std::move(reply);
  hub_.carry_out(**found);
}

void RoomService::on_rpc_done(const signal::RpcDone& done) {
  const auto call = calls_.extract(done.id);
  if (call.empty()) return;
  if (!done.payload) return call.mapped()(fail(failed_call(done.payload.error())));
  livekit::PerformRpcResponse response;
  response.set_payload(*done.payload);
  call.mapped()(std::move(response));
}

}  // namespace costage::livekit_server
