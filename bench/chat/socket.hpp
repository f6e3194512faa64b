// One WebSocket client that only reads (RFC 6455): says one message, then counts what comes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace costage::bench {

// What the frames of all sockets add up to.
struct Tally {
  std::uint64_t ready = 0;   // sockets that got what they waited for
  std::uint64_t closed = 0;  // sockets that the server ended
  std::uint64_t frames = 0;  // data frames of every kind
  std::uint64_t events = 0;  // those that begin like an event
  std::uint64_t bytes = 0;
};

// Is told of each event's text.
class EventListener {
 public:
  virtual ~EventListener() = default;
  virtual void on_event(std::string_view text) = 0;
};

class CountingSocket {
 public:
  struct Wants {
    std::string hello;  // sent after the upgrade; empty: nothing
    std::string ready;  // a frame with this text makes it ready; empty: the upgrade does
  };

  CountingSocket(std::uint16_t port, std::string target, const Wants& wants, Tally& tally);
  ~CountingSocket();
  CountingSocket(const CountingSocket&) = delete;
  CountingSocket& operator=(const CountingSocket&) = delete;

  [[nodiscard]] int file() const { return file_; }
  // Reads what is there. False: it has ended.
  bool on_readable(EventListener* listener);

 private:
  void take(std::string_view bytes, EventListener* listener);
  [[nodiscard]] std::string_view after_upgrade(std::string_view bytes);
  void on_frame(unsigned opcode, std::string_view payload, EventListener* listener);
  void send_masked(unsigned opcode, std::string_view payload) const;

  const Wants& wants_;
  Tally& tally_;
  int file_ = -1;
  bool open_ = false;
  bool ready_ = false;
  std::string rest_;  // the begin of a frame whose end has not come
};

}  // namespace costage::bench
