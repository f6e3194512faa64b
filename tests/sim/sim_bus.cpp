#include "sim_bus.hpp"

namespace costage::sim {

using namespace std::chrono_literals;

namespace {

constexpr unsigned kLost = 100, kDoubled = 50, kLate = 50;  // in a thousand

}  // namespace

void BusHub::spread(const SimBus& from, const std::string& subject, const std::string& bytes) {
  if (world_.planted(Plant::deaf)) return;
  for (SimBus* to : all_) {
    if (to == &from || world_.trouble(kLost)) continue;
    for (int copies = world_.trouble(kDoubled) ? 2 : 1; copies > 0; --copies)
      to->deliver(world_.trouble(kLate) ? world_.between(100ms, 5s) : world_.between(1ms, 20ms), subject, bytes);
  }
}

void SimBus::deliver(milliseconds delay, const std::string& subject, const std::string& bytes) {
  process_.post(delay, [this, subject, bytes] {
    if (!connected_) return;
    for (const auto& heard : heard_[subject]) heard(bytes);
  });
}

void SimBus::mend() {
  process_.post(0ms, [this] {
    if (std::exchange(connected_, true)) return;
    for (const auto& f : on_connected_) f();
  });
}

}  // namespace costage::sim
