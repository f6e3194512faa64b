// Media rooms for a few seconds of measuring: somebody who gets ready sends into one of their own, where nobody else
// is.
#pragma once

#include <deque>
#include <optional>

#include "app/ports/media_server.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

class Probes {
 public:
  static constexpr std::chrono::seconds kLength{15};  // then the room is closed, whoever is in it
  static constexpr std::size_t kMost = 500;           // at a time, about 2 Mbit/s each

  explicit Probes(const Context& context) : in_(context) {}

  // Credentials that may publish into a room of their own, good for one connection within kLength.
  void open(const Caller& caller, const domain::RoomId& room, Done<MediaCredentials> done);

  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;

 private:
  struct Open {
    domain::RoomId room;
    WallTime until;
  };
  domain::Answer<MediaCredentials> begin(const Caller& caller, const std::string& region);

  const Context& in_;
  std::deque<Open> open_;  // in the order of their ends
};

}  // namespace costage::app
