// One life of a program: what it was to do dies with it, and while it is paused everything waits.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "world.hpp"

namespace costage::sim {

class Process : public std::enable_shared_from_this<Process> {
 public:
  Process(World& world, std::function<void()> after_turn) : world_(world), after_turn_(std::move(after_turn)) {}

  void post(milliseconds delay, std::function<void()> act) {
    world_.after(delay, [self = shared_from_this(), act = std::move(act)] { self->run(act); });
  }
  void pause() { paused_since_ = world_.now(); }
  // All that came meanwhile happens at once.
  void resume() {
    if (!paused_since_ || !alive_) return;
    paused_for_ += world_.now() - *paused_since_;
    paused_since_.reset();
    for (const auto& act : std::exchange(held_, {})) run(act);
  }
  void end() {
    alive_ = false;
    held_.clear();
  }
  [[nodiscard]] bool is_alive() const { return alive_; }
  [[nodiscard]] bool has_crashed() const { return crashed_; }
  [[nodiscard]] bool is_paused() const { return paused_since_.has_value(); }
  // How long it could do something since its begin.
  [[nodiscard]] milliseconds awake() const {
    const auto pause = paused_since_ ? world_.now() - *paused_since_ : milliseconds{0};
    return world_.now() - begun_ - paused_for_ - pause;
  }

 private:
  void run(const std::function<void()>& act) {
    if (!alive_) return;
    if (paused_since_) return held_.push_back(act);
    try {
      act();
      if (alive_) after_turn_();
    } catch (const std::exception& error) {
      crashed_ = true;
      alive_ = false;
      world_.broken(Invariant::lives, std::string("a node ended by an exception: ") + error.what());
    }
  }

  World& world_;
  std::function<void()> after_turn_;
  WallTime begun_ = world_.now();
  bool alive_ = true, crashed_ = false;
  std::optional<WallTime> paused_since_;
  milliseconds paused_for_{0};
  std::vector<std::function<void()>> held_;
};

}  // namespace costage::sim
