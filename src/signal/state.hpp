// The state of one room, and the turn in which one input changes it. Every rule is a function of (Turn&, ...): it reads
// the time and the dice of the turn and appends effects, in the order in which they have to happen.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/rng.hpp"
#include "base/time.hpp"
#include "signal/effects.hpp"
#include "signal/participant.hpp"

namespace costage::signal {

struct RoomOptions {
  std::chrono::seconds empty_timeout{300};
  std::chrono::seconds departure_timeout{20};
  std::uint32_t max_participants = 0;  // 0: kMaxParticipants
  std::string metadata;
  bool webhooks = false;             // somebody listens
  bool remote_unmute = false;        // the server API may unmute a track
  std::vector<std::string> ignored;  // names of what was asked for and is not had here
};

[[nodiscard]] inline std::size_t max_participants(const RoomOptions& options) {
  return options.max_participants ? std::min<std::size_t>(options.max_participants, kMaxParticipants)
                                  : kMaxParticipants;
}

struct Departure {
  Instant at;
  livekit::ParticipantInfo info;
};

// A reliable data message, kept for receivers whose channel is not open yet or was interrupted.
struct ReplayEntry {
  Instant at;
  media::PeerSid from;
  std::uint32_t sequence = 0;
  std::vector<media::PeerSid> to;  // empty: everybody
  media::SharedBytes bytes;
};

// An answer that must not arrive before its client listens for it.
struct HeldAnswer {
  Instant due;
  media::PeerSid to;
  livekit::SignalResponse message;
};

// A call of the server API that a participant has not answered yet.
struct ServerCall {
  media::PeerSid callee;
  Instant ack_by;
  Instant answer_by;
};

struct RoomState {
  media::RoomSid sid;
  std::string name;
  RoomOptions options;
  WallTime created{};
  std::map<media::PeerSid, Participant> participants;
  std::map<std::string, media::PeerSid, std::less<>> by_identity;
  std::map<media::TrackSid, media::PeerSid> publisher_of;
  std::map<media::TrackSid, media::PeerSid> data_publisher_of;
  std::map<media::PeerSid, std::set<media::RoomSid>> forwards;  // who of this room is shown in which others
  std::set<media::PeerSid> forwarded_here;                      // participants whose room is another

  // Whether anybody is here themselves.
  [[nodiscard]] bool deserted() const { return participants.size() == forwarded_here.size(); }

  std::deque<Departure> departures;
  std::deque<ReplayEntry> replay;
  std::size_t replay_bytes = 0;

  std::vector<livekit::ParticipantInfo> unannounced_departures;
  std::vector<livekit::ParticipantInfo> unannounced_successions;  // sessions ended by the next of their identity
  std::vector<media::PeerSid> unannounced;
  Instant announce_at = kNever;          // when the two above are sent
  Instant quiet_until = Instant::min();  // joins and leaves of mere viewers are collected until then
  Instant count_update_at = kNever;
  std::map<std::string, ServerCall> calls;  // by id
  std::deque<HeldAnswer> held_answers;      // the earliest first
  std::size_t held_bytes = 0;
  Instant finish_at = kNever;  // empty since; forgotten then
  bool finished = false;
};

// Stops the program if what must always hold between two inputs does not.
void check(const RoomState& room);

struct Turn {
  RoomState& room;
  Instant now;
  WallTime wall;
  Rng& rng;
  Effects& effects;

  void send(const media::PeerSid& to, livekit::SignalResponse message) {
    send(std::vector<media::PeerSid>{to}, std::move(message));
  }
  void send(std::vector<media::PeerSid> to, livekit::SignalResponse message) {
    if (!room.forwarded_here.empty())
      std::erase_if(to, [&](const auto& sid) { return room.forwarded_here.contains(sid); });
    if (!to.empty()) effects.push_back(Send{std::move(to), std::move(message)});
  }
  void tell_media(media::Command command) { effects.push_back(std::move(command)); }
  void notice(Notice notice) { effects.push_back(std::move(notice)); }

  [[nodiscard]] Participant* find(const media::PeerSid& sid) {
    const auto it = room.participants.find(sid);
    return it == room.participants.end() ? nullptr : &it->second;
  }
  [[nodiscard]] Participant* find_identity(std::string_view identity) {
    const auto it = room.by_identity.find(identity);
    return it == room.by_identity.end() ? nullptr : find(it->second);
  }
};

}  // namespace costage::signal
