// The timers of the Sfu, in tables. What is done for every peer at once is in one table of the loop; what one peer
// waits for is in its own, so that time looks only at the peers that are due.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/time.hpp"
#include "sfu/deadlines.hpp"

namespace costage::sfu {

struct Peer;

enum class LoopTimer : std::size_t {
  rounds,  // reports; which layers each subscriber can be sent (see Rounds)
  speakers,
  quality,
  count
};

enum class PeerTimer : std::size_t {
  transports,  // handshakes, consent, data channels: the earliest any of them wants
  feedback,    // transport-wide feedback to the publisher
  repair,      // NACKs and key frame requests to the publisher
  offers,      // to the subscriber; due at once, so that the changes of one turn go into one offer, or some time
               // after a description, as clients need it (ClientOffers, ServerOffers)
  count
};

template <class Timer>
class TimerTable {
 public:
  TimerTable() { at_.fill(kNever); }

  void set(Timer timer, Instant at) { slot(timer) = at; }
  // Due at `at` or earlier.
  void at_most(Timer timer, Instant at) { slot(timer) = std::min(slot(timer), at); }
  // True if it was due; it is off then.
  [[nodiscard]] bool take(Timer timer, Instant now) {
    if (slot(timer) > now) return false;
    slot(timer) = kNever;
    return true;
  }
  [[nodiscard]] Instant next() const { return *std::min_element(at_.begin(), at_.end()); }

 private:
  Instant& slot(Timer timer) { return at_[static_cast<std::size_t>(timer)]; }
  std::array<Instant, static_cast<std::size_t>(Timer::count)> at_;
};

// One peer's timers. The earliest of them is the peer's deadline.
class PeerTimers : public Deadlines::Entry {
 public:
  PeerTimers(Deadlines& all, Peer& peer) : Entry(all), peer(peer) {}

  Peer& peer;

  void set(PeerTimer timer, Instant at) {
    table_.set(timer, at);
    set_deadline(table_.next());
  }
  void at_most(PeerTimer timer, Instant at) {
    table_.at_most(timer, at);
    if (at < deadline()) set_deadline(at);
  }
  [[nodiscard]] bool take(PeerTimer timer, Instant now) {
    if (!table_.take(timer, now)) return false;
    set_deadline(table_.next());
    return true;
  }

 private:
  TimerTable<PeerTimer> table_;
};

}  // namespace costage::sfu
