// Verbs on the stage: see it, get broadcaster data, leave, remove; and a viewer's credentials.
#pragma once

#include <cstdint>

#include "app/ports/media_server.hpp"
#include "app/request.hpp"
#include "domain/stage/stage.hpp"

namespace costage::app {

struct Context;

struct BroadcasterData {
  MediaCredentials media;
  domain::LeaseId lease;
  std::uint64_t epoch = 0;
};
// A seat whose lease lives, and where its room's media is.
struct HeldSeat {
  domain::RoomId room;
  std::string region;
  domain::Seat seat;
};
struct StageView {
  domain::RoomId room;
  domain::Stage stage;
};

class StageUseCases {
 public:
  explicit StageUseCases(const Context& context) : in_(context) {}

  void get(const Caller& caller, const domain::RoomId& room, Done<StageView> done);
  // getBroadcasterData (S-053..S-056, S-061): opens the lease, or mints another token for the living one. With
  // `reclaim` only for that lease.
  void broadcaster(const Caller& caller, const domain::RoomId& room, const std::optional<domain::LeaseId>& reclaim,
                   const MaybeIdempotency& once, Done<BroadcasterData> done);
  // The same without credentials.
  void take_seat(const Caller& caller, const domain::RoomId& room, const std::optional<domain::LeaseId>& reclaim,
                 const MaybeIdempotency& once, Done<HeldSeat> done);
  // Subscribe-only credentials of one more connection: nobody else's ends by it, not even the caller's own on stage.
  void viewer(const Caller& caller, const domain::RoomId& room, Done<MediaCredentials> done);
  void leave(const Caller& caller, const domain::RoomId& room, const MaybeIdempotency& once, Done<StageView> done);
  void remove(const Caller& caller, const domain::RoomId& room, const domain::UserId& user,
              const MaybeIdempotency& once, Done<StageView> done);

  // Somebody else's devices, and what a co-host may do: S-012, S-082.
  void switch_off(const Caller& caller, const domain::RoomId& room, const domain::UserId& user,
                  const domain::TrackSources& sources, const MaybeIdempotency& once, Done<StageView> done);
  void ask_to_switch_on(const Caller& caller, const domain::RoomId& room, const domain::UserId& user,
                        const domain::TrackSources& sources, const MaybeIdempotency& once, Done<StageView> done);
  void set_permissions(const Caller& caller, const domain::RoomId& room, const domain::UserId& user,
                       const domain::StagePermissions& permissions, const MaybeIdempotency& once, Done<StageView> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
