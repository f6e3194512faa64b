#include "app/app.hpp"

#include <utility>

#include "app/core.hpp"
#include "app/media_events.hpp"

namespace costage::app {
namespace {

using namespace domain;

constexpr std::size_t kRoomsPerStep = 64;

using Recovered = std::function<void(bool ok)>;

struct Step {
  std::vector<RoomId> rooms;
  std::size_t open = 0;  // not recovered yet
  bool ok = true;
};

void recover_after(Core& core, const RoomId& after, Recovered done);

void one_done(Core& core, Step& step, const Recovered& done, bool ok) {
  step.ok = step.ok && ok;
  if (--step.open > 0) return;
  if (!step.ok) return done(false);
  recover_after(core, step.rooms.back(), done);
}

// The media server starts with us: whoever was connected is not any more, and rooms that were live wait for their host.
// A room whose record is damaged stays closed; the others are recovered.
void recover_room(Core& core, const RoomId& room, std::function<void(bool)> done) {
  struct Room {
    RoomState state;
    Events events;
  };
  auto found = std::make_shared<Room>();
  auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
  const bool taken = core.storage.submit(
      [found, room, at = core.now()](Transaction& tx) {
        const RoomState before = *tx.load_room(room);
        found->events = *decide(before, MediaLost{}, at);
        found->state = replay(before, found->events);
        if (!found->events.empty()) tx.save_room(found->state, found->events);
        return !found->events.empty();
      },
      [&core, found, shared_done](Commit commit) {
        if (commit == Commit::done) core.publish(found->state, found->events);
        (*shared_done)(commit != Commit::failed);
      });
  if (!taken) (*shared_done)(false);
}

void recover_after(Core& core, const RoomId& after, Recovered done) {
  auto step = std::make_shared<Step>();
  auto shared_done = std::make_shared<Recovered>(std::move(done));
  const bool taken = core.storage.submit(
      [step, after](Transaction& tx) {
        step->rooms = tx.open_rooms(after, kRoomsPerStep);
        return false;
      },
      [&core, step, shared_done](Commit commit) {
        if (commit != Commit::done) return (*shared_done)(false);
        if (step->rooms.empty()) return (*shared_done)(true);
        step->open = step->rooms.size();
        for (const RoomId& room : step->rooms)
          recover_room(core, room, [&core, step, shared_done](bool ok) { one_done(core, *step, *shared_done, ok); });
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
void App::start(std::function<void(bool)> done) { recover_after(parts_->core, RoomId{}, std::move(done)); }
std::optional<std::string> App::storage_trouble() const { return parts_->core.storage.trouble(); }
void App::on_time() { parts_->core.on_time(); }
std::optional<WallTime> App::next_wake() const { return parts_->core.next_wake(); }
void App::on_wake_changed(std::function<void()> listener) { parts_->core.wake_changed = std::move(listener); }

}  // namespace costage::app
