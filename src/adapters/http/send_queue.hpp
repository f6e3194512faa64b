// The one writer of a WebSocket's socket: frames that were made elsewhere, and what Beast writes (the handshake,
// control frames, compressed messages), each whole and in the order in which it came. Lives on the socket's loop.
#pragma once

#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/http/frame.hpp"
#include "adapters/http/pace.hpp"

namespace costage::http {

// What frames that were sent cost until now, once they were written or dropped. One thread adds, others read: who sends
// knows from it what still waits, and looks only when that may be much.
class Settled {
 public:
  void add(std::size_t cost) { cost_.store(cost_.load(std::memory_order_relaxed) + cost, std::memory_order_relaxed); }
  [[nodiscard]] std::size_t cost() const { return cost_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> cost_ = 0;
};

enum class Urgency {
  now,    // with what else comes in this turn of the loop
  paced,  // with what else comes in 20 ms, if the socket is busy
};

class SendQueue : public std::enable_shared_from_this<SendQueue> {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Buffers = std::vector<boost::asio::const_buffer>;
  using Written = std::function<void(boost::system::error_code, std::size_t)>;

  SendQueue(std::shared_ptr<Pace> pace, Socket socket);

  void push(const SharedFrame& frame, Urgency urgency);
  // Beast has one write at a time, and keeps the bytes until `written`.
  void write(Buffers buffers, Written written);
  void flush();
  // Calls once, from the loop, when nothing is waiting any more; it is forgotten if the socket fails.
  void when_empty(std::function<void()> call);
  // Drops what was not begun.
  void forget();
  void close();

  [[nodiscard]] Settled& settled() { return settled_; }
  // Its bytes, and what it takes besides.
  [[nodiscard]] static std::size_t cost(const Frame& frame) { return frame.bytes().size() + kOverhead; }
  [[nodiscard]] Socket& socket() { return socket_; }

 private:
  static constexpr std::size_t kOverhead = 64;      // bytes
  static constexpr std::size_t kKeptCapacity = 16;  // entries: 256 bytes
  enum class Due { not_yet, later, now };

  void schedule(Due due);
  [[nodiscard]] bool write_some();
  void on_sent(std::size_t size);
  [[nodiscard]] std::size_t size_of_front() const;
  void pop_front();
  void wait_until_writable();
  void on_empty();
  void settle(const SharedFrame& frame);
  void fail(boost::system::error_code error);

  std::shared_ptr<Pace> pace_;
  Socket socket_;
  std::vector<SharedFrame> entries_;  // empty pointer: what Beast writes
  std::size_t first_ = 0;             // of entries_: those before were sent
  std::size_t sent_ = 0;              // bytes of the first
  Settled settled_;
  Buffers buffers_;
  Written written_;
  std::function<void()> when_empty_;
  std::uint32_t tick_ = 0;  // when it was last written to
  Due due_ = Due::not_yet;
  bool blocked_ = false;  // the kernel takes no more
  bool failed_ = false;
};

}  // namespace costage::http
