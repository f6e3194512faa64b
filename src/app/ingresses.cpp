#include "app/ingresses.hpp"

#include <array>
#include <utility>

#include "app/context.hpp"
#include "app/followers/media_rights.hpp"
#include "app/stage.hpp"
#include "domain/names.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

namespace {

constexpr std::array<Named<IngressInput>, 2> kInputs{{{IngressInput::rtmp, "rtmp"}, {IngressInput::whip, "whip"}}};
constexpr std::array<Named<IngressState>, 4> kStates{{{IngressState::waiting, "waiting"},
                                                      {IngressState::buffering, "buffering"},
                                                      {IngressState::publishing, "publishing"},
                                                      {IngressState::failed, "failed"}}};

// The one that was asked for, or why not.
IngressFound found_or(Code none, Done<Ingress> done) {
  return [none, done = std::move(done)](domain::Answer<std::optional<Ingress>> found) {
    if (!found) return done(refuse(found.error()));
    if (!*found) return done(refuse(none));
    done(std::move(**found));
  };
}

}  // namespace

std::string_view name(IngressInput input) { return name_in(kInputs, input); }
std::string_view name(IngressState state) { return name_in(kStates, state); }
std::optional<IngressInput> ingress_input_from(std::string_view name) { return value_in(kInputs, name); }

bool Ingresses::offered(const std::string& region) const {
  IngressServer* server = in_.media.ingress();
  return server != nullptr && server->has_ingress(region);
}

void Ingresses::with_region(const Caller& caller, const RoomId& room, Done<std::string> done) {
  const auto look = [caller, room](Transaction& tx) -> domain::Answer<std::string> {
    const auto state = load_room(room)(tx);
    if (!state) return refuse(state.error());
    if (!permitted(*state, caller, Action::open_lease, Relation::own)) return refuse(denied(*state, caller));
    if (!is_open(state->room.status)) return refuse(Code::room_ended);
    return state->room.media_region;
  };
  in_.work.read<std::string>(look, [this, done = std::move(done)](domain::Answer<std::string> region) {
    if (region && !offered(*region)) return done(refuse(Code::ingress_unavailable));
    done(std::move(region));
  });
}

void Ingresses::find(const Caller& caller, const RoomId& room, Done<Ingress> done) {
  with_region(caller, room, [this, caller, room, done = std::move(done)](const domain::Answer<std::string>& region) {
    if (!region) return done(refuse(region.error()));
    in_.media.ingress()->find_ingress(room, *region, on_stage_as(caller.user), found_or(Code::ingress_not_found, done));
  });
}

void Ingresses::open(const Caller& caller, const RoomId& room, IngressInput input, const MaybeIdempotency& once,
                     Done<Ingress> done) {
  const auto open_for = [this, input, done](const domain::Answer<HeldSeat>& held) {
    if (!held) return done(refuse(held.error()));
    in_.media.ingress()->open_ingress(grant_for(held->room, held->region, held->seat), input,
                                      found_or(Code::unavailable, done));
  };
  with_region(caller, room, [this, caller, room, once, open_for, done](const domain::Answer<std::string>& region) {
    if (!region) return done(refuse(region.error()));
    stage_.take_seat(caller, room, {}, once, open_for);
  });
}

void Ingresses::close(const Caller& caller, const RoomId& room, std::function<void(std::optional<Refusal>)> done) {
  with_region(caller, room, [this, caller, room, done = std::move(done)](const domain::Answer<std::string>& region) {
    if (!region) return done(region.error());
    in_.media.ingress()->close_ingress(room, *region, on_stage_as(caller.user), [done](MediaOutcome outcome) {
      done(outcome == MediaOutcome::done ? std::nullopt : std::optional<Refusal>{Code::unavailable});
    });
  });
}

}  // namespace costage::app
