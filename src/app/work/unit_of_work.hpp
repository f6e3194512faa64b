// How use cases read and write: a unit of work loads a room, decides, saves what was decided and remembers what it
// made, all in one transaction. Who lost a race against another writer decides again.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "app/work/committed.hpp"
#include "base/clock.hpp"
#include "domain/chat/commands.hpp"
#include "domain/command.hpp"
#include "domain/roles.hpp"

namespace costage::app {

// How a room is found, and in which lane of the storage: writes of one room do not wait for each other's locks there.
struct Load {
  Load() = default;
  template <class F>
  Load(F find) : find(std::move(find)) {}
  template <class F>
  Load(std::string its_lane, F find) : lane(std::move(its_lane)), find(std::move(find)) {}
  domain::Answer<domain::RoomState> operator()(Transaction& tx) const { return find(tx); }

  std::string lane;
  std::function<domain::Answer<domain::RoomState>(Transaction&)> find;
};
using Decide = std::function<domain::Answer<domain::Events>(Transaction&, const domain::RoomState&)>;

template <class T>
struct Write {
  Caller caller;
  MaybeIdempotency once;
  Load load;
  Decide decide;
  // What is remembered under the Idempotency-Key.
  std::function<Made(const domain::RoomState& after, const domain::Events&)> made;
  // From the room as it is then: also for who asks again with the same key.
  std::function<domain::Answer<T>(Transaction&, const domain::RoomState&, const Made&)> answer;
};

// What was decided about a chat, and what of it is remembered under the Idempotency-Key.
struct ChatDecided {
  domain::ChatEvents events;
  Made made;
};
template <class T>
struct ChatWrite {
  Caller caller;
  MaybeIdempotency once;
  domain::RoomId room;
  std::function<domain::Answer<ChatDecided>(Transaction&, const domain::ChatFacts&)> decide;
  std::function<domain::Answer<T>(Transaction&, const Made&)> answer;
};

// A write that changes nothing in any room.
template <class T>
struct Note {
  Caller caller;
  MaybeIdempotency once;
  Made made;
  T answer;
  // Nothing, or why not.
  std::function<std::optional<Refusal>(Transaction&)> change;
};

Load load_room(const domain::RoomId& room);
Load load_room_of(const domain::InvitationId& invitation);
// The chat of a room, and what that room knows of the user.
domain::Answer<domain::ChatFacts> load_chat(Transaction& tx, const domain::RoomId& room, const domain::UserId& user);
// The room, if the caller may do this there.
domain::Answer<domain::Room> find_room(Transaction& tx, const domain::RoomId& room, const Caller& caller,
                                       domain::Action action);
// What was made under this key before, idempotency_conflict, or nothing.
std::optional<domain::Answer<Made>> made_before(Transaction& tx, const domain::UserId& user,
                                                const MaybeIdempotency& once, WallTime now);
// What to say where storage did not do it.
domain::Code code_for(Commit commit);

class UnitOfWork {
 public:
  static constexpr int kTries = 5;

  UnitOfWork(Storage& storage, const Clock& clock) : storage_(storage), clock_(clock) {}

  [[nodiscard]] WallTime now() const { return clock_.now(); }
  [[nodiscard]] Storage& storage() { return storage_; }
  void on_commit(CommitListener listener) { committed_ = std::move(listener); }
  void on_chat_commit(ChatListener listener) { chat_committed_ = std::move(listener); }

  template <class T>
  void write(Write<T> write, Done<T> done);
  template <class T>
  void write(ChatWrite<T> write, Done<T> done);
  template <class T>
  void note(Note<T> note, Done<T> done);
  // Nobody asked: time and the media server. `done` hears whether it was carried out; a refusal counts as that.
  void command(const domain::RoomId& room, const domain::Command& command, std::function<void(Commit)> done = {}) {
    command_if([](const domain::RoomState&) { return true; }, room, command, std::move(done));
  }
  // While that holds of the room as it is then.
  void command_if(std::function<bool(const domain::RoomState&)> holds, const domain::RoomId& room,
                  const domain::Command& command, std::function<void(Commit)> done);
  // `work` only reads.
  template <class T>
  void read(std::function<domain::Answer<T>(Transaction&)> work, Done<T> done) {
    read_by<T>([this](auto unit, auto answered) { return storage_.read(std::move(unit), std::move(answered)); },
               std::move(work), std::move(done));
  }
  // The same behind what was written in this lane, also where that is not answered yet.
  template <class T>
  void read_in(const std::string& lane, std::function<domain::Answer<T>(Transaction&)> work, Done<T> done) {
    read_by<T>([&](auto unit, auto answered) { return storage_.submit_in(lane, std::move(unit), std::move(answered)); },
               std::move(work), std::move(done));
  }

 private:
  // A room and a chat after what was decided about them; without an id when nothing was.
  struct Outcome {
    domain::RoomState after;
    domain::Events events;
    domain::Chat chat;
    domain::ChatEvents chat_events;
  };
  // True: something was written.
  using Attempt = std::function<bool(Transaction&, Outcome&)>;

  template <class T, class Submit>
  static void read_by(Submit submit, std::function<domain::Answer<T>(Transaction&)> work, Done<T> done);
  void run(const std::string& lane, std::shared_ptr<const Attempt> attempt, std::function<void(Commit)> done,
           int tries = kTries);
  static void decide(Transaction& tx, const Decide& decide, const domain::RoomState& before, Outcome& out,
                     std::optional<Refusal>& refusal);
  // The chat says who came on stage.
  static void add_chat_lines(Transaction& tx, Outcome& out);
  static void save_chat(Transaction& tx, const domain::Chat& before, domain::ChatEvents events, Outcome& out);
  void tell(const Outcome& outcome);

  Storage& storage_;
  const Clock& clock_;
  CommitListener committed_ = [](const Committed&) {};
  ChatListener chat_committed_ = [](const ChatCommitted&) {};
};

template <class T>
void UnitOfWork::write(Write<T> write, Done<T> done) {
  auto answer = std::make_shared<domain::Answer<T>>(domain::refuse(domain::Code::unavailable));
  const std::string lane = write.load.lane;
  const auto attempt = [write = std::move(write), at = now(), answer](Transaction& tx, Outcome& out) {
    const auto answered = [&](const domain::RoomState& state, const Made& made) {
      *answer = write.answer(tx, state, made);
    };
    // First: whoever writes there at the same moment is waited for, and what they made is found then.
    const auto state = write.load(tx);
    if (const auto before = made_before(tx, write.caller.user, write.once, at)) {
      if (!*before) return *answer = domain::refuse(before->error()), false;
      const auto made_in = load_room((*before)->room)(tx);
      if (!made_in) return *answer = domain::refuse(made_in.error()), false;
      answered(*made_in, **before);
      return false;
    }
    if (!state) return *answer = domain::refuse(state.error()), false;
    std::optional<Refusal> refusal;
    decide(tx, write.decide, *state, out, refusal);
    if (refusal) return *answer = domain::refuse(std::move(*refusal)), false;
    const Made made = write.made(out.after, out.events);
    if (write.once) tx.answers().put({write.caller.user, write.once->key, write.once->request, at, made});
    answered(out.after, made);
    return !out.events.empty() || write.once.has_value();
  };
  run(lane, std::make_shared<const Attempt>(attempt), [answer, done = std::move(done)](Commit commit) {
    done(commit == Commit::done ? std::move(*answer) : domain::refuse(code_for(commit)));
  });
}

template <class T>
void UnitOfWork::write(ChatWrite<T> write, Done<T> done) {
  auto answer = std::make_shared<domain::Answer<T>>(domain::refuse(domain::Code::unavailable));
  const std::string lane = write.room.value();
  const auto attempt = [write = std::move(write), at = now(), answer](Transaction& tx, Outcome& out) {
    const auto facts = load_chat(tx, write.room, write.caller.user);
    if (const auto before = made_before(tx, write.caller.user, write.once, at)) {
      *answer = *before ? write.answer(tx, **before) : domain::refuse(before->error());
      return false;
    }
    if (!facts) return *answer = domain::refuse(facts.error()), false;
    auto decided = write.decide(tx, *facts);
    if (!decided) return *answer = domain::refuse(decided.error()), false;
    if (write.once) tx.answers().put({write.caller.user, write.once->key, write.once->request, at, decided->made});
    save_chat(tx, facts->chat, std::move(decided->events), out);
    *answer = write.answer(tx, decided->made);
    return !out.chat_events.empty() || write.once.has_value();
  };
  run(lane, std::make_shared<const Attempt>(attempt), [answer, done = std::move(done)](Commit commit) {
    done(commit == Commit::done ? std::move(*answer) : domain::refuse(code_for(commit)));
  });
}

template <class T>
void UnitOfWork::note(Note<T> note, Done<T> done) {
  auto answer = std::make_shared<domain::Answer<T>>(note.answer);
  const std::string lane = note.caller.user.value();
  const auto attempt = [note = std::move(note), at = now(), answer](Transaction& tx, Outcome&) {
    if (const auto before = made_before(tx, note.caller.user, note.once, at)) {
      if (!*before) *answer = domain::refuse(before->error());
      return false;
    }
    if (auto refusal = note.change(tx)) return *answer = domain::refuse(std::move(*refusal)), false;
    if (note.once) tx.answers().put({note.caller.user, note.once->key, note.once->request, at, note.made});
    return true;
  };
  run(lane, std::make_shared<const Attempt>(attempt), [answer, done = std::move(done)](Commit commit) {
    done(commit == Commit::done ? std::move(*answer) : domain::refuse(code_for(commit)));
  });
}

template <class T, class Submit>
void UnitOfWork::read_by(Submit submit, std::function<domain::Answer<T>(Transaction&)> work, Done<T> done) {
  auto answer = std::make_shared<domain::Answer<T>>(domain::refuse(domain::Code::unavailable));
  auto shared_done = std::make_shared<Done<T>>(std::move(done));
  const bool taken = submit(
      [work = std::move(work), answer](Transaction& tx) {
        *answer = work(tx);
        return false;
      },
      [answer, shared_done](Commit commit) {
        (*shared_done)(commit == Commit::done ? std::move(*answer) : domain::refuse(code_for(commit)));
      });
  if (!taken) (*shared_done)(domain::refuse(domain::Code::unavailable));
}

}  // namespace costage::app
