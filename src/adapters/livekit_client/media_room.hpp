// What is known of one room at a LiveKit server: who of those that matter to the stage is connected, and what they
// send. Webhooks tell of changes at once, but may be lost, late, doubled or out of order; lists of participants come
// seldom and are right. Together they give what the embedded server would have reported.
#pragma once

#include <livekit/models.pb.h>
#include <livekit/webhook.pb.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "app/ports/media_server.hpp"

namespace costage::livekit_client {

// Counts what came from the server: a list says nothing about what became known after it was asked for.
using Turn = std::uint64_t;

using MediaEvents = std::vector<app::MediaEvent>;

// Who watches is of no interest, however many they are.
[[nodiscard]] bool matters(const livekit::ParticipantInfo& info);

// The lease that a participant's metadata names (app::media_metadata); empty: a viewer's.
[[nodiscard]] domain::LeaseId lease_in(const std::string& metadata);
inline domain::LeaseId lease_of(const livekit::ParticipantInfo& info) { return lease_in(info.metadata()); }

class MediaRoom {
 public:
  struct Person {
    std::string sid;  // of this connection
    domain::LeaseId lease;
    bool can_publish = false;
    std::map<std::string, livekit::TrackInfo> tracks;  // by sid
    Turn known_at = 0;                                 // when something of it became known the last time
    int unanswered = 0;                                // how often in a row nobody answered for it
    app::MediaDevicesChanged told;                     // the last that was reported
  };

  explicit MediaRoom(domain::RoomId id) : id_(std::move(id)) {}

  [[nodiscard]] MediaEvents on_webhook(const livekit::WebhookEvent& event, Turn now);
  using Listing = google::protobuf::RepeatedPtrField<livekit::ParticipantInfo>;
  // Who is in the room, as it was asked for at `asked`.
  [[nodiscard]] MediaEvents on_list(const Listing& all, Turn asked, Turn now);
  struct Listed {
    std::string identity, sid;
    bool operator==(const Listed&) const = default;
  };
  // Who was there and is not in this list: a cluster may forget whom it has. Their node is to be asked.
  [[nodiscard]] std::vector<Listed> missing(const Listing& all, Turn asked) const;
  // It knows nothing of them.
  [[nodiscard]] MediaEvents on_absent(const Listed& one);
  // One of them, as the server answered it: complete and new.
  [[nodiscard]] MediaEvents on_answer(const livekit::ParticipantInfo& info, Turn now);

  // Whether its node answered for this connection. A server lists for ever who was on a node that died.
  [[nodiscard]] MediaEvents on_ping(const std::string& identity, const std::string& sid, bool answered);

  // Whom to ask for: the people, and those who are listed but were given up.
  [[nodiscard]] std::vector<Listed> listed() const;

  [[nodiscard]] const std::map<std::string, Person>& people() const { return people_; }  // by identity
  [[nodiscard]] const domain::RoomId& id() const { return id_; }

 private:
  // A webhook that comes late must not bring back who has left.
  static constexpr std::size_t kRememberedGone = 256;
  static constexpr int kUnanswered = 2;

  [[nodiscard]] bool is_there(const livekit::ParticipantInfo& info) const;
  void put(const livekit::ParticipantInfo& info, Turn now, MediaEvents& out);
  void leave(const std::string& identity, const std::string& reason, MediaEvents& out);
  void left(const livekit::ParticipantInfo& info, MediaEvents& out);
  void set_track(const livekit::WebhookEvent& event, Turn now, MediaEvents& out);
  void tell_devices(const std::string& identity, Person& person, MediaEvents& out);
  [[nodiscard]] bool is_ghost(const livekit::ParticipantInfo& info) const;
  [[nodiscard]] bool has_gone(const std::string& sid) const;
  void remember_gone(std::string sid);

  domain::RoomId id_;
  std::map<std::string, Person> people_;
  std::map<std::string, std::string> ghosts_;  // identity -> sid of those who are listed, and for whom nobody answers
  std::deque<std::string> gone_;               // sids of connections and tracks that ended, the newest last
};

}  // namespace costage::livekit_client
