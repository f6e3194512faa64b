#include "app/stage.hpp"

#include <utility>

#include "app/core.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

MediaGrant grant_for(const RoomId& room, const Caller& caller, const Seat* seat) {
  MediaGrant grant;
  grant.room = room.value();
  grant.identity = caller.user.value();
  grant.name = caller.name;
  grant.metadata = media_metadata(seat);
  grant.can_publish = seat != nullptr;
  if (seat != nullptr) grant.lease_id = seat->lease.value();
  grant.ttl = limits::kPrepareTime;
  return grant;
}

// Media servers know one connection per identity. Who watches has as many as they open windows; who is on stage has
// one, under their user id.
std::string viewer_identity(const UserId& user, Rng& rng) {
  constexpr std::size_t kConnectionLength = 12;
  return user.value() + '#' + rng.text(kConnectionLength);
}

// The token is not stored: an answer that is given again gets a fresh one, as long as its lease lives.
domain::Answer<BroadcasterData> broadcaster_data(Core& core, const Caller& caller, const StoredLease& stored) {
  const Stage* stage = core.stage_of(stored.room);
  if (stage == nullptr) return refuse(Code::room_ended);
  if (!lease_is_alive(*stage, caller.user, stored.seat.lease)) return refuse(Code::not_on_stage);
  const MediaGrant grant = grant_for(stored.room, caller, &stored.seat);
  core.media.promote(grant);
  auto media = core.media.mint(grant, core.now());
  if (!media) return refuse(Code::unavailable);
  return BroadcasterData{std::move(*media), stored.seat.lease, stored.seat.epoch};
}

StoredAnswer the_stage(const RoomState& after, const Events&) { return StoredStage{after.room.id, after.stage}; }

Done<StoredAnswer> as_stage(Done<StageView> done) {
  return answering<StoredStage>(std::move(done),
                                [](const StoredStage& stored) { return StageView{stored.room, stored.stage}; });
}

template <class Verb>
void act(Core& core, const Caller& caller, const RoomId& room, const Verb& verb, const MaybeIdempotency& once,
         Done<StageView> done) {
  const auto decision = [verb, at = core.now()](Transaction&, const RoomState& state) {
    return decide(state, verb, at);
  };
  core.write({load_room(room), caller, once, decision, the_stage}, as_stage(std::move(done)));
}

}  // namespace

void StageUseCases::get(const Caller& caller, const RoomId& room, Done<StageView> done) {
  core_.read<StageView>(
      [caller, room](Transaction& tx) -> domain::Answer<StageView> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_room)) return refuse(Code::not_permitted);
        return StageView{room, std::move(state->stage)};
      },
      std::move(done));
}

void StageUseCases::broadcaster(const Caller& caller, const RoomId& room, const std::optional<LeaseId>& reclaim,
                                const MaybeIdempotency& once, Done<BroadcasterData> done) {
  const OpenLease command{caller, LeaseId{core_.new_id("lease_")}, reclaim};
  const auto decision = [command, at = core_.now()](Transaction&, const RoomState& state) {
    return decide(state, command, at);
  };
  const auto answer = [user = caller.user](const RoomState& after, const Events&) -> StoredAnswer {
    return StoredLease{after.room.id, *after.stage.find(user)};
  };
  core_.write({load_room(room), caller, once, decision, answer},
              answering<StoredLease>(std::move(done), [&core = core_, caller](const StoredLease& stored) {
                return broadcaster_data(core, caller, stored);
              }));
}

void StageUseCases::viewer(const Caller& caller, const RoomId& room, Done<MediaCredentials> done) {
  const auto mint = [&core = core_, caller, room, done = std::move(done)](domain::Answer<Room> found) {
    if (!found) return done(refuse(found.error()));
    if (!is_open(found->status)) return done(refuse(Code::room_ended));
    MediaGrant grant = grant_for(room, caller, nullptr);
    grant.identity = viewer_identity(caller.user, core.rng);
    auto media = core.media.mint(grant, core.now());
    done(media ? domain::Answer<MediaCredentials>{std::move(*media)} : refuse(Code::unavailable));
  };
  core_.read<Room>([caller, room](Transaction& tx) { return find_room(tx, room, caller, Action::watch_room); }, mint);
}

void StageUseCases::leave(const Caller& caller, const RoomId& room, const MaybeIdempotency& once,
                          Done<StageView> done) {
  act(core_, caller, room, LeaveStage{caller}, once, std::move(done));
}

void StageUseCases::remove(const Caller& caller, const RoomId& room, const UserId& user, const MaybeIdempotency& once,
                           Done<StageView> done) {
  act(core_, caller, room, RemoveFromStage{caller, user}, once, std::move(done));
}

}  // namespace costage::app
