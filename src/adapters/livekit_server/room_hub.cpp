#include "adapters/livekit_server/room_hub.hpp"

#include <fmt/ranges.h>
#include <google/protobuf/util/json_util.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "adapters/media_io/clock.hpp"
#include "base/overloaded.hpp"
#include "signal/limits.hpp"
#include "signal/message_texts.hpp"

namespace costage::livekit_server {
namespace {

// Timers of rooms are seconds long; announcements wait at most kAnnounceInterval.
constexpr std::chrono::milliseconds kTick{50};
constexpr std::uint16_t kNormalClosure = 1000;
constexpr std::uint16_t kBadPayload = 1007;

using http::SharedFrame;

SharedFrame to_binary(const google::protobuf::Message& message) {
  return http::Frame::binary(message.SerializeAsString());
}

SharedFrame to_json(const google::protobuf::Message& message) {
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text).ok()) text.clear();
  return http::Frame::text(text);
}

bool parse(std::string_view text, bool binary, livekit::SignalRequest& out) {
  if (binary) return out.ParseFromArray(text.data(), static_cast<int>(text.size()));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  return google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &out, options).ok();
}

std::string sentence(signal::JoinRefusal refusal) {
  switch (refusal) {
    case signal::JoinRefusal::room_full:
      return "the room is full";
    case signal::JoinRefusal::room_finished:
      return "the room has ended";
    case signal::JoinRefusal::identity_invalid:
      return "the identity is empty or too long";
    case signal::JoinRefusal::too_large:
      return "name, metadata or attributes exceed the size limit";
  }
  return "";
}

livekit::SignalResponse join_failure() {
  livekit::SignalResponse message;
  message.mutable_leave()->set_reason(livekit::JOIN_FAILURE);
  return message;
}

}  // namespace

RoomHub::RoomHub(boost::asio::io_context& loop, const Clock& clock, Rng& rng, Hooks hooks, bool webhooks)
    : timer_(loop), clock_(clock), rng_(rng), hooks_(std::move(hooks)), webhooks_(webhooks) {}
RoomHub::~RoomHub() = default;

std::optional<Refused> RoomHub::refusal(const std::string& room, const std::string& identity, bool performs) const {
  const Refused busy{503, "this server carries as many viewers as it can: try again in a little while"};
  const auto it = rooms_.find(room);
  if (it == rooms_.end()) {
    if (rooms_.size() >= kMaxRooms) return Refused{503, "too many rooms"};
    return performs || hooks_.has_room({}) ? std::nullopt : std::optional{busy};
  }
  const signal::RoomState& state = it->second->state();
  if (state.by_identity.contains(identity)) return std::nullopt;  // takes the place of a connection of theirs
  if (state.participants.size() >= signal::max_participants(state.options)) return Refused{403, "the room is full"};
  return performs || hooks_.has_room(state.sid) ? std::nullopt : std::optional{busy};
}

http::WebSocketEvents RoomHub::connect(const std::string& room, const signal::Grants& grants,
                                       const ConnectRequest& request, std::shared_ptr<http::WebSocket> socket) {
  const media::PeerSid sid =
      request.join.reconnect() ? resume(room, grants, request, socket) : join(room, grants, request, socket);
  for (const livekit::SignalRequest& first : request.first_requests()) on_request(sid, socket.get(), first);
  http::WebSocket* raw = socket.get();
  return {.on_message = [this, sid, raw](std::string_view text, bool binary) { on_message(sid, raw, text, binary); },
          .on_closed = [this, sid, raw] { on_closed(sid, raw); }};
}

media::PeerSid RoomHub::join(const std::string& name, const signal::Grants& grants, const ConnectRequest& request,
                             const std::shared_ptr<http::WebSocket>& socket) {
  signal::Room* room = open(name, request.room_options);
  const auto& settings = request.join.connection_settings();
  const auto sid = room ? room->on_join(now(), {grants, request.join.client_info(), settings.auto_subscribe(),
                                                settings.subscriber_allow_pause(), request.connections,
                                                settings.auto_subscribe_data_track()})
                        : Result<media::PeerSid, signal::JoinRefusal>{fail(signal::JoinRefusal::room_full)};
  if (!sid) {
    socket->send_shared(to_binary(join_failure()));
    socket->close(kNormalClosure, sentence(sid.error()));
    return {};
  }
  sessions_[*sid] = {room, socket};
  carry_out(*room);
  return *sid;
}

media::PeerSid RoomHub::resume(const std::string& name, const signal::Grants& grants, const ConnectRequest& request,
                               const std::shared_ptr<http::WebSocket>& socket) {
  signal::Room* room = find(name);
  const media::PeerSid sid{request.join.participant_sid()};
  const auto session = sessions_.find(sid);
  if (!room || session == sessions_.end() || session->second.room != room ||
      !room->on_resume(now(), sid, grants.identity)) {
    socket->send_shared(to_binary(signal::stale_session()));
    socket->close(kNormalClosure, "unknown session");
    return {};
  }
  const auto old = std::exchange(session->second.socket, socket);
  if (old) old->close(kNormalClosure, "resumed on another connection");
  carry_out(*room);
  return sid;
}

RoomHub::Session* RoomHub::current(const media::PeerSid& sid, http::WebSocket* socket) {
  const auto it = sessions_.find(sid);
  return it != sessions_.end() && it->second.socket.get() == socket ? &it->second : nullptr;
}

void RoomHub::on_message(const media::PeerSid& sid, http::WebSocket* socket, std::string_view message, bool binary) {
  Session* session = current(sid, socket);
  if (!session) return;
  livekit::SignalRequest request;
  if (!parse(message, binary, request)) {
    socket->close(kBadPayload, "not a SignalRequest");
    return;
  }
  // A change of metadata is answered with its reason; in any other message no honest client has such a text.
  if (!request.has_update_metadata() && signal::find_bad_text(request)) {
    socket->close(kBadPayload, "a text holds control characters");
    return;
  }
  session->json = !binary;
  on_request(sid, socket, request);
}

void RoomHub::on_request(const media::PeerSid& sid, http::WebSocket* socket, const livekit::SignalRequest& request) {
  const Session* session = current(sid, socket);
  if (!session) return;
  signal::Room& room = *session->room;
  room.on_message(now(), sid, request);
  carry_out(room);
}

void RoomHub::on_closed(const media::PeerSid& sid, http::WebSocket* socket) {
  Session* session = current(sid, socket);
  if (!session) return;
  session->socket = nullptr;
  signal::Room& room = *session->room;
  room.on_signal_lost(now(), sid);
  carry_out(room);
}

signal::Room* RoomHub::room_of(const media::Event& event) {
  const auto of_peer = [this](const media::PeerSid& peer) -> signal::Room* {
    const auto it = sessions_.find(peer);
    return it == sessions_.end() ? nullptr : it->second.room;
  };
  return std::visit(Overloaded{
                        [&](const media::SpeakersChanged& e) -> signal::Room* {
                          const auto it = by_sid_.find(e.room);
                          return it == by_sid_.end() ? nullptr : it->second;
                        },
                        [&](const media::SubscriptionFlowing& e) { return of_peer(e.subscriber); },
                        [&](const media::SubscriptionFailed& e) { return of_peer(e.subscriber); },
                        [&](const media::SubscriptionPaused& e) { return of_peer(e.subscriber); },
                        [&](const auto& e) { return of_peer(e.peer); },
                    },
                    event);
}

void RoomHub::on_media_event(const media::Event& event) {
  if (const auto* failed = std::get_if<media::NegotiationFailed>(&event))
    spdlog::warn("{}: session description refused: {}", failed->peer.value(), failed->reason);
  signal::Room* room = room_of(event);
  if (!room) return;
  room->on_media_event(now(), event);
  carry_out(*room);
  if (const auto* speakers = std::get_if<media::SpeakersChanged>(&event)) hand_on(*room, *speakers);
}

signal::Room* RoomHub::find(const std::string& name) {
  const auto it = rooms_.find(name);
  return it == rooms_.end() || it->second->state().finished ? nullptr : it->second.get();
}

signal::Room* RoomHub::open(const std::string& name, signal::RoomOptions options) {
  if (signal::Room* room = find(name)) return room;
  if (rooms_.size() >= kMaxRooms) return nullptr;
  options.webhooks = webhooks_;
  options.remote_unmute = remote_unmute_;
  if (!options.ignored.empty())
    spdlog::warn("room {}: ignored, as there is no such thing here: {}", name, fmt::join(options.ignored, ", "));
  auto& room = rooms_[name];
  if (room) by_sid_.erase(room->state().sid);  // one of that name has finished a moment ago
  room = std::make_unique<signal::Room>(name, std::move(options), now(), rng_);
  by_sid_[room->state().sid] = room.get();
  start_timer();
  return room.get();
}

Result<void, signal::ApiRefusal> RoomHub::move(signal::Room& from, const std::string& identity, signal::Room& to) {
  const auto sid = from.move_participant(now(), identity, to);
  if (!sid) return fail(sid.error());
  sessions_[*sid].room = &to;
  carry_out(from);
  carry_out(to);
  return {};
}

Result<void, signal::ApiRefusal> RoomHub::forward(signal::Room& from, const std::string& identity, signal::Room& to) {
  update_forwarded(from);  // one that has ended there begins anew
  const media::RoomSid& other = to.state().sid;
  if (!hooks_.rooms_together.keep(from.state().sid, other)) return fail(signal::ApiRefusal::other_media_loop);
  const auto added = from.forward_participant(now(), identity, to);
  if (!added.value_or(false)) hooks_.rooms_together.let_apart(other);
  carry_out(to);
  if (!added) return fail(added.error());
  return {};
}

std::vector<signal::Room*> RoomHub::rooms() {
  std::vector<signal::Room*> all;
  for (const auto& [name, room] : rooms_)
    if (!room->state().finished) all.push_back(room.get());
  return all;
}

void RoomHub::carry_out(signal::Room& room) {
  for (signal::Effect& effect : room.take_effects()) carry_out(room, std::move(effect));
  if (!refused_.empty()) reset_refused(room);
  update_forwarded(room);
}

signal::Room* RoomHub::find(const media::RoomSid& sid) const {
  const auto it = by_sid_.find(sid);
  return it == by_sid_.end() ? nullptr : it->second;
}

// Two rooms may show participants of each other: only where something changed does this go on.
void RoomHub::update_forwarded(signal::Room& room) {
  for (const media::RoomSid& sid : room.forwarded_to()) {
    signal::Room* other = find(sid);
    for (std::size_t ended = room.update_forwarded(now(), sid, other); ended > 0; --ended)
      hooks_.rooms_together.let_apart(sid);
    if (other && other->has_effects()) carry_out(*other);
  }
  for (const signal::DataForwarded& data : std::exchange(said_elsewhere_, {})) hand_on(data);
}

void RoomHub::hand_on(const signal::DataForwarded& data) {
  for (const media::RoomSid& sid : data.rooms) {
    signal::Room* other = find(sid);
    if (!other) continue;
    other->on_forwarded_data(now(), data);
    carry_out(*other);
  }
}

void RoomHub::hand_on(const signal::Room& from, const media::SpeakersChanged& event) {
  for (const media::RoomSid& sid : from.forwarded_to()) {
    signal::Room* other = find(sid);
    if (!other) continue;
    other->on_media_event(now(), event);
    carry_out(*other);
  }
}

void RoomHub::reset_refused(signal::Room& room) {
  for (const media::PeerSid& peer : std::exchange(refused_, {})) room.on_media_refused(now(), peer);
  carry_out(room);  // ends: each round has fewer peers
}

void RoomHub::carry_out(signal::Room& room, signal::Effect effect) {
  std::visit(
      Overloaded{
          [&](const signal::Send& e) { send(e); }, [&](const signal::SendToken& e) { send_token(room, e); },
          [&](signal::SendMoved& e) { send_moved(room, std::move(e)); },
          [&](const signal::CloseConnection& e) { close(e.peer); }, [&](const signal::RpcDone& e) { rpc_done_(e); },
          [&](signal::DataForwarded& e) { said_elsewhere_.push_back(std::move(e)); },
          [&](media::Command& e) { tell_media(std::move(e)); },
          [&](const signal::Notice& e) { hooks_.notice(room.state().name, e); },
          [&](const livekit::WebhookEvent& e) { hooks_.webhook(e); },
          [&](const signal::RoomFinished&) {},  // on_timer() forgets it
      },
      effect);
}

void RoomHub::send(const signal::Send& send) {
  SharedFrame binary, json;
  for (const media::PeerSid& peer : send.to) {
    const auto it = sessions_.find(peer);
    if (it == sessions_.end() || !it->second.socket) continue;
    SharedFrame& frame = it->second.json ? json : binary;
    if (!frame) frame = it->second.json ? to_json(send.message) : to_binary(send.message);
    it->second.socket->send_shared(frame);
  }
}

void RoomHub::send_token(const signal::Room& room, const signal::SendToken& token) {
  signal::Send message{{token.to}, {}};
  auto text = hooks_.token(room.state().name, token.grants);
  if (!text) return spdlog::error("{}: a token could not be signed and was not refreshed", token.to.value());
  message.message.set_refresh_token(std::move(*text));
  send(message);
}

void RoomHub::send_moved(const signal::Room& room, signal::SendMoved moved) {
  if (auto token = hooks_.token(room.state().name, moved.grants))
    moved.message.mutable_room_moved()->set_token(std::move(*token));
  send({{moved.to}, std::move(moved.message)});
}

void RoomHub::close(const media::PeerSid& peer) {
  const auto it = sessions_.find(peer);
  if (it == sessions_.end()) return;
  if (const auto socket = std::exchange(it->second.socket, nullptr)) socket->close(kNormalClosure, "");
}

void RoomHub::tell_media(media::Command command) {
  if (const auto* gone = std::get_if<media::RemovePeer>(&command)) return remove_from_media(gone->peer);
  const auto* ended = std::get_if<media::UnsubscribeDataTrack>(&command);
  if (ended && !sessions_.contains(ended->peer)) return;  // with its publisher, who was shown here from another room
  const auto* added = std::get_if<media::AddPeer>(&command);
  const media::PeerSid newcomer = added ? added->peer : media::PeerSid{};
  if (!hooks_.media(command)) return refuse(command);
  if (added) sessions_[newcomer].in_media = true;
}

void RoomHub::remove_from_media(const media::PeerSid& peer) {
  const auto session = sessions_.extract(peer);
  if (!session.empty() && session.mapped().in_media && !hooks_.media(media::RemovePeer{peer}))
    unremoved_.push_back(peer);
}

// Data messages change no state: what is lost of them is counted only.
void RoomHub::refuse(const media::Command& command) {
  if (refusals_++ == 0)
    spdlog::warn("the media server or its queue is full: commands are refused, their peers have to start over");
  const auto peer = std::visit(Overloaded{
                                   [](const media::Subscribe& c) { return c.subscriber; },
                                   [](const media::Unsubscribe& c) { return c.subscriber; },
                                   [](const media::ConfigureSubscription& c) { return c.subscriber; },
                                   [](const media::SendData&) { return media::PeerSid{}; },
                                   [](const auto& c) { return c.peer; },
                               },
                               command);
  if (sessions_.contains(peer)) refused_.push_back(peer);
}

void RoomHub::start_timer() {
  if (timer_runs_) return;
  timer_runs_ = true;
  timer_.expires_after(kTick);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) on_timer();
  });
}

void RoomHub::on_timer() {
  timer_runs_ = false;
  const Moment at = now();
  std::erase_if(unremoved_, [&](const media::PeerSid& peer) { return hooks_.media(media::RemovePeer{peer}); });
  for (const auto& [name, room] : rooms_) {
    if (room->wake_at() <= at.now) room->on_time(at);
    carry_out(*room);
  }
  forget_finished();
  if (!rooms_.empty() || !unremoved_.empty()) start_timer();
}

void RoomHub::forget_finished() {
  for (auto it = rooms_.begin(); it != rooms_.end();) {
    if (!it->second->state().finished) {
      ++it;
      continue;
    }
    by_sid_.erase(it->second->state().sid);
    it = rooms_.erase(it);
  }
}

void RoomHub::close_all() {
  for (const auto& [name, room] : rooms_) {
    room->close(now(), livekit::SERVER_SHUTDOWN, livekit::LeaveRequest::RECONNECT);
    carry_out(*room);
  }
}

}  // namespace costage::livekit_server
