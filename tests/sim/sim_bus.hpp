// What nodes say to each other: lost, doubled, late, in another order, and cut off for a while.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/ports/bus.hpp"
#include "process.hpp"

namespace costage::sim {

class SimBus;

class BusHub {
 public:
  explicit BusHub(World& world) : world_(world) {}
  void spread(const SimBus& from, const std::string& subject, const std::string& bytes);
  void join(SimBus& bus) { all_.push_back(&bus); }
  void leave(const SimBus& bus) { std::erase(all_, &bus); }

 private:
  World& world_;
  std::vector<SimBus*> all_;
};

class SimBus final : public app::Bus {
 public:
  SimBus(BusHub& hub, Process& process) : hub_(hub), process_(process) { hub_.join(*this); }
  ~SimBus() override { hub_.leave(*this); }
  SimBus(const SimBus&) = delete;
  SimBus& operator=(const SimBus&) = delete;

  void publish(std::string_view subject, std::string bytes) override {
    if (connected_) hub_.spread(*this, std::string(subject), bytes);
  }
  void listen(std::string_view subject, std::function<void(std::string_view)> heard) override {
    heard_[std::string(subject)].push_back(std::move(heard));
  }
  [[nodiscard]] bool connected() const override { return connected_; }
  void on_connected(std::function<void()> f) override { on_connected_.push_back(std::move(f)); }

  void cut() { connected_ = false; }
  void mend();
  void deliver(milliseconds delay, const std::string& subject, const std::string& bytes);

 private:
  BusHub& hub_;
  Process& process_;
  bool connected_ = true;
  std::map<std::string, std::vector<std::function<void(std::string_view)>>> heard_;
  std::vector<std::function<void()>> on_connected_;
};

}  // namespace costage::sim
