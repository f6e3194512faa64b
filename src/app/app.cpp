#include "app/app.hpp"

#include <utility>

#include "app/core.hpp"
#include "app/media_events.hpp"

namespace costage::app {
namespace {

using namespace domain;

constexpr std::size_t kRoomsPerStep = 64;

struct Recovered {
  RoomState state;
  Events events;
};

// The media server starts with us: whoever was connected is not any more, and rooms that were live wait for their host.
std::vector<Recovered> recover_some(Transaction& tx, const RoomId& after, WallTime now) {
  std::vector<Recovered> out;
  for (const RoomId& room : tx.open_rooms(after, kRoomsPerStep)) {
    const RoomState before = *tx.load_room(room);
    const Events events = *decide(before, MediaLost{}, now);
    out.push_back({replay(before, events), events});
    if (!events.empty()) tx.save_room(out.back().state, events);
  }
  return out;
}

void recover(Core& core, const RoomId& after, std::function<void(bool)> done) {
  auto rooms = std::make_shared<std::vector<Recovered>>();
  auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
  const bool taken = core.storage.submit(
      [rooms, after, at = core.now()](Transaction& tx) {
        *rooms = recover_some(tx, after, at);
        return true;
      },
      [&core, rooms, shared_done](Commit commit) {
        if (commit == Commit::failed) return (*shared_done)(false);
        for (const Recovered& room : *rooms) core.publish(room.state, room.events);
        if (rooms->size() < kRoomsPerStep) return (*shared_done)(true);
        recover(core, rooms->back().state.room.id, std::move(*shared_done));
      });
  if (!taken) (*shared_done)(false);
}

}  // namespace

struct App::Parts {
  Parts(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng) : core(storage, media, clock, rng) {}

  Core core;
  Rooms rooms{core};
  Invitations invitations{core};
  StageUseCases stage{core};
  Watching watching{core};
  History history{core};
  Users users{core};
  Revocations revocations{core};
};

App::App(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng)
    : parts_(std::make_unique<Parts>(storage, media, clock, rng)) {}
App::~App() = default;

Rooms& App::rooms() { return parts_->rooms; }
Invitations& App::invitations() { return parts_->invitations; }
StageUseCases& App::stage() { return parts_->stage; }
Watching& App::watching() { return parts_->watching; }
History& App::history() { return parts_->history; }
Users& App::users() { return parts_->users; }
Revocations& App::revocations() { return parts_->revocations; }
const TokenGate& App::gate() const { return parts_->core; }

void App::on_media(const MediaEvent& event) {
  const auto command = command_for(event);
  if (!command) return;
  // Viewers come and go without touching storage. A seat is known here before its token is given out.
  const Stage* stage = parts_->core.stage_of(command->room);
  if (stage != nullptr && stage->find(command->user) != nullptr)
    parts_->core.write_quietly(command->room, command->command);
}

void App::subscribe(CommitListener listener) { parts_->core.listeners.push_back(std::move(listener)); }
void App::start(std::function<void(bool)> done) { recover(parts_->core, RoomId{}, std::move(done)); }
void App::on_time() { parts_->core.on_time(); }
std::optional<WallTime> App::next_wake() const { return parts_->core.next_wake(); }
void App::on_wake_changed(std::function<void()> listener) { parts_->core.wake_changed = std::move(listener); }

}  // namespace costage::app
