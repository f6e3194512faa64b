// One packet of a published layer as the fan-out sees it, and the publisher's clock that its timestamps belong to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/media.hpp"
#include "base/time.hpp"
#include "sfu/forward/codec.hpp"
#include "sfu/wire/dependency_descriptor.hpp"

namespace costage::sfu {

inline constexpr std::size_t kMaxLayers = 3;
inline constexpr std::size_t kMaxTemporalLayers = 4;     // of VP8; those above count as the highest
inline constexpr std::uint8_t kAllTemporalLayers = 255;  // as a limit

// A packet's dependency descriptor, read.
struct ScalableFrame {
  dependency_descriptor::Descriptor descriptor;
  const dependency_descriptor::Structure* structure = nullptr;
  std::uint32_t active = 0;  // decode targets that are sent
};

struct MediaPacket {
  Instant at{};
  media::Layer layer{};
  std::int64_t sequence = 0;  // unwrapped
  std::uint32_t timestamp = 0;
  bool marker = false;
  bool late = false;  // a newer one of its layer came before it
  Bytes payload;      // empty: padding only
  PayloadInfo info;
  Bytes red;         // the payload with its redundancy (RFC 2198), of which `payload` is the primary block; empty: none
  Bytes descriptor;  // dependency descriptor as received, of a scalable codec; empty: none
  const ScalableFrame* frame = nullptr;  // the same, read; good while the packet is forwarded
};

// The last sender report of one layer (RFC 3550 section 6.4.1).
struct SenderClock {
  std::uint64_t ntp = 0;  // 32.32 fixed point seconds
  std::uint32_t rtp = 0;
  Instant at{};  // when it arrived here
};
using SenderClocks = std::array<std::optional<SenderClock>, kMaxLayers>;

}  // namespace costage::sfu
