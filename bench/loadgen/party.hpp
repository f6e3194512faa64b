// The people of one scenario, and the ticks that keep them alive.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/media_io/clock.hpp"
#include "loadgen/participant.hpp"
#include "loadgen/scenario.hpp"

namespace costage::bench {

boost::asio::awaitable<void> pause(Duration duration);

// Processor seconds of the server and of this program in so many seconds.
struct Usage {
  double seconds = 0;
  double cpu = 0;
  double own_cpu = 0;
};
boost::asio::awaitable<Usage> use_during(pid_t server, Duration window);

class Party {
 public:
  Party(LinkWorld& world, const Target& target);

  // Joins at once.
  Participant& add(const std::string& identity, bool may_publish);
  void remove(Participant& who);
  // Returns when it publishes.
  boost::asio::awaitable<Participant*> add_publisher(std::string identity);
  // Returns when all get audio and video of the publisher.
  boost::asio::awaitable<std::vector<Participant*>> add_viewers(const Participant& publisher, int count);
  boost::asio::awaitable<void> room_service(std::string method, std::string json);
  void dismiss();

  template <class Condition>
  boost::asio::awaitable<void> until(Condition condition, std::string what) {
    const Instant deadline = media_io::monotonic_now() + std::chrono::seconds(15);
    while (!condition()) {
      check_alive();
      if (media_io::monotonic_now() > deadline) throw std::runtime_error("waited 15 s for " + what);
      co_await pause(std::chrono::milliseconds(1));
    }
  }

 private:
  void tick();
  // Throws what ended the signalling of somebody who has not joined yet.
  void check_alive() const;

  LinkWorld& world_;
  const Target& target_;
  boost::asio::steady_timer timer_;
  std::vector<std::unique_ptr<Participant>> people_;
};

[[nodiscard]] inline double milliseconds(Duration d) { return static_cast<double>(d.count()) / 1000; }

[[nodiscard]] std::size_t media_streams(const Participant& viewer, const Participant& publisher);

struct Totals {
  std::uint64_t received = 0;
  std::uint64_t expected = 0;
};
[[nodiscard]] Totals totals_of(const std::vector<Participant*>& viewers, const Participant& publisher);

}  // namespace costage::bench
