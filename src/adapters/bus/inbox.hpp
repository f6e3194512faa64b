// What other nodes said, on its way to the control loop: one post for many messages. When the loop is slower than the
// others speak, the oldest are lost and counted; a newer hint says more than an older one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/bus/limits.hpp"

namespace costage::bus {

// Runs a function on the control loop, in order; never at once.
using Post = std::function<void(std::function<void()>)>;

struct InboxCounts {
  std::uint64_t heard = 0;  // handed to who listens
  std::uint64_t lost = 0;   // the control loop was too slow, or a message too large
};

class Inbox : public std::enable_shared_from_this<Inbox> {
 public:
  using Heard = std::function<void(std::string_view bytes)>;

  explicit Inbox(Post post) : post_(std::move(post)) {}

  // On the control loop:
  void listen(std::string_view subject, Heard heard);
  void on_connected(std::function<void()> f) { on_connected_.push_back(std::move(f)); }
  void close();  // nothing is called any more, whatever is posted

  // On any thread:
  void hear(std::string_view subject, std::string_view bytes) noexcept;
  void connected();
  [[nodiscard]] InboxCounts counts() const;

 private:
  struct Message {
    std::string subject, bytes;
    [[nodiscard]] std::size_t size() const { return subject.size() + bytes.size(); }
  };
  void store(Message message);
  void drop_oldest();
  void deliver();
  void deliver(const std::vector<Message>& messages);
  std::vector<Message> take(bool& more);
  void post_delivery();

  Post post_;
  std::multimap<std::string, Heard, std::less<>> listeners_;  // these three: the control loop only
  std::vector<std::function<void()>> on_connected_;
  bool closed_ = false;

  mutable std::mutex mutex_;  // guards what follows
  std::deque<Message> queue_;
  std::size_t bytes_ = 0;  // in the queue
  bool posted_ = false;    // a delivery is on its way
  InboxCounts counts_;
};

}  // namespace costage::bus
