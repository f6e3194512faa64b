// Verbs on rooms: create, read, list, update, stop.
#pragma once

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "domain/room/commands.hpp"

namespace costage::app {

struct Context;

using ChangeDetails = std::function<void(domain::RoomDetails&)>;

class Rooms {
 public:
  explicit Rooms(const Context& context) : in_(context) {}

  // What CreateRoom::media_region can be, beside nothing.
  [[nodiscard]] std::vector<std::string> media_regions() const;
  // The ids in the command are made here; the actor too is set from the caller.
  void create(const Caller& caller, domain::CreateRoom room, const MaybeIdempotency& once, Done<domain::Room> done);
  void get(const Caller& caller, const domain::RoomId& room, Done<domain::Room> done);
  // Whether somebody without an account may watch this room, which is open.
  [[nodiscard]] bool admits_guests(const domain::RoomId& room) const;
  void list(const Caller& caller, const RoomFilter& filter, const PageRequest& page, Done<Page<domain::Room>> done);
  // `change` is given the details as they are, on any thread.
  void update(const Caller& caller, const domain::RoomId& room, ChangeDetails change, const MaybeIdempotency& once,
              Done<domain::Room> done);
  // Who stands in when the host is gone; nobody: the show waits and ends (D12).
  void name_successor(const Caller& caller, const domain::RoomId& room, std::optional<domain::UserId> user,
                      const MaybeIdempotency& once, Done<domain::Room> done);
  // Ends the show for everybody (S-067): every lease dies with the commit.
  void stop(const Caller& caller, const domain::RoomId& room, const MaybeIdempotency& once, Done<domain::Room> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
