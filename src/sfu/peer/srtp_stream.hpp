// Packet index and replay window per SSRC (RFC 3711 sections 3.3.1 and 3.3.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace costage::sfu {

// Remembers which of the last kWindow packet indices were seen.
class ReplayWindow {
 public:
  // Wider than RFC 3711's least of 64: at 1,000 packets a second a retransmission may come a second late.
  static constexpr std::uint64_t kWindow = 1024;

  [[nodiscard]] bool seen(std::uint64_t index) const;  // also true for what is older than the window
  void mark(std::uint64_t index);
  [[nodiscard]] std::uint64_t highest() const { return highest_; }

 private:
  std::array<std::uint64_t, kWindow / 64> bits_{};
  std::uint64_t highest_ = 0;
  bool empty_ = true;
};

// The index i = 2^16 * ROC + SEQ that is nearest to the highest seen so far.
std::uint64_t estimate_index(std::uint64_t highest, std::uint16_t sequence);

// State by SSRC. Lookup is linear probing in a table that only grows; a new stream allocates, a packet does not.
class SrtpStreams {
 public:
  // A viewer of a full stage has two SSRCs per track; beyond this a transport is misused. At most 150 kB.
  static constexpr std::size_t kMaxStreams = 1024;

  SrtpStreams();
  [[nodiscard]] ReplayWindow* find(std::uint32_t ssrc);
  // Null when kMaxStreams are there.
  ReplayWindow* add(std::uint32_t ssrc);

 private:
  struct Slot {
    std::uint32_t ssrc = 0;
    std::uint32_t window = 0;  // position in windows_ plus one; 0 is free
  };
  [[nodiscard]] Slot& slot(std::uint32_t ssrc);
  void grow();

  std::vector<Slot> slots_;
  std::vector<ReplayWindow> windows_;
};

}  // namespace costage::sfu
