// The client's offer, on its publisher transport or on the only one it has: what of it concerns us.
#pragma once

#include <cstdint>
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

// A payload type of a section whose codec is forwarded.
struct OfferedFormat {
  const Codec* codec = nullptr;
  std::uint8_t payload_type = 0;
  std::uint8_t rtx_payload_type = 0;  // 0: none
  std::string fmtp;
  std::uint8_t red_payload_type = 0;  // of Opus with redundancy; 0: none
};

// An audio or video section.
struct OfferedSection {
  std::string mid;
  media::Kind kind{};
  bool sending = false;                // to us, in a format that is forwarded
  bool receiving = false;              // only: a track can be sent to the client on it
  bool both_ways = false;              // a track that is sent on it already may stay
  std::vector<OfferedFormat> formats;  // the client's preferred first; empty: nothing in common
  std::string cid;                     // track part of a=msid
  std::vector<OfferedLayer> layers;
  std::uint32_t ssrc = 0;  // 0: to be learnt from header extensions
  std::uint32_t rtx_ssrc = 0;

  // What it sends.
  [[nodiscard]] const OfferedFormat& format() const { return formats.front(); }
  // Makes it send this, if it can: any format of the codec, or one like `fmtp`.
  void prefer(const Codec& codec, std::optional<std::string_view> fmtp = {});
  // nullptr: the client has not got the codec, or not in this format.
  [[nodiscard]] const OfferedFormat* find(const Codec& codec, std::string_view fmtp) const;
};

// One per transport: BUNDLE demands that an id means the same in every section. 0: not negotiated.
struct ExtensionIds {
  std::uint8_t mid = 0;
  std::uint8_t rid = 0;
  std::uint8_t repaired_rid = 0;
  std::uint8_t audio_level = 0;
  std::uint8_t transport_sequence = 0;
  std::uint8_t abs_send_time = 0;
  std::uint8_t dependency_descriptor = 0;
};

struct ClientOffer {
  RemoteParameters remote;
  std::vector<OfferedSection> sections;
  ExtensionIds extensions;

  [[nodiscard]] const OfferedSection* find(std::string_view mid) const;
};

// A section of Chromium's has up to 2.6 KiB in 130 lines: forty that sent video once, or sixty of any kind. A client
// that needs more starts over with a fresh connection.
inline constexpr sdp::Limits kOfferLimits{.text = 128 * 1024, .sections = 64, .lines = 64 * 160};

[[nodiscard]] Result<ClientOffer, std::string> read_client_offer(const sdp::Session& offer);

}  // namespace costage::sfu
