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

// What a participant of the media room may do. `room` is the costage room id, `identity` the user id.
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
  // UpdateParticipant: promotes or demotes somebody who is connected; without publish right their tracks stop.
  virtual void set_publish_right(const std::string& room, const std::string& identity, bool can_publish,
                                 const std::string& metadata) = 0;
  // RemoveParticipant with revocation of every token minted until now for this identity in this room.
  virtual void remove(const std::string& room, const std::string& identity) = 0;
  virtual void mute(const std::string& room, const std::string& identity, bool microphone, bool camera) = 0;
  virtual void close_room(const std::string& room) = 0;
};

// Asked before a token with a lease is admitted: a dead lease never gets in (requirements D13).
class TokenGate {
 public:
  virtual ~TokenGate() = default;
  [[nodiscard]] virtual bool lease_is_alive(const std::string& room, const std::string& identity,
                                            const std::string& lease_id) const = 0;
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
enum class MediaSource { camera, microphone, screen, other };
struct MediaTrackStarted {  // its first packet has arrived
  std::string room, identity, track;
  MediaSource source{};
};
struct MediaTrackMuted {
  std::string room, identity, track;
  MediaSource source{};
  bool muted = false;
};
struct MediaTrackEnded {
  std::string room, identity, track;
  MediaSource source{};
};
enum class MediaQuality { poor, good, excellent, lost };
struct MediaQualityChanged {
  std::string room, identity;
  MediaQuality quality{};
};

using MediaEvent = std::variant<ParticipantJoined, ParticipantInterrupted, ParticipantLeft, MediaTrackStarted,
                                MediaTrackMuted, MediaTrackEnded, MediaQualityChanged>;
using MediaListener = std::function<void(const MediaEvent&)>;

}  // namespace costage::app
