#include "app/work/unit_of_work.hpp"

#include "app/revocations.hpp"
#include "domain/chat/decide.hpp"
#include "domain/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {

using namespace domain;

Load load_room(const RoomId& room) {
  return {room.value(), [room](Transaction& tx) -> domain::Answer<RoomState> {
            if (auto state = tx.rooms().load(room)) return std::move(*state);
            return refuse(Code::room_not_found);
          }};
}

Load load_room_of(const InvitationId& invitation) {
  return {invitation.value(), [invitation](Transaction& tx) -> domain::Answer<RoomState> {
            const auto found = tx.invitations().find(invitation);
            if (!found) return refuse(Code::invitation_not_found);
            return load_room(found->room)(tx);
          }};
}

domain::Answer<ChatFacts> load_chat(Transaction& tx, const RoomId& room, const UserId& user) {
  auto chat = tx.chats().find(room);  // waits for who writes there at this moment
  auto person = tx.rooms().person(room, user);
  if (!person || !chat) return refuse(Code::room_not_found);
  return ChatFacts{std::move(*chat), std::move(person->room), std::move(person->seat), std::move(person->standing)};
}

domain::Answer<Room> find_room(Transaction& tx, const RoomId& room, const Caller& caller, Action action) {
  auto state = load_room(room)(tx);
  if (!state) return refuse(state.error());
  if (!permitted(*state, caller, action)) return refuse(denied(*state, caller));
  return std::move(state->room);
}

std::optional<domain::Answer<Made>> made_before(Transaction& tx, const UserId& user, const MaybeIdempotency& once,
                                                WallTime now) {
  if (!once) return {};
  const auto record = tx.answers().find(user, once->key);
  if (!record || record->at + limits::kIdempotencyKept <= now) return {};
  if (record->request != once->request) return refuse(Code::idempotency_conflict);
  return record->made;
}

Code code_for(Commit commit) { return commit == Commit::damaged ? Code::record_damaged : Code::unavailable; }

void UnitOfWork::command_if(std::function<bool(const RoomState&)> holds, const RoomId& room, const Command& command,
                            std::function<void(Commit)> done) {
  const auto attempt = [holds = std::move(holds), room, command, at = now()](Transaction& tx, Outcome& out) {
    const auto before = load_room(room)(tx);
    if (!before) return false;
    const auto decision = [&](Transaction&, const RoomState& state) {
      return holds(state) ? domain::decide(state, command, at) : domain::Answer<Events>{Events{}};
    };
    std::optional<Refusal> refusal;
    decide(tx, decision, *before, out, refusal);
    return !out.events.empty();
  };
  run(room.value(), std::make_shared<const Attempt>(attempt), [done = std::move(done)](Commit commit) {
    if (done) done(commit);
  });
}

void UnitOfWork::run(const std::string& lane, std::shared_ptr<const Attempt> attempt, std::function<void(Commit)> done,
                     int tries) {
  auto outcome = std::make_shared<Outcome>();
  auto shared_done = std::make_shared<std::function<void(Commit)>>(std::move(done));
  const bool taken = storage_.submit_in(
      lane, [outcome, attempt](Transaction& tx) { return (*attempt)(tx, *outcome); },
      [this, lane, outcome, attempt, shared_done, tries](Commit commit) {
        if (commit == Commit::lost_race && tries > 1) return run(lane, attempt, std::move(*shared_done), tries - 1);
        if (commit == Commit::done) tell(*outcome);
        (*shared_done)(commit);
      });
  if (!taken) (*shared_done)(Commit::failed);
}

void UnitOfWork::decide(Transaction& tx, const Decide& decide, const RoomState& before, Outcome& out,
                        std::optional<Refusal>& refusal) {
  auto events = decide(tx, before);
  if (!events) {
    refusal = events.error();
    return;
  }
  out.after = replay(before, *events);
  out.events = std::move(*events);
  if (out.events.empty()) return;
  tx.rooms().save(before, out.after, out.events);
  for (const Event& event : out.events)
    if (const auto revocation = revocation_by(out.after, event)) tx.revocations().put(*revocation);
  add_chat_lines(tx, out);
}

void UnitOfWork::add_chat_lines(Transaction& tx, Outcome& out) {
  const Room& room = out.after.room;
  const auto lines = room.chat_enabled ? chat_lines(room.id, out.events) : std::vector<ChatLine>{};
  if (lines.empty()) return;
  const auto before = tx.chats().find(room.id);
  if (!before) return;
  Chat after = *before;
  ChatEvents events;
  for (const ChatLine& line : lines) {
    events.push_back(line_event(after, line, out.events.back().at));
    after = apply(std::move(after), events.back());
  }
  save_chat(tx, *before, std::move(events), out);
}

void UnitOfWork::save_chat(Transaction& tx, const Chat& before, ChatEvents events, Outcome& out) {
  if (events.empty()) return;
  out.chat = before;
  for (const ChatEvent& event : events) out.chat = apply(std::move(out.chat), event);
  out.chat_events = std::move(events);
  tx.chats().save(before, out.chat, out.chat_events);
}

void UnitOfWork::tell(const Outcome& outcome) {
  if (!outcome.after.room.id.value().empty()) committed_({outcome.events, outcome.after});
  if (!outcome.chat_events.empty()) chat_committed_({outcome.chat_events, outcome.chat});
}

}  // namespace costage::app
