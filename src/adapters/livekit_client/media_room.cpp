#include "adapters/livekit_client/media_room.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <set>
#include <tuple>

namespace costage::livekit_client {
namespace {

namespace json = boost::json;

// Why somebody is gone, in the words of app::ParticipantLeft.
std::string reason_of(livekit::DisconnectReason reason) {
  switch (reason) {
    case livekit::CLIENT_INITIATED:
      return "client";
    case livekit::DUPLICATE_IDENTITY:
      return "replaced";
    case livekit::PARTICIPANT_REMOVED:
      return "removed";
    case livekit::ROOM_DELETED:
    case livekit::ROOM_CLOSED:
      return "roomClosed";
    default:
      return "timeout";
  }
}

app::MediaDevice more(app::MediaDevice before, const livekit::TrackInfo& track) {
  return std::max(before, track.muted() ? app::MediaDevice::muted : app::MediaDevice::on);
}

void add(app::MediaDevicesChanged& devices, const livekit::TrackInfo& track) {
  if (track.source() == livekit::MICROPHONE) devices.microphone = more(devices.microphone, track);
  if (track.source() == livekit::CAMERA) devices.camera = more(devices.camera, track);
  if (track.source() == livekit::SCREEN_SHARE) devices.screen = more(devices.screen, track);
  devices.sending = devices.sending || !track.muted();
}

auto fields_of(const app::MediaDevicesChanged& devices) {
  return std::tie(devices.microphone, devices.camera, devices.screen, devices.sending);
}

}  // namespace

bool matters(const livekit::ParticipantInfo& info) {
  return app::viewers_prefix(info.identity()).empty() || info.permission().can_publish() || info.is_publisher();
}

domain::LeaseId lease_in(const std::string& metadata) {
  boost::system::error_code error;
  const json::value value = json::parse(metadata, error);
  if (error || !value.is_object()) return {};
  const json::value* lease = value.get_object().if_contains("leaseId");
  if (lease == nullptr || !lease->is_string()) return {};
  return domain::LeaseId{std::string{lease->get_string()}};
}

bool MediaRoom::has_gone(const std::string& sid) const { return std::ranges::find(gone_, sid) != gone_.end(); }

void MediaRoom::remember_gone(std::string sid) {
  gone_.push_back(std::move(sid));
  if (gone_.size() > kRememberedGone) gone_.pop_front();
}

MediaEvents MediaRoom::on_webhook(const livekit::WebhookEvent& event, Turn now) {
  MediaEvents out;
  const livekit::ParticipantInfo& info = event.participant();
  if (event.event() == "participant_joined") {
    if (!has_gone(info.sid()) && matters(info)) put(info, now, out);
  } else if (event.event() == "participant_left" || event.event() == "participant_connection_aborted") {
    left(info, out);
  } else if (event.event() == "track_published" || event.event() == "track_unpublished") {
    set_track(event, now, out);
  } else if (event.event() == "room_finished") {
    while (!people_.empty()) leave(people_.begin()->first, "roomClosed", out);
  }
  return out;
}

bool MediaRoom::is_there(const livekit::ParticipantInfo& info) const {
  return matters(info) && info.state() != livekit::ParticipantInfo::DISCONNECTED && !is_ghost(info);
}

std::vector<MediaRoom::Listed> MediaRoom::missing(const Listing& all, Turn asked) const {
  std::set<std::string> there;
  for (const livekit::ParticipantInfo& info : all)
    if (is_there(info)) there.insert(info.identity());
  std::vector<Listed> out;
  for (const auto& [identity, person] : people_)
    if (!there.contains(identity) && person.known_at <= asked) out.push_back({identity, person.sid});
  return out;
}

MediaEvents MediaRoom::on_absent(const Listed& one) {
  MediaEvents out;
  const auto at = people_.find(one.identity);
  if (at != people_.end() && at->second.sid == one.sid) leave(one.identity, "timeout", out);
  return out;
}

MediaEvents MediaRoom::on_list(const Listing& all, Turn asked, Turn now) {
  MediaEvents out;
  std::map<std::string, std::string> ghosts;
  for (const livekit::ParticipantInfo& info : all) {
    if (is_ghost(info)) ghosts.emplace(info.identity(), info.sid());
    if (!is_there(info)) continue;
    const auto known = people_.find(info.identity());
    const bool newer_is_known = known != people_.end() && known->second.known_at > asked;
    if (info.state() == livekit::ParticipantInfo::ACTIVE && !newer_is_known) put(info, now, out);
  }
  ghosts_ = std::move(ghosts);
  return out;
}

bool MediaRoom::is_ghost(const livekit::ParticipantInfo& info) const {
  const auto at = ghosts_.find(info.identity());
  return at != ghosts_.end() && at->second == info.sid();
}

MediaEvents MediaRoom::on_ping(const std::string& identity, const std::string& sid, bool answered) {
  MediaEvents out;
  if (const auto ghost = ghosts_.find(identity); answered && ghost != ghosts_.end() && ghost->second == sid)
    ghosts_.erase(ghost);  // the next list brings them back
  const auto at = people_.find(identity);
  if (at == people_.end() || at->second.sid != sid) return out;
  at->second.unanswered = answered ? 0 : at->second.unanswered + 1;
  if (at->second.unanswered < kUnanswered) return out;
  leave(identity, "timeout", out);
  ghosts_.insert_or_assign(identity, sid);
  return out;
}

std::vector<MediaRoom::Listed> MediaRoom::listed() const {
  std::vector<Listed> out;
  for (const auto& [identity, person] : people_) out.push_back({identity, person.sid});
  for (const auto& [identity, sid] : ghosts_) out.push_back({identity, sid});
  return out;
}

MediaEvents MediaRoom::on_answer(const livekit::ParticipantInfo& info, Turn now) {
  MediaEvents out;
  if (info.state() == livekit::ParticipantInfo::ACTIVE) put(info, now, out);
  return out;
}

void MediaRoom::put(const livekit::ParticipantInfo& info, Turn now, MediaEvents& out) {
  const auto [at, is_new] = people_.try_emplace(info.identity());
  Person& person = at->second;
  const domain::LeaseId lease = lease_of(info);
  const bool other_connection = is_new || person.sid != info.sid();
  if (other_connection && !is_new) remember_gone(person.sid);
  const bool joins = other_connection || person.lease != lease;
  if (other_connection) person.unanswered = 0;
  person.sid = info.sid();
  person.lease = lease;
  person.can_publish = info.permission().can_publish() || info.is_publisher();
  person.known_at = now;
  person.tracks.clear();
  for (const livekit::TrackInfo& track : info.tracks()) person.tracks.emplace(track.sid(), track);
  if (joins) out.push_back(app::ParticipantJoined{id_, app::Identity{info.identity()}, lease});
  tell_devices(info.identity(), person, out);
}

void MediaRoom::left(const livekit::ParticipantInfo& info, MediaEvents& out) {
  const auto known = people_.find(info.identity());
  if (known != people_.end() && known->second.sid == info.sid())
    leave(info.identity(), reason_of(info.disconnect_reason()), out);
  else if (!has_gone(info.sid()))
    remember_gone(info.sid());
}

void MediaRoom::leave(const std::string& identity, const std::string& reason, MediaEvents& out) {
  const auto at = people_.find(identity);
  remember_gone(at->second.sid);
  out.push_back(app::ParticipantLeft{id_, app::Identity{identity}, reason});
  people_.erase(at);
}

// Of the participant such a webhook names identity and connection alone.
void MediaRoom::set_track(const livekit::WebhookEvent& event, Turn now, MediaEvents& out) {
  const bool published = event.event() == "track_published";
  if (!published && !has_gone(event.track().sid())) remember_gone(event.track().sid());
  const auto at = people_.find(event.participant().identity());
  if (at == people_.end() || at->second.sid != event.participant().sid()) return;
  if (published && has_gone(event.track().sid())) return;
  Person& person = at->second;
  person.known_at = now;
  if (published)
    person.tracks[event.track().sid()] = event.track();
  else
    person.tracks.erase(event.track().sid());
  tell_devices(at->first, person, out);
}

void MediaRoom::tell_devices(const std::string& identity, Person& person, MediaEvents& out) {
  app::MediaDevicesChanged devices{id_, app::Identity{identity}};
  for (const auto& [sid, track] : person.tracks) add(devices, track);
  if (fields_of(devices) == fields_of(person.told)) return;
  person.told = devices;
  out.push_back(std::move(devices));
}

}  // namespace costage::livekit_client
