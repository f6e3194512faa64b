// Between the nodes of one installation: hints ("room r is at 17") and what lives for a moment. Losing some of it
// delays, it never loses: whoever needs all of something reads it from storage when on_connected() says that hints may
// be missing.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace costage::app {

// All of it on the control loop. A subject is ours: words of letters, digits, '_' and '-' with dots between them.
class Bus {
 public:
  virtual ~Bus() = default;
  // To every other node that listens, in order. Never waits: dropped and counted while away or when too much waits.
  virtual void publish(std::string_view subject, std::string bytes) = 0;
  // Before the control loop runs. `heard` runs on it; the bytes are valid until it returns.
  virtual void listen(std::string_view subject, std::function<void(std::string_view bytes)> heard) = 0;
  [[nodiscard]] virtual bool connected() const = 0;
  // At the first connection and at each one after a loss, when other nodes are heard again.
  virtual void on_connected(std::function<void()> f) = 0;
};

}  // namespace costage::app
