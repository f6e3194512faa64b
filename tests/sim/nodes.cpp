#include "nodes.hpp"

namespace costage::sim {

using namespace std::chrono_literals;

namespace {

constexpr milliseconds kTroubleAtLeast = 1s, kTroubleAtMost = 12s;  // between two of them
constexpr milliseconds kStartsAtLeast = 500ms, kStartsAtMost = 15s;
constexpr milliseconds kLookAfter = 1s;

}  // namespace

Nodes::Nodes(Installation& all, std::size_t count) : all_(all), world_(all.world), slots_(count) {
  for (std::size_t i = 0; i < count; ++i) start(i);
  look_after();
}

std::shared_ptr<Node> Nodes::any() {
  std::vector<std::shared_ptr<Node>> ready;
  for (const Slot& slot : slots_)
    if (slot.node && slot.node->is_ready()) ready.push_back(slot.node);
  return ready.empty() ? nullptr : world_.any(ready);
}

std::vector<std::shared_ptr<Node>> Nodes::living() const {
  std::vector<std::shared_ptr<Node>> out;
  for (const Slot& slot : slots_)
    if (slot.node && slot.node->is_ready()) out.push_back(slot.node);
  return out;
}

void Nodes::start(std::size_t slot) {
  Slot& at = slots_[slot];
  const std::string id = "node_" + std::to_string(slot) + "_" + std::to_string(++at.lives);
  at.node = std::make_shared<Node>(all_, id);
}

void Nodes::kill(std::size_t slot) {
  Slot& at = slots_[slot];
  if (!at.node) return;
  world_.note("kill " + at.node->id());
  at.node->end();
  at.node.reset();
  const auto back = world_.is_calm() ? kStartsAtLeast : world_.between(kStartsAtLeast, kStartsAtMost);
  world_.after(back, [this, slot] { start(slot); });
}

void Nodes::pause(std::size_t slot) {
  const auto node = slots_[slot].node;
  if (!node || node->process().is_paused()) return;
  world_.note("pause " + node->id());
  node->process().pause();
  world_.after(world_.between(500ms, 12s), [this, node] {
    if (node->process().is_paused()) world_.note("resume " + node->id());
    node->process().resume();
  });
}

void Nodes::cut(std::size_t slot) {
  const auto node = slots_[slot].node;
  if (!node) return;
  world_.note("cut the bus of " + node->id());
  node->bus().cut();
  world_.after(world_.between(1s, 20s), [node] { node->bus().mend(); });
}

void Nodes::trouble() {
  if (world_.is_calm()) return;
  const std::size_t slot = world_.rng().below(slots_.size());
  switch (world_.rng().below(8)) {
    case 0:
    case 1:
      kill(slot);
      break;
    case 2:
    case 3:
      pause(slot);
      break;
    case 4:
      cut(slot);
      break;
    case 5:
      world_.note("the database stalls");
      all_.database.stall(world_.between(500ms, 5s));
      break;
    case 6:
      world_.note("the database is away");
      all_.database.go_away(world_.between(1s, 30s));
      break;
    default:
      if (world_.chance(500)) all_.media.go_away(world_.between(1s, 15s));
      if (slots_[slot].node) slots_[slot].node->own_clock().step();
  }
  begin_trouble();
}

void Nodes::begin_trouble() {
  world_.after(world_.between(kTroubleAtLeast, kTroubleAtMost), [this] { trouble(); });
}

// What could not start is started again.
void Nodes::look_after() {
  for (std::size_t slot = 0; slot < slots_.size(); ++slot)
    if (slots_[slot].node && slots_[slot].node->gave_up()) kill(slot);
  world_.after(kLookAfter, [this] { look_after(); });
}

void Nodes::calm_down() {
  for (Slot& slot : slots_) {
    if (!slot.node) continue;
    slot.node->process().resume();
    slot.node->bus().mend();
  }
}

}  // namespace costage::sim
