#include "app/core.hpp"

#include <algorithm>
#include <memory>

#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

// What a unit of work leaves for its completion on the control loop.
struct Outcome {
  Answer<StoredAnswer> answer = refuse(Code::unavailable);
  RoomState state;
  Events events;
};

// Tokens die in the transaction that ends the right to them, so that a crash in between brings none of them back.
std::optional<Revocation> revocation_of(const RoomState& state, const Event& event) {
  const std::string& room = state.room.id.value();
  if (event.type == EventType::room_ended) return Revocation{room, {}, event.at};
  if (event.type != EventType::stage_left) return {};
  return Revocation{room, std::get<StageChange>(event.data).seat.user.value(), event.at};
}

void save(Transaction& tx, const RoomState& state, const Events& events) {
  tx.save_room(state, events);
  for (const Event& event : events)
    if (const auto revocation = revocation_of(state, event)) tx.put_revocation(*revocation);
}

// True: something was written.
bool carry_out_write(Transaction& tx, const Write& write, WallTime now, Outcome& out) {
  if (auto earlier = earlier_answer(tx, write.caller.user, write.once, now)) {
    out.answer = std::move(*earlier);
    return false;
  }
  const auto before = write.load(tx);
  auto events = before ? write.decide(tx, *before) : refuse(before.error());
  if (!events) {
    out.answer = refuse(events.error());
    return false;
  }
  out.state = replay(*before, *events);
  out.events = std::move(*events);
  if (!out.events.empty()) save(tx, out.state, out.events);
  out.answer = write.answer(out.state, out.events);
  if (write.once) tx.put_answer({write.caller.user, write.once->key, write.once->request, now, *out.answer});
  return !out.events.empty() || write.once;
}

}  // namespace

Load load_room(const RoomId& room) {
  return [room](Transaction& tx) -> Answer<RoomState> {
    if (auto state = tx.load_room(room)) return std::move(*state);
    return refuse(Code::room_not_found);
  };
}

domain::Answer<Room> find_room(Transaction& tx, const RoomId& room, const Caller& caller, Action action) {
  auto found = tx.find_room(room);
  if (!found) return refuse(Code::room_not_found);
  if (!permitted(*found, caller, action)) return refuse(Code::not_permitted);
  return std::move(*found);
}

Load load_room_of(const InvitationId& invitation) {
  return [invitation](Transaction& tx) -> Answer<RoomState> {
    const auto found = tx.find_invitation(invitation);
    if (!found) return refuse(Code::invitation_not_found);
    return load_room(found->room)(tx);
  };
}

std::string media_metadata(const Seat* seat) {
  if (seat == nullptr) return R"({"role":"viewer"})";
  return R"({"role":")" + std::string(name(seat->role)) + R"(","leaseId":")" + seat->lease.value() + R"(","epoch":)" +
         std::to_string(seat->epoch) + "}";
}

std::optional<Answer<StoredAnswer>> earlier_answer(Transaction& tx, const UserId& user, const MaybeIdempotency& once,
                                                   WallTime now) {
  if (!once) return {};
  const auto record = tx.find_answer(user, once->key);
  if (!record || record->at + limits::kIdempotencyKept <= now) return {};
  if (record->request != once->request) return refuse(Code::idempotency_conflict);
  return record->answer;
}

void Core::write(Write write, Done<StoredAnswer> done) {
  auto outcome = std::make_shared<Outcome>();
  auto shared_done = std::make_shared<Done<StoredAnswer>>(std::move(done));
  const bool taken = storage.submit([outcome, write = std::move(write),
                                     at = now()](Transaction& tx) { return carry_out_write(tx, write, at, *outcome); },
                                    [this, outcome, shared_done](Commit commit) {
                                      if (commit != Commit::done) return (*shared_done)(refusal_for(commit));
                                      publish(outcome->state, outcome->events);
                                      (*shared_done)(std::move(outcome->answer));
                                    });
  if (!taken) (*shared_done)(refuse(Code::unavailable));
}

void Core::write_quietly(const RoomId& room, const Command& command) {
  const auto decision = [command, at = now()](Transaction&, const RoomState& state) {
    return decide(state, command, at);
  };
  const auto answer = [](const RoomState& state, const Events&) -> StoredAnswer { return state.room; };
  write({load_room(room), {}, {}, decision, answer}, [](const domain::Answer<StoredAnswer>&) {});
}

void Core::publish(const RoomState& state, const Events& events) {
  if (state.room.id.value().empty()) return;
  keep_in_mind(state);
  for (const CommitListener& listener : listeners) listener({events, state});
  for (const Event& event : events) carry_out(state, event);
  // Who stands on stage is no watcher.
  const auto moves_somebody = [](const Event& event) {
    return event.type == EventType::stage_prepared || event.type == EventType::stage_left;
  };
  if (std::ranges::any_of(events, moves_somebody)) presence_changed(state.room.id);
  wake_changed();
}

void Core::keep_in_mind(const RoomState& state) {
  const RoomId& room = state.room.id;
  set_deadline(room, next_deadline(state));
  if (is_open(state.room.status)) {
    open_[room].host = state.room.host;
    open_[room].stage = state.stage;
    open_[room].guests_may_watch = state.room.policies.guests_may_watch;
  } else {
    open_.erase(room);
  }
}

void Core::set_deadline(const RoomId& room, std::optional<WallTime> deadline) {
  Known& known = open_[room];
  if (known.deadline) deadlines_.erase({*known.deadline, room});
  known.deadline = deadline;
  if (deadline) deadlines_.insert({*deadline, room});
}

// Rights at the media server end with the lease (D13).
void Core::carry_out(const RoomState& state, const Event& event) {
  const std::string& room = state.room.id.value();
  if (event.type == EventType::room_ended) media.close_room(room);
  if (event.type != EventType::stage_left) return;
  const UserId& user = std::get<StageChange>(event.data).seat.user;
  media.remove(room, user.value());
}

void Core::presence_changed(const RoomId& room) {
  for (const auto& listener : presence_listeners) listener(room);
}

void Core::on_time() {
  const WallTime at = now();
  while (!deadlines_.empty() && deadlines_.begin()->first <= at) {
    const RoomId room = deadlines_.begin()->second;
    // Set again after the commit; a lost unit of work is tried again.
    set_deadline(room, at + kRetry);
    write_quietly(room, TimePassed{});
  }
  for (const RoomId& room : presence.expire(at)) presence_changed(room);
  forget_old_answers(at);
}

void Core::forget_old_answers(WallTime at) {
  if (forget_answers_at_ && at < *forget_answers_at_) return;
  forget_answers_at_ = at + kForgetAnswersEvery;
  // A full queue: the next turn comes soon enough.
  (void)storage.submit(
      [at](Transaction& tx) {
        tx.forget_answers_before(at - limits::kIdempotencyKept);
        tx.forget_revocations_before(at - limits::kRevocationsKept);
        return true;
      },
      [](Commit) {});
}

std::optional<WallTime> Core::next_wake() const {
  std::optional<WallTime> earliest = forget_answers_at_;
  const auto consider = [&](WallTime time) { earliest = std::min(earliest.value_or(time), time); };
  if (!deadlines_.empty()) consider(deadlines_.begin()->first);
  if (const auto silence = presence.next_expiry()) consider(*silence);
  return earliest;
}

const Stage* Core::stage_of(const RoomId& room) const {
  const auto at = open_.find(room);
  return at == open_.end() ? nullptr : &at->second.stage;
}

bool Core::admits_guests(const RoomId& room) const {
  const auto at = open_.find(room);
  return at != open_.end() && at->second.guests_may_watch;
}

std::size_t Core::watching(const RoomId& room) const {
  const auto known = open_.find(room);
  const auto watches = [&](const Present& present) {
    return known == open_.end() || (present.user != known->second.host && !known->second.stage.find(present.user));
  };
  return static_cast<std::size_t>(std::ranges::count_if(presence.watchers(room), watches));
}

bool Core::may_publish(const std::string& room, const std::string& identity, const std::string& lease_id) const {
  const Stage* stage = stage_of(RoomId{room});
  if (stage == nullptr) return lease_id.empty();  // a room that is over, or none of ours
  return domain::lease_is_alive(*stage, UserId{identity}, LeaseId{lease_id});
}

}  // namespace costage::app
