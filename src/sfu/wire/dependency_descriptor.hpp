// The dependency descriptor, a header extension that says which frames a frame needs and who needs the frame, for AV1
// and any other codec with layers (AV1 RTP specification, appendix A; the syntax is in section A.8.2).
//
//       0 1 2 3 4 5 6 7
//      +-+-+-+-+-+-+-+-+
//      |S|E| template  |  S: start and E: end of a frame (of one spatial layer)
//      +-+-+-+-+-+-+-+-+
//      |     frame     |
//      +    number     +
//      |               |
//      +-+-+-+-+-+-+-+-+  in a longer value, bit by bit from here on:
//      |T|A|D|F|C|        T: a structure follows, A: active decode targets follow;
//      +-+-+-+-+-+        custom values instead of the template's: D: indications, F: frame and C: chain differences
// T:   | offset (6) | decode targets - 1 (5) |
//      | what comes after each template (2): 0 the same layer, 1 temporal + 1, 2 spatial + 1, 3 nothing |
//      | an indication (2) for each template and decode target |
//      | for each template: (1, a frame difference - 1 (4)) until a 0 |
//      | chains ns(decode targets + 1) |
//      | with chains: the chain of each decode target ns(chains); a difference (4) for each template and chain |
//      | resolutions present (1) | for each spatial layer: width - 1 (16), height - 1 (16) |
// A:   | a bit for each decode target, the highest one first |
// D:   | an indication (2) for each decode target |
// F:   | (size (2), a frame difference - 1 of so many times 4 bits) until a size 0 |
// C:   | a difference (8) for each chain |
//      | zeros up to the end of the byte |
//
// A decode target is a stream that a receiver can be sent: frames up to one spatial and temporal layer. A chain is the
// frames that a decode target cannot do without. The structure comes with key frames alone and lasts until the next
// one, so a descriptor is read with the last structure known.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace costage::sfu::dependency_descriptor {

inline constexpr std::string_view kUri =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

// The first three follow from the widths of fields. The others are those of AV1 (a spatial id has 2 bits, a temporal id
// 3; a frame has 7 references), and what exceeds them is refused.
inline constexpr std::size_t kMaxTemplates = 64;
inline constexpr std::size_t kMaxTargets = 32;
inline constexpr std::size_t kMaxChains = kMaxTargets;
inline constexpr std::size_t kMaxSpatialLayers = 4;
inline constexpr std::size_t kMaxTemporalLayers = 8;
inline constexpr std::size_t kMaxFrameDifferences = 8;

// What a frame is to a decode target (table A.1).
enum class Indication : std::uint8_t {
  not_present = 0,
  discardable = 1,   // belongs to it, but no other frame of it needs this one
  switch_point = 2,  // who can decode this frame can decode all later ones of it: forwarding may begin
  required = 3,
};

struct Layer {
  std::uint8_t spatial = 0;
  std::uint8_t temporal = 0;
  bool operator==(const Layer&) const = default;
};

// Of a frame, or of the template for many.
struct Dependencies {
  Layer layer;
  std::array<Indication, kMaxTargets> indications{};                    // for each decode target
  std::array<std::uint16_t, kMaxFrameDifferences> frame_differences{};  // to the frames that it needs, 1..4096
  std::uint8_t frame_difference_count = 0;
  std::array<std::uint8_t, kMaxChains> chain_differences{};  // to the last frame of each chain; 0: needs none
  bool operator==(const Dependencies&) const = default;
};

struct Resolution {
  std::uint32_t width = 0;  // 1..65536
  std::uint32_t height = 0;
  bool operator==(const Resolution&) const = default;
};

struct Structure {
  std::uint8_t template_id_offset = 0;  // 0..63
  std::uint8_t template_count = 0;      // 1..64
  std::uint8_t target_count = 0;        // 1..32
  std::uint8_t chain_count = 0;         // 0..target_count
  bool has_resolutions = false;
  std::array<Dependencies, kMaxTemplates> templates{};
  std::array<std::uint8_t, kMaxTargets> protected_by{};     // the chain of each decode target
  std::array<Layer, kMaxTargets> target_layers{};           // derived: the highest layers of each decode target
  std::array<Resolution, kMaxSpatialLayers> resolutions{};  // of each spatial layer
  bool operator==(const Structure&) const = default;

  [[nodiscard]] std::uint8_t spatial_layers() const { return static_cast<std::uint8_t>(last_layer().spatial + 1); }
  [[nodiscard]] std::uint32_t all_targets() const { return static_cast<std::uint32_t>((1ull << target_count) - 1); }
  // The best decode target that has no layer above `wanted`, of those in the mask. Empty: there is none.
  [[nodiscard]] std::optional<std::uint8_t> best_target(Layer wanted, std::uint32_t targets) const;

 private:
  [[nodiscard]] const Layer& last_layer() const {
    return templates[template_count > 0 ? template_count - 1u : 0].layer;
  }
};

// The part that can be read without a structure.
struct Mandatory {
  bool frame_start = false;
  bool frame_end = false;
  std::uint8_t template_id = 0;  // 0..63
  std::uint16_t frame_number = 0;
  bool operator==(const Mandatory&) const = default;
};

// Five kilobytes with the room for a structure: pass it by reference.
struct Descriptor {
  Mandatory mandatory;
  std::optional<Structure> structure;  // a new one: this is the first packet of a key frame
  // As sent, bit i: decode target i. Empty: as before, or all with a new structure.
  std::optional<std::uint32_t> active_targets;
  bool custom_indications = false;
  bool custom_frame_differences = false;
  bool custom_chain_differences = false;
  Dependencies frame;
  bool operator==(const Descriptor&) const = default;

  [[nodiscard]] bool starts_key_frame() const { return structure.has_value(); }
  // A decode target below the structure's target_count. Without this frame it is not complete.
  [[nodiscard]] bool needed_for(std::size_t target) const {
    return frame.indications[target] != Indication::not_present;
  }
  // Section A.7: forwarding of this decode target may begin with this frame, if the receiver has what the frame needs.
  [[nodiscard]] bool switches_to(std::size_t target) const {
    return frame.indications[target] == Indication::switch_point;
  }
};

[[nodiscard]] std::optional<Mandatory> parse_mandatory(Bytes value);
// A structure comes with the first packet of a key frame; this much is seen without reading it.
[[nodiscard]] inline bool has_structure(Bytes value) { return value.size() > 3 && (value[3] & 0x80) != 0; }
// `known` is the last structure, nullptr without. Empty: malformed, or its structure is not known (one was lost).
[[nodiscard]] std::optional<Descriptor> parse(Bytes value, const Structure* known);

// Section A.6: a receiver of a decode target of this chain cannot do without the frame. `active`: the active targets.
[[nodiscard]] bool part_of_chain(const Structure& structure, const Dependencies& frame, std::uint8_t chain,
                                 std::uint32_t active);

// Writes the value of the extension. `known` as in parse(). False: it does not fit (a value has at most 255 bytes) or
// there is no structure, and what was written is of no use.
bool write(ByteWriter& out, const Descriptor& descriptor, const Structure* known);
// The same with these active decode targets: what who drops layers tells a receiver, so that it does not wait for them
// (section A.4). The value grows by up to five bytes.
bool write_with_targets(ByteWriter& out, const Descriptor& descriptor, const Structure* known, std::uint32_t active);

}  // namespace costage::sfu::dependency_descriptor
