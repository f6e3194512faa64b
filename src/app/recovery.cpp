#include "app/recovery.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace costage::app {
namespace {

using namespace domain;

constexpr std::size_t kRoomsPerStep = 64;

using Recovered = std::function<void(bool ok)>;
using RoomIds = std::vector<RoomId>;

struct Step {
  RoomIds rooms;
  std::size_t open = 0;  // not recovered yet
  bool ok = true;
};

void recover_after(UnitOfWork& work, const Command& command, const RoomId& after, const Recovered& done);

void one_done(UnitOfWork& work, const Command& command, Step& step, const Recovered& done, Commit commit) {
  step.ok = step.ok && commit != Commit::failed;
  if (--step.open > 0) return;
  if (!step.ok) return done(false);
  recover_after(work, command, step.rooms.back(), done);
}

void recover_after(UnitOfWork& work, const Command& command, const RoomId& after, const Recovered& done) {
  const auto find = [after](Transaction& tx) -> domain::Answer<RoomIds> {
    return tx.rooms().open_after(after, kRoomsPerStep);
  };
  work.read<RoomIds>(find, [&work, command, done](domain::Answer<RoomIds> rooms) {
    if (!rooms) return done(false);
    if (rooms->empty()) return done(true);
    auto step = std::make_shared<Step>(Step{std::move(*rooms)});
    step->open = step->rooms.size();
    for (const RoomId& room : step->rooms)
      work.command(room, command,
                   [&work, command, step, done](Commit commit) { one_done(work, command, *step, done, commit); });
  });
}

}  // namespace

void recover_rooms(UnitOfWork& work, const Command& command, std::function<void(bool)> done) {
  recover_after(work, command, RoomId{}, done);
}

}  // namespace costage::app
