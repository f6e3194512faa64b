// One data track and those who get it: every packet under the subscriber's own handle, and of every frame all packets
// or none. A subscriber whose path has fallen behind, or who asked for fewer frames, goes without the next frame.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/budget.hpp"
#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/wire/data_track.hpp"

namespace costage::sfu {

// What one publisher's packets may cost, in KiB sent to anybody: 20 MB/s to all its subscribers together.
inline constexpr Rate kDataTrackRate{.burst = 40'000, .per_second = 20'000};
// A frame begins only if so much is left for the rest of it.
inline constexpr double kDataTrackReserve = 10'000;
// LiveKit's bound for what a frame may wait behind others.
inline constexpr Duration kDataTrackLatency = std::chrono::milliseconds(100);

class FrameGate {
 public:
  // Whether this packet goes. `ready()` is asked where a frame begins; a frame that has begun goes on.
  template <class Ready>
  bool pass(Instant now, const data_track::Header& packet, Ready ready) {
    if (known_ && packet.frame == frame_) return open_;
    if (known_ && is_late(packet.frame)) return packet.frame == previous_ && previous_open_;
    if (!known_ && !packet.start) return false;  // the rest of what went before
    previous_ = frame_;
    previous_open_ = known_ && open_;
    frame_ = packet.frame;
    known_ = true;
    open_ = is_due(now) && ready();
    if (open_) next_ = std::max(next_ + interval_, now);
    return open_;
  }
  // The frame of this packet could not go on.
  void give_up(std::uint16_t frame) { (frame == frame_ ? open_ : previous_open_) = false; }
  // 0: every frame.
  void limit(std::uint32_t frames_per_second);

 private:
  static constexpr std::int16_t kReordered = 64;

  // The channel is unordered: what comes a little late belongs to a frame that was decided on.
  [[nodiscard]] bool is_late(std::uint16_t frame) const {
    const auto behind = static_cast<std::int16_t>(frame_ - frame);
    return behind > 0 && behind <= kReordered;
  }
  // A little early is in time: frames come with a jitter.
  [[nodiscard]] bool is_due(Instant now) const { return now + interval_ / 4 >= next_; }

  Duration interval_{0};
  Instant next_{};
  std::uint16_t frame_ = 0, previous_ = 0;
  bool known_ = false, open_ = false, previous_open_ = false;
};

class DataTrackOutlet {
 public:
  struct Subscriber {
    media::PeerSid peer;
    std::uint16_t handle = 0;
    FrameGate gate;
  };

  void subscribe(const media::SubscribeDataTrack& command);
  void unsubscribe(const media::PeerSid& subscriber);
  [[nodiscard]] std::vector<Subscriber>& subscribers() { return subscribers_; }

 private:
  std::vector<Subscriber> subscribers_;  // at most kMaxTrackViewers
};

}  // namespace costage::sfu
