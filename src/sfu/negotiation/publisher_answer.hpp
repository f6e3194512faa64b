// The client's offer on its publisher transport: what of it is accepted, and the answer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/media.hpp"
#include "base/result.hpp"
#include "sfu/forward/codec.hpp"
#include "sfu/negotiation/profile.hpp"
#include "sfu/wire/sdp/parse.hpp"

namespace costage::sfu {

struct OfferedLayer {
  std::string rid;  // empty without simulcast
  media::Layer layer = media::Layer::high;
};

// An audio or video section, as far as it concerns us.
struct OfferedSection {
  std::string mid;
  media::Kind kind{};
  bool sending = false;          // and with a codec that is forwarded
  const Codec* codec = nullptr;  // nullptr: none in common
  std::uint8_t payload_type = 0;
  std::uint8_t rtx_payload_type = 0;  // 0: none
  std::string cid;                    // track part of a=msid
  std::vector<OfferedLayer> layers;
  std::uint32_t ssrc = 0;  // 0: to be learnt from header extensions
  std::uint32_t rtx_ssrc = 0;
};

// One per transport: BUNDLE demands that an id means the same in every section. 0: not negotiated.
struct ExtensionIds {
  std::uint8_t mid = 0;
  std::uint8_t rid = 0;
  std::uint8_t repaired_rid = 0;
  std::uint8_t audio_level = 0;
  std::uint8_t transport_sequence = 0;
};

struct PublisherOffer {
  RemoteParameters remote;
  std::vector<OfferedSection> sections;
  ExtensionIds extensions;
};

// A section of Chromium's has up to 2.6 KiB in 130 lines: forty that sent video once, or sixty of any kind. A client
// that needs more starts over with a fresh connection.
inline constexpr sdp::Limits kOfferLimits{.text = 128 * 1024, .sections = 64, .lines = 64 * 160};

[[nodiscard]] Result<PublisherOffer, std::string> read_publisher_offer(const sdp::Session& offer);

struct AudioPreferences {
  bool stereo = false;
  bool dtx = true;
};
// `preferences` is asked for each audio section.
[[nodiscard]] sdp::Session write_publisher_answer(
    const sdp::Session& offer, const PublisherOffer& read, const LocalTransport& local,
    const std::function<AudioPreferences(const OfferedSection&)>& preferences);

}  // namespace costage::sfu
