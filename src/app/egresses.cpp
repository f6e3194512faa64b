#include "app/egresses.hpp"

#include <algorithm>

#include "app/context.hpp"
#include "domain/egress/decide.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

// What a room says before the media server is asked.
struct EgressUseCases::Facts {
  RoomId room;
  std::string region;
  Layout layout{};
  std::optional<Egress> known;  // what the same request made before, or what is to be stopped
};

namespace {

// Or it would seem to go on for ever, and stand in the way of another.
Egress given_up(Egress egress) {
  egress.state = EgressState::failed;
  egress.error = "The egress service that did this does not answer any more.";
  return egress;
}

}  // namespace

bool EgressUseCases::offered(const std::string& region) const {
  EgressServer* server = in_.media.egress();
  return server != nullptr && server->has_egress(region);
}

void EgressUseCases::list(const Caller& caller, const RoomId& room, Done<std::vector<Egress>> done) {
  in_.work.read<std::vector<Egress>>(
      [caller, room](Transaction& tx) -> domain::Answer<std::vector<Egress>> {
        auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::manage_egress)) return refuse(denied(*state, caller));
        std::ranges::reverse(state->egresses.all);
        return std::move(state->egresses.all);
      },
      std::move(done));
}

void EgressUseCases::start(const Caller& caller, const RoomId& room, EgressPlan plan, const MaybeIdempotency& once,
                           Done<Egress> done) {
  const auto look = [caller, room, plan, once, at = in_.work.now()](Transaction& tx) -> domain::Answer<Facts> {
    const auto state = load_room(room)(tx);
    if (!state) return refuse(state.error());
    Facts facts{state->room.id, state->room.media_region, state->scene.layout, {}};
    if (const auto before = made_before(tx, caller.user, once, at)) {
      if (!*before) return refuse(before->error());
      if (const Egress* known = state->egresses.find(EgressId{(*before)->id})) facts.known = *known;
      return facts;
    }
    if (auto refusal = why_not_start(*state, caller, plan)) return refuse(std::move(*refusal));
    return facts;
  };
  in_.work.read<Facts>(look, [this, caller, plan, once, done = std::move(done)](const domain::Answer<Facts>& facts) {
    if (!facts) return done(refuse(facts.error()));
    if (facts->known) return done(*facts->known);
    ask_to_start(caller, *facts, plan, once, done);
  });
}

void EgressUseCases::ask_to_start(const Caller& caller, const Facts& facts, const EgressPlan& plan,
                                  const MaybeIdempotency& once, Done<Egress> done) {
  if (!offered(facts.region)) return done(refuse(Code::egress_unavailable));
  const Slot slot{facts.room, plan.kind};
  if (!starting_.insert(slot).second) return done(refuse(Code::egress_running));
  const auto free_and = [this, slot, done = std::move(done)](domain::Answer<Egress> answer) {
    starting_.erase(slot);
    done(std::move(answer));
  };
  in_.media.egress()->start_egress({facts.room, facts.region, plan, facts.layout},
                                   [this, caller, room = facts.room, once, free_and](domain::Answer<Egress> started) {
                                     if (!started) return free_and(std::move(started));
                                     write(caller, room, {std::move(*started), caller.user}, once, free_and);
                                   });
}

void EgressUseCases::stop(const Caller& caller, const RoomId& room, const EgressId& id, const MaybeIdempotency& once,
                          Done<Egress> done) {
  const auto look = [caller, room, id, once, at = in_.work.now()](Transaction& tx) -> domain::Answer<Facts> {
    const auto state = load_room(room)(tx);
    if (!state) return refuse(state.error());
    if (const auto before = made_before(tx, caller.user, once, at); before && !*before) return refuse(before->error());
    if (auto refusal = why_not_stop(*state, caller, id)) return refuse(std::move(*refusal));
    return Facts{state->room.id, state->room.media_region, {}, *state->egresses.find(id)};
  };
  in_.work.read<Facts>(look, [this, caller, once, done = std::move(done)](const domain::Answer<Facts>& facts) {
    if (!facts) return done(refuse(facts.error()));
    if (is_over(facts->known->state)) return done(*facts->known);
    ask_to_stop(caller, *facts, once, done);
  });
}

void EgressUseCases::ask_to_stop(const Caller& caller, const Facts& facts, const MaybeIdempotency& once,
                                 Done<Egress> done) {
  if (!offered(facts.region)) return done(refuse(Code::egress_unavailable));
  in_.media.egress()->stop_egress(
      facts.region, facts.known->id,
      [this, caller, room = facts.room, once, known = *facts.known, region = facts.region,
       done = std::move(done)](domain::Answer<std::optional<Egress>> stopped) {
        if (!stopped) return done(refuse(stopped.error()));
        if (!*stopped) given_up_.insert_or_assign(known.id, GivenUp{region, in_.work.now() + kStopAgain});
        write(caller, room, {*stopped ? std::move(**stopped) : given_up(known), {}}, once, done);
      });
}

void EgressUseCases::write(const Caller& caller, const RoomId& room, EgressReported reported,
                           const MaybeIdempotency& once, Done<Egress> done) {
  const EgressId id = reported.egress.id;
  const auto decision = [reported = std::move(reported), at = in_.work.now()](Transaction&, const RoomState& state) {
    return decide_egress(state, reported, at);
  };
  const auto made = [id](const RoomState& after, const Events&) { return Made{after.room.id, id.value()}; };
  const auto answer = [](Transaction&, const RoomState& state, const Made& made) -> domain::Answer<Egress> {
    if (const Egress* known = state.egresses.find(EgressId{made.id})) return *known;
    return refuse(Code::egress_not_found);
  };
  in_.work.write<Egress>({caller, once, load_room(room), decision, made, answer}, std::move(done));
}

// What is being started becomes known by the answer, with whose wish it was.
void EgressUseCases::on_report(const EgressReport& report) {
  stop_for_good(report);
  const auto known = written_.find(report.egress.id);
  if (known != written_.end() && known->second == report.egress) return;
  if (known == written_.end() && starting_.contains({report.room, report.egress.kind})) return;
  in_.work.command(report.room, EgressReported{report.egress, {}}, [this, egress = report.egress](Commit commit) {
    if (commit == Commit::failed || commit == Commit::lost_race) return;
    if (written_.size() >= kRemembered) written_.clear();
    written_.insert_or_assign(egress.id, egress);
  });
}

void EgressUseCases::stop_for_good(const EgressReport& report) {
  const auto at = given_up_.find(report.egress.id);
  if (at == given_up_.end()) return;
  if (is_over(report.egress.state)) {
    given_up_.erase(at);
    return;
  }
  if (in_.work.now() < at->second.next) return;
  at->second.next = in_.work.now() + kStopAgain;
  in_.media.egress()->stop_egress(at->second.region, at->first, [](const auto&) {});
}

}  // namespace costage::app
