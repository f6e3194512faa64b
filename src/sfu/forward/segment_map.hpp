// How a published layer's sequence numbers map to a subscriber's. The map is a short list of segments: within one,
// every counter differs from the source by a constant. A new segment begins where packets are left out on purpose,
// after a pause and at a layer switch. The same list answers "which source packet was number n" for retransmissions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/media.hpp"
#include "sfu/forward/codec.hpp"

namespace costage::sfu {

struct Segment {
  std::int64_t in_first = 0;
  std::int64_t in_last = std::numeric_limits<std::int64_t>::max();  // inclusive; open while it is the newest
  std::int64_t out_first = 0;
  media::Layer layer{};
  std::uint32_t timestamp_shift = 0;
  PictureShift pictures;

  [[nodiscard]] bool has_in(std::int64_t in) const { return in >= in_first && in <= in_last; }
  [[nodiscard]] std::int64_t to_out(std::int64_t in) const { return out_first + (in - in_first); }
  [[nodiscard]] std::int64_t to_in(std::int64_t out) const { return in_first + (out - out_first); }
};

class SegmentMap {
 public:
  // Subscribers ask for packets of the last second or two; 16 switches in that time do not happen.
  static constexpr std::size_t kKept = 16;

  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] Segment& newest() { return ring_[(count_ - 1) % kKept]; }
  [[nodiscard]] const Segment& newest() const { return ring_[(count_ - 1) % kKept]; }
  void push(const Segment& segment) { ring_[count_++ % kKept] = segment; }

  // nullptr: this packet was never forwarded and must not be.
  [[nodiscard]] const Segment* by_in(media::Layer layer, std::int64_t in) const {
    return newest_where([&](const Segment& s) { return s.layer == layer && s.has_in(in); });
  }
  [[nodiscard]] const Segment* by_out(std::int64_t out) const {
    return newest_where([&](const Segment& s) { return out >= s.out_first && s.to_in(out) <= s.in_last; });
  }

 private:
  template <class Match>
  [[nodiscard]] const Segment* newest_where(Match match) const {
    const std::size_t oldest = count_ > kKept ? count_ - kKept : 0;
    for (std::size_t i = count_; i > oldest; --i)
      if (const Segment& s = ring_[(i - 1) % kKept]; match(s)) return &s;
    return nullptr;
  }

  std::array<Segment, kKept> ring_;
  std::size_t count_ = 0;
};

}  // namespace costage::sfu
