#include "adapters/livekit_client/cluster.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>
#include <vector>

#include "adapters/livekit_api/access_token.hpp"
#include "adapters/livekit_api/grants_of.hpp"

namespace costage::livekit_client {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;

// A round is followed by a pause four times as long, so that many rooms cost the server no more than a fifth of what
// it can answer.
constexpr milliseconds kShortestPause{1'000}, kLongestPause{5'000};
constexpr milliseconds kPingEach{5'000}, kPingSpacing{50};
constexpr milliseconds kWebhookLook{100}, kAskAgain{10'000};
constexpr std::chrono::seconds kWebhookWithin{5};
// LiveKit looks for an egress service for 23 s before it says that there is none.
constexpr std::chrono::seconds kEgressTimeout{30};
constexpr std::chrono::seconds kMostClockSkew{30};  // LiveKit takes tokens that are a minute off

// Whoever is not there needs nothing to be done.
app::MediaOutcome outcome_of(const CallFailure& failure) {
  return failure.why == Refused::not_found ? app::MediaOutcome::done : app::MediaOutcome::failed;
}

template <class T>
app::MediaOutcome outcome_of(const Called<T>& called) {
  return called ? app::MediaOutcome::done : outcome_of(called.error());
}

// Of a call about one participant: who was on a node that is no longer there is not there either.
template <class T>
app::MediaOutcome outcome_of_one(const Called<T>& called) {
  if (!called && called.error().why == Refused::nobody) return app::MediaOutcome::done;
  return outcome_of(called);
}

bool is_meant(const livekit::TrackInfo& track, const domain::TrackSources& sources) {
  switch (track.source()) {
    case livekit::MICROPHONE:
      return sources.microphone;
    case livekit::CAMERA:
      return sources.camera;
    case livekit::SCREEN_SHARE:
    case livekit::SCREEN_SHARE_AUDIO:
      return sources.screen;
    default:
      return false;
  }
}

// That somebody is gone who did not say so.
bool tells_of_loss(const livekit::WebhookEvent& event) {
  if (event.event() == "room_finished") return true;
  const bool is_gone = event.event() == "participant_left" || event.event() == "participant_connection_aborted";
  return is_gone && event.participant().disconnect_reason() != livekit::CLIENT_INITIATED;
}

boost::json::object admin_of(const std::string& room) { return {{"roomAdmin", true}, {"room", room}}; }

}  // namespace

Cluster::Cluster(asio::io_context& loop, ClusterSettings settings, const Clock& clock, Hooks hooks)
    : loop_(loop),
      settings_(std::move(settings)),
      clock_(clock),
      hooks_(std::move(hooks)),
      api_(api()),
      pause_(loop),
      webhook_pause_(loop),
      ping_pause_(loop) {
  if (settings_.egress)
    egress_ = std::make_shared<EgressService>(loop_, api(kEgressTimeout), settings_.recording, hooks_.on_egress);
  if (settings_.ingress)
    ingress_ = std::make_shared<IngressService>(
        loop_, api(), [this](const auto& room, const auto& identity, const auto& lease, const auto& answer) {
          ask_for_ingress(room, identity, lease, answer);
        });
}

TwirpClient Cluster::api(std::chrono::seconds timeout) const {
  const auto url = boost::urls::parse_uri(settings_.api_url);
  return {loop_, url.value(), settings_.key, settings_.secret, clock_, timeout};
}

CallCounts Cluster::calls() const {
  CallCounts sum = api_.counts();
  const auto add = [&sum](const CallCounts& more) { sum.calls += more.calls, sum.failed += more.failed; };
  if (egress_) add(egress_->counts());
  if (ingress_) add(ingress_->counts());
  return sum;
}

// ---- what is asked of it

std::optional<app::MediaCredentials> Cluster::mint(const app::MediaGrant& grant, WallTime now) const {
  auto claims = livekit_api::join_claims(grant.room.value(), livekit_api::grants_of(grant), now, grant.ttl);
  auto token = auth::sign(std::move(claims), settings_.key, settings_.secret);
  if (!token) return {};
  return app::MediaCredentials{settings_.url, Secret{std::move(*token)}};
}

template <class Act>
void Cluster::carry_out(app::MediaDone done, Act act) {
  if (!availability_.available()) return done(app::MediaOutcome::failed);
  asio::co_spawn(
      loop_, [self = shared_from_this(), act = std::move(act)]() -> Outcome { co_return co_await act(*self); },
      [done = std::move(done)](const std::exception_ptr& error, app::MediaOutcome outcome) {
        done(error ? app::MediaOutcome::failed : outcome);
      });
}

void Cluster::set_publish_right(const app::MediaGrant& grant, app::MediaDone done) {
  carry_out(std::move(done), [grant](Cluster& self) { return self.give_right(grant); });
}
void Cluster::remove(const domain::RoomId& room, const app::Identity& identity, app::MediaDone done) {
  carry_out(std::move(done), [room, identity](Cluster& self) { return self.remove_all(room, identity); });
}
void Cluster::mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
                   app::MediaDone done) {
  carry_out(std::move(done),
            [room, identity, sources](Cluster& self) { return self.mute_all(room, identity, sources); });
}
void Cluster::close_room(const domain::RoomId& room, app::MediaDone done) {
  carry_out(std::move(done), [room](Cluster& self) { return self.delete_room(room); });
}

template <class Response, class Request>
asio::awaitable<Called<Response>> Cluster::call(const char* method, const Request& request,
                                                const boost::json::object& grant) {
  co_return co_await api_.call<Response>("RoomService", method, request, grant);
}

template <class Response, class Request>
asio::awaitable<Called<Response>> Cluster::in_room(const char* method, const Request& request) {
  const boost::json::object grant = admin_of(request.room());
  co_return co_await call<Response>(method, request, grant);
}

Cluster::Outcome Cluster::give_right(app::MediaGrant grant) {
  livekit::UpdateParticipantRequest request;
  request.set_room(grant.room.value());
  request.set_identity(grant.identity.value());
  request.set_name(grant.name);
  request.set_metadata(grant.metadata);
  *request.mutable_permission() = livekit_api::permission_of(grant);
  const auto updated = co_await in_room<livekit::ParticipantInfo>("UpdateParticipant", request);
  if (updated) {
    MediaRoom& room = room_of(grant.room);
    report(room, room.on_answer(*updated, ++turn_));
  }
  co_return outcome_of_one(updated);
}

Cluster::Outcome Cluster::remove_all(domain::RoomId room, app::Identity identity) {
  // First: streaming software comes back by itself.
  if (ingress_ && co_await ingress_->end_dead(room) == app::MediaOutcome::failed) co_return app::MediaOutcome::failed;
  if (!identity.value().ends_with('#')) co_return co_await remove_one(room, identity.value());
  livekit::ListParticipantsRequest request;
  request.set_room(room.value());
  const auto all = co_await in_room<livekit::ListParticipantsResponse>("ListParticipants", request);
  if (!all) co_return outcome_of(all.error());
  auto outcome = app::MediaOutcome::done;
  for (const auto& one : all->participants())
    if (app::viewers_prefix(one.identity()) == identity.value())
      if (co_await remove_one(room, one.identity()) == app::MediaOutcome::failed) outcome = app::MediaOutcome::failed;
  co_return outcome;
}

Cluster::Outcome Cluster::remove_one(domain::RoomId room, std::string identity) {
  livekit::RoomParticipantIdentity request;
  request.set_room(room.value());
  request.set_identity(std::move(identity));
  auto removed = co_await in_room<livekit::RemoveParticipantResponse>("RemoveParticipant", request);
  // Once more: a node that is busy for a moment is no node that is gone.
  if (!removed && removed.error().why == Refused::nobody)
    removed = co_await in_room<livekit::RemoveParticipantResponse>("RemoveParticipant", request);
  if (removed || removed.error().why != Refused::not_found) co_return outcome_of_one(removed);
  co_return co_await remove_forgotten(room, request.identity());
}

// A cluster that has forgotten who is there (a node came back that had hung) says that there is nobody to be removed.
// Whatever changes of them makes them known again: one of their tracks is muted.
Cluster::Outcome Cluster::remove_forgotten(domain::RoomId id, std::string identity) {
  const auto room = rooms_.find(id);
  if (room == rooms_.end()) co_return app::MediaOutcome::done;
  const auto person = room->second.people().find(identity);
  // Who sends nothing is not heard, and is known again as soon as they do.
  if (person == room->second.people().end() || person->second.tracks.empty()) co_return app::MediaOutcome::done;
  livekit::MuteRoomTrackRequest mute;
  mute.set_room(id.value());
  mute.set_identity(identity);
  mute.set_track_sid(person->second.tracks.begin()->first);
  mute.set_muted(true);
  const auto there = co_await ask_after(id, identity);
  if (!there) co_return app::MediaOutcome::done;
  const auto muted = co_await in_room<livekit::MuteRoomTrackResponse>("MutePublishedTrack", mute);
  if (!muted) co_return outcome_of_one(muted);
  livekit::RoomParticipantIdentity request;
  request.set_room(id.value());
  request.set_identity(std::move(identity));
  const auto removed = co_await in_room<livekit::RemoveParticipantResponse>("RemoveParticipant", request);
  // Not known yet: the next try will find them.
  co_return removed ? app::MediaOutcome::done : app::MediaOutcome::failed;
}

Cluster::Outcome Cluster::mute_all(domain::RoomId room, app::Identity identity, domain::TrackSources sources) {
  livekit::RoomParticipantIdentity request;
  request.set_room(room.value());
  request.set_identity(identity.value());
  const auto info = co_await in_room<livekit::ParticipantInfo>("GetParticipant", request);
  if (!info) co_return outcome_of(info.error());
  auto outcome = app::MediaOutcome::done;
  for (const livekit::TrackInfo& track : info->tracks()) {
    if (!is_meant(track, sources) || track.muted()) continue;
    livekit::MuteRoomTrackRequest mute;
    mute.set_room(room.value());
    mute.set_identity(identity.value());
    mute.set_track_sid(track.sid());
    mute.set_muted(true);
    const auto muted = co_await in_room<livekit::MuteRoomTrackResponse>("MutePublishedTrack", mute);
    if (outcome_of_one(muted) == app::MediaOutcome::failed) outcome = app::MediaOutcome::failed;
  }
  co_return outcome;
}

Cluster::Outcome Cluster::delete_room(domain::RoomId room) {
  if (ingress_ && co_await ingress_->end_all(room) == app::MediaOutcome::failed) co_return app::MediaOutcome::failed;
  livekit::DeleteRoomRequest request;
  request.set_room(room.value());
  const boost::json::object grant{{"roomCreate", true}};
  const auto deleted = co_await call<livekit::DeleteRoomResponse>("DeleteRoom", request, grant);
  if (deleted) rooms_.erase(room);
  co_return outcome_of(deleted);
}

// ---- what is known of it

MediaRoom& Cluster::room_of(const domain::RoomId& id) { return rooms_.try_emplace(id, id).first->second; }

std::size_t Cluster::people() const {
  std::size_t sum = 0;
  for (const auto& [id, room] : rooms_) sum += room.people().size();
  return sum;
}

bool Cluster::is_ours(const domain::RoomId& room) const {
  const app::TokenGate* gate = hooks_.gate();
  return gate != nullptr && gate->region_of(room) == settings_.region;
}

void Cluster::on_webhook(const livekit::WebhookEvent& event) {
  if (egress_ && event.has_egress_info()) return egress_->on_webhook(event.egress_info());
  const domain::RoomId id{event.room().name()};
  const bool ours = is_ours(id);
  if (!ours && (asked_room_.empty() || id.value() != asked_room_)) return;
  webhook_seen_ = true;
  ++counts_.webhooks;
  // Whoever was lost with their server cannot come back before it does: their time to do so begins with the first
  // round that it answers.
  if (!ours || (!availability_.available() && tells_of_loss(event))) return;
  MediaRoom& room = room_of(id);
  report(room, room.on_webhook(event, ++turn_));
}

// What is in rooms of others is theirs.
void Cluster::ask_for_ingress(const domain::RoomId& room, const app::Identity& identity, const domain::LeaseId& lease,
                              const std::function<void(bool)>& answer) const {
  if (!is_ours(room)) return answer(true);
  hooks_.gate()->may_publish(room, identity, lease, answer);
}

void Cluster::report(const MediaRoom& room, const MediaEvents& events) {
  for (const app::MediaEvent& event : events) hooks_.on_event(event);
  judge(room);
}

// LiveKit asks nobody who may come back with an old token: whoever may publish without a living lease is put out.
void Cluster::judge(const MediaRoom& room) {
  const app::TokenGate* gate = hooks_.gate();
  for (const auto& [identity, person] : room.people()) {
    if (person.lease.value().empty() && !person.can_publish) continue;
    const auto put_out = [self = shared_from_this(), id = room.id(), identity = identity](bool may) {
      if (may) return;
      spdlog::warn("{} may publish in {} without a living lease: put out", identity, id.value());
      self->remove(id, app::Identity{identity}, [](app::MediaOutcome) {});
    };
    gate->may_publish(room.id(), app::Identity{identity}, person.lease, put_out);
  }
}

// ---- whether it is so

void Cluster::start() {
  asio::co_spawn(loop_, [self = shared_from_this()] { return self->watch(); }, asio::detached);
  asio::co_spawn(loop_, [self = shared_from_this()] { return self->await_webhooks(); }, asio::detached);
  asio::co_spawn(loop_, [self = shared_from_this()] { return self->ask_for_people(); }, asio::detached);
}

void Cluster::stop() {
  stopping_ = true;
  pause_.cancel();
  webhook_pause_.cancel();
  ping_pause_.cancel();
}

asio::awaitable<void> Cluster::watch() {
  while (!stopping_) {
    const Instant begun = clock_.moment().now;
    note_round(co_await look());
    if (availability_.available()) co_await look_at_services();
    const auto took = std::chrono::duration_cast<milliseconds>(clock_.moment().now - begun);
    if (!co_await nap(pause_, std::clamp(4 * took, kShortestPause, kLongestPause))) co_return;
  }
}

asio::awaitable<bool> Cluster::nap(asio::steady_timer& timer, milliseconds pause) {
  timer.expires_after(pause);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return !stopping_;
}

asio::awaitable<Called<livekit::ListRoomsResponse>> Cluster::list_rooms() {
  const livekit::ListRoomsRequest all;
  const boost::json::object grant{{"roomList", true}};
  co_return co_await call<livekit::ListRoomsResponse>("ListRooms", all, grant);
}

asio::awaitable<Cluster::WhyNot> Cluster::look() {
  const auto listed = co_await list_rooms();
  if (!listed) co_return listed.error().sentence;
  std::vector<domain::RoomId> rooms;
  for (const livekit::Room& one : listed->rooms())
    if (is_ours(domain::RoomId{one.name()})) rooms.emplace_back(one.name());
  for (const auto& [id, room] : rooms_)
    if (std::ranges::find(rooms, id) == rooms.end()) rooms.push_back(id);
  for (const domain::RoomId& room : rooms) {
    WhyNot why_not = co_await look_at(room);
    if (!why_not.empty()) co_return why_not;
  }
  co_return WhyNot{};
}

// Beside the rooms: without them there are shows.
asio::awaitable<void> Cluster::look_at_services() {
  if (egress_) co_await egress_->look();
  const domain::RoomId everywhere;
  if (ingress_) static_cast<void>(co_await ingress_->end_dead(everywhere));
}

asio::awaitable<Cluster::WhyNot> Cluster::look_at(domain::RoomId id) {
  const Turn asked = ++turn_;
  livekit::ListParticipantsRequest request;
  request.set_room(id.value());
  const auto all = co_await in_room<livekit::ListParticipantsResponse>("ListParticipants", request);
  if (!all && all.error().why == Refused::nobody) co_return WhyNot{};  // nothing is known of this room now
  if (!all && all.error().why != Refused::not_found) co_return all.error().sentence;
  const livekit::ListParticipantsResponse listed = all ? *all : livekit::ListParticipantsResponse{};
  MediaRoom& room = room_of(id);
  for (const MediaRoom::Listed& one : room.missing(listed.participants(), asked)) ask_after_missing(id, one);
  const MediaEvents events = room.on_list(listed.participants(), asked, ++turn_);
  counts_.found += events.size();
  report(room, events);
  if (room.listed().empty()) rooms_.erase(id);
  co_return WhyNot{};
}

// Who is on a node that died stays in every list of a cluster: only the node itself can answer for them. All of them
// once in a while, a few at a time.
asio::awaitable<void> Cluster::ask_for_people() {
  while (co_await nap(ping_pause_, kPingEach)) {
    std::vector<std::pair<domain::RoomId, MediaRoom::Listed>> all;
    for (const auto& [id, room] : rooms_)
      for (const MediaRoom::Listed& one : room.listed()) all.emplace_back(id, one);
    for (const auto& [id, one] : all) {
      if (!availability_.available() || availability_.doubtful()) break;
      asio::co_spawn(loop_, [self = shared_from_this(), id, one] { return self->ping(id, one); }, asio::detached);
      if (!co_await nap(ping_pause_, kPingSpacing)) co_return;
    }
  }
}

// To ask for no subscription changes nothing, and only the node of that participant can answer it.
asio::awaitable<Called<livekit::UpdateSubscriptionsResponse>> Cluster::ask_after(domain::RoomId room,
                                                                                 std::string identity) {
  livekit::UpdateSubscriptionsRequest request;
  request.set_room(room.value());
  request.set_identity(std::move(identity));
  co_return co_await in_room<livekit::UpdateSubscriptionsResponse>("UpdateSubscriptions", request);
}

void Cluster::ask_after_missing(const domain::RoomId& room, const MediaRoom::Listed& one) {
  if (!asked_after_.insert(one.sid).second) return;
  asio::co_spawn(
      loop_, [self = shared_from_this(), room, one] { return self->settle_missing(room, one); }, asio::detached);
}

asio::awaitable<void> Cluster::settle_missing(domain::RoomId id, MediaRoom::Listed one) {
  const auto answer = co_await ask_after(id, one.identity);
  asked_after_.erase(one.sid);
  const auto room = rooms_.find(id);
  // A server that does not answer now says nothing of them.
  const bool is_known = answer || answer.error().why == Refused::unavailable;
  if (is_known || room == rooms_.end()) co_return;
  const MediaEvents events = room->second.on_absent(one);
  counts_.found += events.size();
  report(room->second, events);
}

asio::awaitable<void> Cluster::ping(domain::RoomId id, MediaRoom::Listed one) {
  const auto answer = co_await ask_after(id, one.identity);
  const auto at = rooms_.find(id);
  const bool says_nothing = !answer && answer.error().why != Refused::nobody;
  if (at == rooms_.end() || says_nothing) co_return;
  report(at->second, at->second.on_ping(one.identity, one.sid, answer.has_value()));
}

void Cluster::note_round(const WhyNot& why_not) {
  const bool answered = why_not.empty();
  if (!availability_.on_round(answered)) return;
  if (answered) {
    spdlog::info("the LiveKit server at {} answers again", api_.name());
    return hooks_.on_availability(std::nullopt);
  }
  spdlog::error("the LiveKit server at {} does not answer: {}", api_.name(), why_not);
  hooks_.on_availability(
      fmt::format("The LiveKit server does not answer ({}). Everything but sound and video goes on.", why_not));
}

// A room is made for that alone: nobody knows when the next show begins.
asio::awaitable<void> Cluster::await_webhooks() {
  while (!webhook_seen_ && !stopping_) {
    if (co_await sees_webhook()) break;
    const std::string why = fmt::format(
        "No webhook of the LiveKit server arrives, so changes are seen up to {} s late: its configuration needs "
        "'webhook: {{api_key: {}, urls: [<the address of this server>/v1/media/webhook]}}'.",
        kLongestPause.count() / 1000, settings_.key);
    if (availability_.available()) {
      spdlog::warn("{}", why);
      hooks_.on_webhooks(why);
    }
    if (!co_await nap(webhook_pause_, kAskAgain)) co_return;
  }
  hooks_.on_webhooks(std::nullopt);
}

asio::awaitable<bool> Cluster::sees_webhook() {
  asked_room_ = fmt::format("costage_webhook_{}_{}", settings_.region, to_unix_ms(clock_.now()));
  livekit::CreateRoomRequest request;
  request.set_name(asked_room_);
  const boost::json::object grant{{"roomCreate", true}};
  const auto made = co_await call<livekit::Room>("CreateRoom", request, grant);
  const Instant until = clock_.moment().now + kWebhookWithin;
  while (made && !webhook_seen_ && clock_.moment().now < until)
    if (!co_await nap(webhook_pause_, kWebhookLook)) co_return false;
  if (made) static_cast<void>(co_await delete_room(domain::RoomId{asked_room_}));
  co_return webhook_seen_;
}

asio::awaitable<std::string> Cluster::check() {
  const auto listed = co_await list_rooms();
  if (listed || listed.error().why == Refused::unavailable || listed.error().why == Refused::timed_out)
    co_return std::string{};
  const auto ahead = api_.clock_ahead().value_or(std::chrono::seconds{0});
  if (std::chrono::abs(ahead) > kMostClockSkew)
    co_return fmt::format(
        "The clock of the LiveKit server at {} goes {} s {} the one here, so it takes no token of ours: let both "
        "follow "
        "the same time server (NTP).",
        api_.name(), std::chrono::abs(ahead).count(), ahead.count() > 0 ? "before" : "behind");
  if (listed.error().why == Refused::unauthenticated)
    co_return fmt::format(
        "The LiveKit server at {} does not take the key '{}' ({}): media.apiKey and media.apiSecret must be a pair of "
        "the 'keys' in its configuration.",
        api_.name(), settings_.key, listed.error().sentence);
  co_return fmt::format("The server at {} is no LiveKit server that this can use: {}.", api_.name(),
                        listed.error().sentence);
}

}  // namespace costage::livekit_client
