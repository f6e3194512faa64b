// One participant of a room: who they are, what they publish, what they are subscribed to. Plain state; the rules are
// in the files named after them (join, tracks, subscriptions, data, ...).
#pragma once

#include <livekit/signal.pb.h>

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "base/time.hpp"
#include "signal/audience.hpp"
#include "signal/effects.hpp"
#include "signal/grants.hpp"
#include "signal/limits.hpp"

namespace costage::signal {

// The second codec of a track; see backup_codec.hpp.
struct BackupCodec {
  std::string cid;
  bool published = false;
  std::vector<media::LayerStream> streams = {};
  std::optional<media::LayerDemand> demand = {};
};

struct Track {
  livekit::TrackInfo info;
  std::string cid;
  bool published = false;  // bound to a media section and announced to the others
  bool flowing = false;
  bool webhook_due = false;                 // of its publication; see tell_published()
  std::vector<media::LayerStream> streams;  // the lowest first
  bool had_subscriber = false;
  std::optional<media::LayerDemand> demand;  // of the first codec, the newest; nothing: all of it
  std::optional<BackupCodec> backup;
  bool first_given_up = false;  // everybody gets the second codec
};

// Its cid is still in use by a track that is about to end.
struct QueuedTrack {
  livekit::AddTrackRequest request;
  Instant until;
};

struct Subscription {
  bool wanted = true;
  bool active = false;   // media was told to forward
  bool backup = false;   // in the second codec
  bool refused = false;  // the publisher does not allow it, and the subscriber was told so
  bool enabled = true;
  media::Layer max_layer = media::Layer::high;
  std::uint32_t max_fps = 0;
};

// Asked for by a simulated scenario.
struct DropOnResume {
  enum class When { before_messages, after_messages };
  When when{};
  Instant until{};
  int left = 0;
};

struct DataSubscription {
  bool wanted = true;
  bool refused = false;      // the publisher does not allow it, and the subscriber was told so
  std::uint16_t handle = 0;  // the subscriber's; 0: media does not forward it
  std::uint32_t max_fps = 0;
};

// Of whom a participant of this room is shown who is in another (forward.hpp).
struct Original {
  media::RoomSid home;
  std::uint32_t version = 0;  // as shown here; 0: not yet
  std::uint32_t quiet_changes = 0;
};

struct Participant {
  media::PeerSid sid;
  Grants grants;
  livekit::ClientInfo client;
  livekit::ParticipantInfo::State state = livekit::ParticipantInfo::JOINED;
  Instant joined_at{};
  WallTime joined_wall{};
  std::uint32_t version = 1;
  bool auto_subscribe = true;
  bool auto_subscribe_data_tracks = true;
  media::Connections connections = media::Connections::pair;
  bool is_publisher = false;  // has published and may still: it stays so when the last track ends, as LiveKit's does

  Budget requests{kRequestRate};
  Budget offers{kOfferRate};
  Budget data{kDataRate};
  std::size_t awaited_answers = 0;
  std::size_t last_offer_bytes = 0;  // of ours

  bool signal_up = true;
  bool interrupted = false;  // the application was told
  bool replay_due = false;   // resumed, and has not said yet what it has received
  DropOnResume drop_on_resume;
  Instant silent_at = kNever;  // end of simulated speech
  std::map<media::Transport, media::TransportState> transports;
  std::set<media::Transport> silent;  // without a sign of life
  bool data_opened = false;           // the channel that brings it reliable messages was opened
  Instant resumed_at = Instant::min();
  Instant gone_at = kNever;  // removed then, unless it comes back
  Instant join_by = kNever;
  Instant unseen_until = kNever;  // follows a session that published: others see that one until it publishes, or then
  Instant refresh_token_at = kNever;

  std::map<media::TrackSid, Track> tracks;
  Devices devices_told;
  std::deque<QueuedTrack> queued;  // the oldest first
  std::map<media::TrackSid, Subscription> subscriptions;
  std::map<std::uint16_t, livekit::DataTrackInfo> data_tracks;  // by its own handle
  std::map<media::TrackSid, DataSubscription> data_subscriptions;
  std::uint16_t last_data_handle = 0;
  std::map<std::string, livekit::DataBlob> blobs;  // by the bytes of their keys
  std::optional<Audience> allowed;                 // as publisher; nothing: everybody
  std::optional<media::QualityMeasured> quality;
  std::uint32_t last_sequence = 0;  // of reliable data messages
  std::uint32_t quiet_changes = 0;  // of what others are not told: `allowed`, `blobs`
  std::optional<Original> original;

  // It has no connection of its own here: nothing is ever sent to it, nothing comes from it.
  [[nodiscard]] bool forwarded() const { return original.has_value(); }

  [[nodiscard]] bool hidden() const { return grants.permission.hidden(); }
  [[nodiscard]] media::Transport primary() const {
    return grants.permission.can_subscribe() ? receiving() : media::Transport::publisher;
  }
  // Where media and data reach it.
  [[nodiscard]] media::Transport receiving() const {
    return connections == media::Connections::pair ? media::Transport::subscriber : media::Transport::publisher;
  }
  [[nodiscard]] bool is_up(media::Transport transport) const {
    const auto it = transports.find(transport);
    return it != transports.end() && it->second == media::TransportState::connected;
  }
};

}  // namespace costage::signal
