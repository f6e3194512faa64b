// The media server as the use cases see it: LiveKit's published interface in our words. The embedded server and a
// LiveKit cluster implement it; whatever works with one works with the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/stage/stage.hpp"

namespace costage::app {

// A participant of the media room: the user id of who is on stage; viewers' connections have one each, the user id with
// an ending.
using Identity = Strong<struct IdentityTag, std::string>;
// Every connection with which somebody watches: an identity of one of them is this and twelve characters more.
inline constexpr std::size_t kViewerEnding = 12;
inline Identity viewers_of(const domain::UserId& user) { return Identity{user.value() + '#'}; }
// viewers_of() whom this is a connection; nothing: it is none.
inline std::string_view viewers_prefix(std::string_view identity) {
  if (identity.size() <= kViewerEnding || identity[identity.size() - kViewerEnding - 1] != '#') return {};
  return identity.substr(0, identity.size() - kViewerEnding);
}
inline Identity on_stage_as(const domain::UserId& user) { return Identity{user.value()}; }

// What a participant of the media room may do.
struct MediaGrant {
  domain::RoomId room;
  std::string region;  // of the room; empty: the first
  Identity identity;
  std::string name;       // display name
  std::string metadata;   // JSON that other participants see: {"role":"coHost","leaseId":"..","epoch":3}
  domain::LeaseId lease;  // empty for viewers; becomes the token's `jti`, which TokenGate is asked about
  bool can_publish = false;
  bool can_publish_data = true;
  std::chrono::seconds ttl{600};
};

struct MediaCredentials {
  std::string url;  // "ws://127.0.0.1:7880"
  Secret token;
};

// A command that failed may be given again; each may come more than once. An unknown participant or room is no failure.
enum class MediaOutcome { done, failed };
using MediaDone = std::function<void(MediaOutcome)>;

class EgressServer;
class IngressServer;

// What the server carries out it also reports by MediaEvent.
class MediaServer {
 public:
  virtual ~MediaServer() = default;
  // Where else than in the first region a room can be carried.
  [[nodiscard]] virtual std::vector<std::string> regions() const { return {}; }
  // Empty: a text of the grant cannot be part of a token.
  [[nodiscard]] virtual std::optional<MediaCredentials> mint(const MediaGrant& grant, WallTime now) = 0;
  // UpdateParticipant: gives somebody who is connected what the grant says; tokens they get from then on carry its
  // lease. Whoever is not connected uses a token.
  virtual void set_publish_right(const MediaGrant& grant, MediaDone done) = 0;
  // RemoveParticipant with revocation of every token minted until then for this identity in this room; viewers_of():
  // for all those.
  virtual void remove(const domain::RoomId& room, const Identity& identity, WallTime until, MediaDone done) = 0;
  // MutePublishedTrack of every track from these sources.
  virtual void mute(const domain::RoomId& room, const Identity& identity, const domain::TrackSources& sources,
                    MediaDone done) = 0;
  virtual void close_room(const domain::RoomId& room, MediaDone done) = 0;
  // Another node carries this room now: whoever is still connected has to ask for new credentials.
  virtual void let_go(const domain::RoomId& room) { static_cast<void>(room); }
  // nullptr: shows are not recorded here, or not taken from streaming software.
  virtual EgressServer* egress() { return nullptr; }
  virtual IngressServer* ingress() { return nullptr; }
};

// Asked before whoever may publish is admitted, and again about those who are connected: a dead lease never gets in,
// and nobody publishes in a room of ours without one (requirements D13). Rooms that costage does not run have no
// leases.
class TokenGate {
 public:
  virtual ~TokenGate() = default;
  // Whether this node carries the media of that room. `answer` may come later.
  virtual void carries(const domain::RoomId& room, std::function<void(bool)> answer) const {
    static_cast<void>(room);
    answer(true);
  }
  // Of the media room of a show that is open here; nothing: it is none.
  [[nodiscard]] virtual std::optional<std::string> region_of(const domain::RoomId& room) const = 0;
  // `answer` may come later.
  virtual void may_publish(const domain::RoomId& room, const Identity& identity, const domain::LeaseId& lease,
                           std::function<void(bool)> answer) const = 0;
};

// Tokens minted at or before `until` are no longer good, whatever their signature says.
struct Revocation {
  domain::RoomId room;
  Identity identity;  // empty: everybody's for this room
  WallTime until;
  bool operator==(const Revocation&) const = default;
};

// Keeps what the media server was asked to revoke by others than us, so that it holds after a restart, too.
class RevocationLog {
 public:
  virtual ~RevocationLog() = default;
  // `done` after the commit; false: it could not be written.
  virtual void record(const Revocation& revocation, std::function<void(bool)> done) = 0;
};

struct ParticipantJoined {  // its media connection is up
  domain::RoomId room;
  Identity identity;
  domain::LeaseId lease;
};
struct ParticipantInterrupted {  // signalling or media lost, not given up yet; a resume gives ParticipantJoined again
  domain::RoomId room;
  Identity identity;
};
struct ParticipantLeft {
  domain::RoomId room;
  Identity identity;
  std::string reason;  // "client", "timeout", "removed", "replaced", "roomClosed"
};
enum class MediaDevice { off, muted, on };  // on: its media arrives
struct MediaDevicesChanged {                // what all tracks of the participant come to; also after ParticipantJoined
  domain::RoomId room;
  Identity identity;
  MediaDevice microphone{}, camera{};
  bool sending = false;  // anything, whatever it is, can be seen or heard
  MediaDevice screen{};
};
enum class MediaQuality { poor, good, excellent, lost };
struct MediaQualityChanged {
  domain::RoomId room;
  Identity identity;
  MediaQuality quality{};
};

using MediaEvent =
    std::variant<ParticipantJoined, ParticipantInterrupted, ParticipantLeft, MediaDevicesChanged, MediaQualityChanged>;
using MediaListener = std::function<void(const MediaEvent&)>;

}  // namespace costage::app
