// The last packets of one received layer, for answering subscribers' NACKs. All memory is taken at construction.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "base/media_limits.hpp"

namespace costage::sfu {

class PacketHistory {
 public:
  // 512 slots are two seconds of 2.5 Mbit/s video; 64 slots more than a second of Opus.
  static constexpr std::size_t kVideoSlots = 512;
  static constexpr std::size_t kAudioSlots = 64;
  static constexpr std::size_t kMaxPayload = 1460;  // a datagram of 1500 without RTP header, extension and SRTP tag

  static_assert(3 * kVideoSlots * kMaxPayload <= media::kTrackBytes, "media_limits.hpp sums them up");

  explicit PacketHistory(std::size_t slots)
      : entries_(slots), block_(std::make_unique_for_overwrite<std::uint8_t[]>(slots * kMaxPayload)) {}

  struct Packet {
    std::uint32_t timestamp = 0;
    bool marker = false;
    Bytes payload;
    Bytes descriptor;  // dependency descriptor, empty: none
  };

  void put(std::int64_t sequence, std::uint32_t timestamp, bool marker, Bytes payload, Bytes descriptor) {
    if (descriptor.size() + payload.size() > kMaxPayload || descriptor.size() > 255 || payload.empty()) return;
    const std::size_t slot = static_cast<std::size_t>(sequence) % entries_.size();
    entries_[slot] = {sequence, timestamp, static_cast<std::uint16_t>(payload.size()),
                      static_cast<std::uint8_t>(descriptor.size()), marker};
    std::uint8_t* const bytes = block_.get() + slot * kMaxPayload;
    std::copy(descriptor.begin(), descriptor.end(), bytes);
    std::memcpy(bytes + descriptor.size(), payload.data(), payload.size());
  }
  // Empty payload when it is not there any more.
  [[nodiscard]] Packet find(std::int64_t sequence) const {
    const std::size_t slot = static_cast<std::size_t>(sequence) % entries_.size();
    const Entry& e = entries_[slot];
    if (e.size == 0 || e.sequence != sequence) return {};
    const std::uint8_t* const bytes = block_.get() + slot * kMaxPayload;
    return {e.timestamp, e.marker, Bytes{bytes + e.descriptor_size, e.size}, Bytes{bytes, e.descriptor_size}};
  }

 private:
  struct Entry {
    std::int64_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint16_t size = 0;
    std::uint8_t descriptor_size = 0;
    bool marker = false;
  };
  std::vector<Entry> entries_;
  std::unique_ptr<std::uint8_t[]> block_;
};

}  // namespace costage::sfu
