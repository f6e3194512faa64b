// What the use cases share: how a write is carried out, and the rooms this node keeps in mind. Private to src/app.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/committed.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/media_server.hpp"
#include "app/ports/store.hpp"
#include "app/presence.hpp"
#include "app/request.hpp"
#include "base/rng.hpp"
#include "domain/decide.hpp"
#include "domain/roles.hpp"

namespace costage::app {

using Load = std::function<domain::Answer<domain::RoomState>(Transaction&)>;
using Decide = std::function<domain::Answer<domain::Events>(Transaction&, const domain::RoomState&)>;
using MakeAnswer = std::function<StoredAnswer(const domain::RoomState& after, const domain::Events&)>;

// A unit of work on one room: load it, decide, save what was decided, remember the answer.
struct Write {
  Load load;
  Caller caller;
  MaybeIdempotency once;
  Decide decide;
  MakeAnswer answer;
};

Load load_room(const domain::RoomId& room);
// The room, if the caller may do this there.
domain::Answer<domain::Room> find_room(Transaction& tx, const domain::RoomId& room, const Caller& caller,
                                       domain::Action action);
Load load_room_of(const domain::InvitationId& invitation);
// The participant's metadata at the media server; without a seat: a viewer's.
std::string media_metadata(const domain::Seat* seat);
// What to say where storage did not do it.
[[nodiscard]] inline auto refusal_for(Commit commit) {
  return domain::refuse(commit == Commit::damaged ? domain::Code::record_damaged : domain::Code::unavailable);
}
// What was answered under this key before, idempotency_conflict, or nothing.
std::optional<domain::Answer<StoredAnswer>> earlier_answer(Transaction& tx, const domain::UserId& user,
                                                           const MaybeIdempotency& once, WallTime now);

class Core final : public TokenGate {
 public:
  Core(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng)
      : storage(storage), media(media), clock(clock), rng(rng) {}

  void write(Write write, Done<StoredAnswer> done);
  // Nobody asked and nobody is answered: time and the media server.
  void write_quietly(const domain::RoomId& room, const domain::Command& command);

  // `work` runs on the storage worker and only reads.
  template <class T>
  void read(std::function<domain::Answer<T>(Transaction&)> work, Done<T> done);

  [[nodiscard]] std::string new_id(const char* prefix) { return prefix + rng.text(kIdLength); }
  [[nodiscard]] WallTime now() const { return clock.now(); }

  // After a commit, on the control loop.
  void publish(const domain::RoomState& state, const domain::Events& events);
  void presence_changed(const domain::RoomId& room);
  // Sends TimePassed to rooms whose deadline has come, ends silent presence, forgets old idempotency keys.
  void on_time();
  [[nodiscard]] std::optional<WallTime> next_wake() const;

  [[nodiscard]] const domain::Stage* stage_of(const domain::RoomId& room) const;
  // True only of a room that is open.
  [[nodiscard]] bool admits_guests(const domain::RoomId& room) const;
  [[nodiscard]] std::size_t watching(const domain::RoomId& room) const;
  [[nodiscard]] bool may_publish(const std::string& room, const std::string& identity,
                                 const std::string& lease_id) const override;

  Storage& storage;
  MediaServer& media;
  const Clock& clock;
  Rng& rng;
  Presence presence;
  std::vector<CommitListener> listeners;
  std::vector<std::function<void(const domain::RoomId&)>> presence_listeners;
  std::function<void()> wake_changed = [] {};

 private:
  static constexpr std::size_t kIdLength = 16;  // 57^16, about 93 bits
  static constexpr std::chrono::seconds kRetry{5};
  static constexpr std::chrono::minutes kForgetAnswersEvery{10};

  // A room that is not over: about 2 kB with a full stage.
  struct Known {
    domain::UserId host;
    domain::Stage stage;
    bool guests_may_watch = false;
    std::optional<WallTime> deadline;
  };

  void keep_in_mind(const domain::RoomState& state);
  void forget_old_answers(WallTime at);
  void set_deadline(const domain::RoomId& room, std::optional<WallTime> deadline);
  void carry_out(const domain::RoomState& state, const domain::Event& event);

  std::map<domain::RoomId, Known> open_;
  std::set<std::pair<WallTime, domain::RoomId>> deadlines_;
  std::optional<WallTime> forget_answers_at_;
};

template <class T>
void Core::read(std::function<domain::Answer<T>(Transaction&)> work, Done<T> done) {
  auto answer = std::make_shared<domain::Answer<T>>(domain::refuse(domain::Code::unavailable));
  auto shared_done = std::make_shared<Done<T>>(std::move(done));
  const bool taken = storage.submit(
      [answer, work = std::move(work)](Transaction& tx) {
        *answer = work(tx);
        return false;
      },
      [answer, shared_done](Commit commit) {
        (*shared_done)(commit == Commit::done ? std::move(*answer) : refusal_for(commit));
      });
  if (!taken) (*shared_done)(domain::refuse(domain::Code::unavailable));
}

// Turns the answer that was stored back into what the use case promised.
template <class Stored, class T, class Convert>
Done<StoredAnswer> answering(Done<T> done, Convert convert) {
  return [done = std::move(done), convert = std::move(convert)](domain::Answer<StoredAnswer> answer) {
    if (!answer) return done(domain::refuse(answer.error()));
    const auto* stored = std::get_if<Stored>(&*answer);
    // The key belongs to another kind of request.
    if (stored == nullptr) return done(domain::refuse(domain::Code::idempotency_conflict));
    done(convert(*stored));
  };
}

}  // namespace costage::app
