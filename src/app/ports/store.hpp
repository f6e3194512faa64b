// Storage in the domain's words. A unit of work runs on a storage worker inside a transaction, several units share one
// commit, and the answer comes back to the control loop after that commit: what was acknowledged is durable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/ports/media_server.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

struct User {
  domain::UserId id;
  std::string name;
  bool operator==(const User&) const = default;
};

enum class SortBy { first_created, last_created };

// Pages: `cursor` is opaque text from the page before, empty for the first.
struct PageRequest {
  std::size_t limit = 20;
  std::string cursor;
};
template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty: this was the last page
};

struct RoomFilter {
  std::vector<domain::RoomStatus> statuses;  // any of these; empty: all
  SortBy sort = SortBy::first_created;
};
struct InvitationFilter {
  std::variant<domain::RoomId, domain::UserId> of;  // sent in this room, or to this invitee
  std::vector<domain::InvitationStatus> statuses;   // as seen at `now`: a pending one past its time is expired
  SortBy sort = SortBy::last_created;
  WallTime now;
};

// What a write answered, kept for 24 h under its Idempotency-Key.
struct StoredStage {
  domain::RoomId room;
  domain::Stage stage;
  bool operator==(const StoredStage&) const = default;
};
struct StoredInvitation {
  domain::Invitation invitation;
  bool created = false;
  bool operator==(const StoredInvitation&) const = default;
};
struct StoredLease {
  domain::RoomId room;
  domain::Seat seat;
  bool operator==(const StoredLease&) const = default;
};
using StoredAnswer = std::variant<domain::Room, StoredInvitation, StoredStage, StoredLease, User>;
struct IdempotencyRecord {
  domain::UserId user;
  std::string key;
  std::string request;  // fingerprint of what was asked
  WallTime at;
  StoredAnswer answer;
  bool operator==(const IdempotencyRecord&) const = default;
};

// Only valid while its unit of work runs, on that worker's thread.
class Transaction {
 public:
  virtual ~Transaction() = default;

  virtual std::optional<domain::RoomState> load_room(const domain::RoomId& room) = 0;
  // Writes what `events` changed, and the events. `state` is the room after them.
  virtual void save_room(const domain::RoomState& state, const domain::Events& events) = 0;
  virtual std::optional<domain::Room> find_room(const domain::RoomId& room) = 0;
  virtual Page<domain::Room> list_rooms(const RoomFilter& filter, const PageRequest& page) = 0;
  // Rooms that are idle, live or waitingReconnect, in order of id, after `after`: for the start of the program.
  virtual std::vector<domain::RoomId> open_rooms(const domain::RoomId& after, std::size_t limit) = 0;

  virtual std::optional<domain::Invitation> find_invitation(const domain::InvitationId& id) = 0;
  virtual Page<domain::Invitation> list_invitations(const InvitationFilter& filter, const PageRequest& page) = 0;
  // Of this invitee, pending and not run out at `now`, in other rooms than `except`.
  virtual std::size_t pending_elsewhere(const domain::UserId& invitee, const domain::RoomId& except, WallTime now) = 0;

  virtual domain::Events events_since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) = 0;
  // Names this database's histories: another value means that known sequence numbers are worth nothing.
  virtual std::string history_epoch() = 0;

  virtual std::optional<User> find_user(const domain::UserId& id) = 0;
  virtual void put_user(const User& user) = 0;

  virtual std::optional<IdempotencyRecord> find_answer(const domain::UserId& user, const std::string& key) = 0;
  virtual void put_answer(const IdempotencyRecord& record) = 0;
  virtual void forget_answers_before(WallTime time) = 0;

  // Of several for the same room and identity the latest counts.
  virtual void put_revocation(const Revocation& revocation) = 0;
  // The latest first.
  virtual std::vector<Revocation> revocations(std::size_t limit) = 0;
  virtual void forget_revocations_before(WallTime time) = 0;
};

enum class Commit {
  done,
  failed,   // the disk refused; nothing of the unit remains
  damaged,  // it read a record that cannot be; nothing of the unit remains
};

class Storage {
 public:
  // True: keep what the unit wrote. False: roll its writes back (a refusal).
  using Work = std::function<bool(Transaction&)>;
  using Done = std::function<void(Commit)>;

  virtual ~Storage() = default;
  // Takes a unit of work, or refuses with false when the queue is full (counted); then `done` is never called.
  // `done` runs on the control loop, in the order of submission.
  [[nodiscard]] virtual bool submit(Work work, Done done) = 0;
  // Empty: it works. Otherwise what is wrong and what to do, for operators. Goes away by itself when it is over.
  [[nodiscard]] virtual std::optional<std::string> trouble() const = 0;
};

}  // namespace costage::app
