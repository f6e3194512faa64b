// Stores in the domain's words: small interfaces, each of one kind of record. Valid inside one unit of work
// (storage.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/ports/media_server.hpp"
#include "app/ports/page.hpp"
#include "app/ports/webhook_outbox.hpp"
#include "domain/picture/picture.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

struct User {
  domain::UserId id;
  std::string name;
  bool takes_invitations = true;  // S-023
  bool operator==(const User&) const = default;
};

struct Block {
  domain::UserId user;  // who is blocked
  domain::UserId by;
  WallTime created_at;
  bool operator==(const Block&) const = default;
};

enum class SortBy { first_created, last_created };

struct RoomFilter {
  std::vector<domain::RoomStatus> statuses;  // any of these; empty: all
  std::vector<std::string> tags;             // all of these
  SortBy sort = SortBy::first_created;
};
struct InvitationFilter {
  std::variant<domain::RoomId, domain::UserId> of;  // sent in this room, or to this invitee
  std::vector<domain::InvitationStatus> statuses;   // as seen at `now`: a pending one past its time is expired
  SortBy sort = SortBy::last_created;
  WallTime now;
};

struct RequestFilter {
  domain::RoomId room;
  std::vector<domain::RequestStatus> statuses;  // as seen at `now`: one that waits past its time is expired
  WallTime now;
};

// What a write made, remembered for 24 h under its Idempotency-Key: who asks again is given what has become of it.
struct Made {
  domain::RoomId room;   // empty: not in a room
  std::string id;        // of the invitation, lease or user; empty: the room itself
  bool created = false;  // false: it was there before
  bool operator==(const Made&) const = default;
};
struct IdempotencyRecord {
  domain::UserId user;
  std::string key;
  std::string request;  // digest of what was asked
  WallTime at;
  Made made;
  bool operator==(const IdempotencyRecord&) const = default;
};

// Thrown by what writes: nothing of the unit remains, and it is worth deciding again.
struct LostRace : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "another writer was faster"; }
};

// A room, and what it knows of one person.
struct PersonInRoom {
  domain::Room room;
  std::optional<domain::Seat> seat;
  std::optional<domain::Standing> standing;
};

class RoomStore {
 public:
  virtual ~RoomStore() = default;
  // Without all the rest of it.
  virtual std::optional<PersonInRoom> person(const domain::RoomId& room, const domain::UserId& user) = 0;
  virtual std::optional<domain::RoomState> load(const domain::RoomId& room) = 0;
  // Writes the events and the rows that they changed. `before` is the room as it was loaded; one that is new has seq 0.
  virtual void save(const domain::RoomState& before, const domain::RoomState& after, const domain::Events& events) = 0;
  virtual Page<domain::Room> list(const RoomFilter& filter, const PageRequest& page) = 0;
  // Rooms that are idle, live or waitingReconnect, in order of id, after `after`: for the start of the program.
  virtual std::vector<domain::RoomId> open_after(const domain::RoomId& after, std::size_t limit) = 0;
};

class InvitationStore {
 public:
  virtual ~InvitationStore() = default;
  virtual std::optional<domain::Invitation> find(const domain::InvitationId& id) = 0;
  virtual std::optional<domain::Invitation> newest_for(const domain::RoomId& room, const domain::UserId& invitee) = 0;
  virtual Page<domain::Invitation> list(const InvitationFilter& filter, const PageRequest& page) = 0;
  // How many of these opened the stage to the invitee.
  virtual int appearances(const domain::RoomId& room, const domain::UserId& invitee) = 0;
  // Of this invitee, pending and not run out at `now`, in other rooms than `except`.
  virtual std::size_t pending_elsewhere(const domain::UserId& invitee, const domain::RoomId& except, WallTime now) = 0;
};

class RequestStore {
 public:
  virtual ~RequestStore() = default;
  virtual std::optional<domain::StageRequest> find(const domain::RequestId& id) = 0;
  virtual std::optional<domain::StageRequest> newest_of(const domain::RoomId& room, const domain::UserId& user) = 0;
  // The oldest first.
  virtual Page<domain::StageRequest> list(const RequestFilter& filter, const PageRequest& page) = 0;
};

// How far a follower has come in a room's history (followers/follower.hpp).
struct FollowerPosition {
  domain::RoomId room;
  std::uint64_t followed = 0;  // all up to this seq
  std::uint64_t last = 0;      // of the history
};

// A stream by its name ("room/{id}", "chat/{id}"), and the number of its last event.
struct StreamEnd {
  std::string stream;
  std::uint64_t seq = 0;
  bool operator==(const StreamEnd&) const = default;
};
// What was written of late, by whomever, and what time it is for the database.
struct Touched {
  WallTime now;
  std::vector<StreamEnd> streams;
};

class HistoryStore {
 public:
  virtual ~HistoryStore() = default;
  virtual domain::Events since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) = 0;
  // Names this database's histories: another value means that known sequence numbers are worth nothing.
  virtual std::string epoch() = 0;
  // Rooms that this follower has not followed to their end, in order of id, after `after`.
  virtual std::vector<FollowerPosition> behind(const std::string& follower, const domain::RoomId& after,
                                               std::size_t limit) = 0;
  // Never back: who led before may write late.
  virtual void put_position(const std::string& follower, const FollowerPosition& position) = 0;
  // At least all that was written in this time up to now: for nodes that share the database.
  virtual Touched touched(std::chrono::seconds back) = 0;
};

// A program that shares this database.
struct Node {
  std::string id;
  std::string url;  // what its clients connect to
  WallTime started_at;
  bool carries_media = false;  // by a media server of its own
  bool draining = false;       // it will end: it takes no more shows
  int headroom = 0;            // percent of what its media server can do that is free
  WallTime until;              // when its lease ends
  bool operator==(const Node&) const = default;
};

// Times are the database's own.
class NodeStore {
 public:
  virtual ~NodeStore() = default;
  // It lives for as long as its lease from now on; when it started, and until when, is known here.
  virtual void renew(const Node& node, std::chrono::seconds lease) = 0;
  virtual std::vector<Node> living() = 0;  // the oldest first
  virtual void remove(const std::string& id) = 0;
};

class UserStore {
 public:
  virtual ~UserStore() = default;
  virtual std::optional<User> find(const domain::UserId& id) = 0;
  // The name: the rest stays as it is.
  virtual void put(const User& user) = 0;
  // Of a known user.
  virtual void set_takes_invitations(const domain::UserId& id, bool on) = 0;
};

class BlockStore {
 public:
  virtual ~BlockStore() = default;
  virtual void put(const Block& block) = 0;
  virtual void remove(const domain::UserId& by, const domain::UserId& user) = 0;
  virtual std::size_t count(const domain::UserId& by) = 0;
  // Whether one of these has blocked the user.
  virtual bool has_any(const std::vector<domain::UserId>& by, const domain::UserId& user) = 0;
  // The oldest first.
  virtual Page<Block> list(const domain::UserId& by, const PageRequest& page) = 0;
};

// At most one of each kind for a room.
class PictureStore {
 public:
  virtual ~PictureStore() = default;
  virtual std::optional<domain::Picture> find(const domain::RoomId& room, domain::PictureKind kind) = 0;
  virtual void put(const domain::Picture& picture) = 0;
  virtual void remove(const domain::RoomId& room, domain::PictureKind kind) = 0;
};

class AnswerStore {
 public:
  virtual ~AnswerStore() = default;
  virtual std::optional<IdempotencyRecord> find(const domain::UserId& user, const std::string& key) = 0;
  // Throws LostRace when something is remembered under this key that still counts.
  virtual void put(const IdempotencyRecord& record) = 0;
  virtual void forget_before(WallTime time) = 0;
};

class RevocationStore {
 public:
  virtual ~RevocationStore() = default;
  // Of several for the same room and identity the latest counts.
  virtual void put(const Revocation& revocation) = 0;
  virtual std::vector<Revocation> latest(std::size_t limit) = 0;  // the latest first
  virtual void forget_before(WallTime time) = 0;
};

// Numbered for each URL without a gap: what goes is always the oldest.
class WebhookStore {
 public:
  virtual ~WebhookStore() = default;
  // Keeps the newest `most` of this URL; gives how many had to go. They count as lost.
  virtual std::uint64_t append(const std::string& url, const std::string& body, WallTime made, std::size_t most) = 0;
  virtual std::optional<KeptWebhook> oldest(const std::string& url) = 0;
  // It was delivered, and with it the news of what was lost before.
  virtual void remove(const std::string& url, const KeptWebhook& webhook) = 0;
  // Those made before `time` are lost; gives how many.
  virtual std::uint64_t give_up_before(const std::string& url, WallTime time) = 0;
  // Of every URL, also those that nothing is sent to any more.
  virtual void forget_before(WallTime time) = 0;
};

}  // namespace costage::app
