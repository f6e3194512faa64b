// The media server as the use cases see it: LiveKit's published interface in our words. The embedded server and a
// LiveKit cluster implement it; whatever works with one works with the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace costage::app {

// What a participant of the media room may do. `room` is the costage room id, `identity` the user id of who is on
// stage; viewers' connections have one each, the user id with an ending.
struct MediaGrant {
  std::string room;
  std::string identity;
  std::string name;      // display name
  std::string metadata;  // JSON that other participants see: {"role":"coHost","leaseId":"..","epoch":3}
  std::string lease_id;  // empty for viewers; becomes the token's `jti`, which TokenGate is asked about
  bool can_publish = false;
  bool can_publish_data = true;
  std::chrono::seconds ttl{600};
};

struct MediaCredentials {
  std::string url;  // "ws://127.0.0.1:7880"
  Secret token;
};

// Commands do not wait: the server carries them out and reports by MediaEvent. An unknown participant is not an error.
class MediaServer {
 public:
  virtual ~MediaServer() = default;
  // Empty: a text of the grant cannot be part of a token.
  [[nodiscard]] virtual std::optional<MediaCredentials> mint(const MediaGrant& grant, WallTime now) = 0;
  // UpdateParticipant: gives somebody who is connected what the grant says; tokens they get from then on carry its
  // lease. Whoever is not connected uses a token.
  virtual void promote(const MediaGrant& grant) = 0;
  // RemoveParticipant with revocation of every token minted until now for this identity in this room.
  virtual void remove(const std::string& room, const std::string& identity) = 0;
  virtual void mute(const std::string& room, const std::string& identity, bool microphone, bool camera) = 0;
  virtual void close_room(const std::string& room) = 0;
};

// Asked before whoever may publish is admitted, and again about those who are connected: a dead lease never gets in,
// and nobody publishes in a room of ours without one (requirements D13). Rooms that costage does not run have no
// leases.
class TokenGate {
 public:
  virtual ~TokenGate() = default;
  [[nodiscard]] virtual bool may_publish(const std::string& room, const std::string& identity,
                                         const std::string& lease_id) const = 0;
};

// Tokens minted at or before `until` are no longer good, whatever their signature says.
struct Revocation {
  std::string room;
  std::string identity;  // empty: everybody's for this room
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
  std::string room, identity, lease_id;
};
struct ParticipantInterrupted {  // signalling or media lost, not given up yet; a resume gives ParticipantJoined again
  std::string room, identity;
};
struct ParticipantLeft {
  std::string room, identity;
  std::string reason;  // "client", "timeout", "removed", "replaced", "roomClosed"
};
enum class MediaDevice { off, muted, on };  // on: its media arrives
struct MediaDevicesChanged {                // what all tracks of the participant come to; also after ParticipantJoined
  std::string room, identity;
  MediaDevice microphone{}, camera{};
  bool sending = false;  // anything, a screen too, can be seen or heard
};
enum class MediaQuality { poor, good, excellent, lost };
struct MediaQualityChanged {
  std::string room, identity;
  MediaQuality quality{};
};

using MediaEvent =
    std::variant<ParticipantJoined, ParticipantInterrupted, ParticipantLeft, MediaDevicesChanged, MediaQualityChanged>;
using MediaListener = std::function<void(const MediaEvent&)>;

}  // namespace costage::app
