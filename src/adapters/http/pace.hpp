// When what waits on the sockets of one loop is written: at once on a socket that was idle; on a busy one at most every
// 20 ms, so that what came meanwhile goes out in one write. A write to thousands takes its time in slices, so that the
// loop does other things in between.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace costage::http {

class SendQueue;

class Pace : public std::enable_shared_from_this<Pace> {
 public:
  static constexpr std::chrono::milliseconds kTick{20};
  static constexpr std::size_t kSlice = 128;  // sockets, about 1 ms

  explicit Pace(boost::asio::io_context& loop) : loop_(loop), timer_(loop) {}

  // In this turn of the loop or soon after.
  void write_now(std::shared_ptr<SendQueue> queue);
  // With the next tick.
  void write_later(std::shared_ptr<SendQueue> queue);
  // Grows 20 ms after something was written; never 0.
  [[nodiscard]] std::uint32_t tick() const { return tick_; }
  // Something was written: its socket is busy until the tick is over.
  void note_written();
  // Whatever waits is forgotten, and what comes after it: queues hold their pace, so somebody has to let go.
  void stop();

 private:
  void start_slice();
  void write_slice();
  void on_tick();

  boost::asio::io_context& loop_;
  boost::asio::steady_timer timer_;
  std::deque<std::shared_ptr<SendQueue>> now_;
  std::vector<std::shared_ptr<SendQueue>> later_;
  std::uint32_t tick_ = 1;
  bool slice_comes_ = false;
  bool ticking_ = false;
  bool stopped_ = false;
};

}  // namespace costage::http
