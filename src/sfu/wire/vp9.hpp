// The VP9 payload descriptor (RFC 9628 section 4.2).
//
//       0 1 2 3 4 5 6 7
//      +-+-+-+-+-+-+-+-+
//      |I|P|L|F|B|E|V|Z|  P: predicted from other pictures, B: begin and E: end of a frame (of one spatial layer),
//      +-+-+-+-+-+-+-+-+  Z: no reference for higher spatial layers
// I:   |M| picture id  |  7 bits, or 15 with M
//      +-+-+-+-+-+-+-+-+
// I,M: |  picture id   |
//      +-+-+-+-+-+-+-+-+
// L:   | TID |U| SID |D|  U: switching up to TID is possible, D: predicted from the spatial layer below
//      +-+-+-+-+-+-+-+-+
// L,!F:|   TL0PICIDX   |
//      +-+-+-+-+-+-+-+-+
// F,P: |   P_DIFF    |N|  one to three times, N: another one follows; F is the flexible mode
//      +-+-+-+-+-+-+-+-+
// V:   the scalability structure:
//      +-+-+-+-+-+-+-+-+
//      | N_S |Y|G|  -  |  spatial layers, less one
//      +-+-+-+-+-+-+-+-+
// Y:   | width, height |  four bytes for each spatial layer
//      +-+-+-+-+-+-+-+-+
// G:   |      N_G      |  pictures in the group
//      +-+-+-+-+-+-+-+-+
//      | TID |U| R | - |  for each picture, with R times a P_DIFF of eight bits behind it
//      +-+-+-+-+-+-+-+-+
//
// A picture is all spatial layers of one time: they share the picture id and, as everything with one RTP timestamp, the
// marker bit on the last packet of all. E ends only one layer. Who drops the layers above one sets the marker bit where
// that one ends.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace costage::sfu::vp9 {

inline constexpr std::size_t kMaxSpatialLayers = 8;
inline constexpr std::size_t kMaxReferences = 3;
inline constexpr std::size_t kMaxGroup = 255;

// Up to three pictures back.
struct References {
  std::array<std::uint8_t, kMaxReferences> differences{};
  std::uint8_t count = 0;
  bool operator==(const References&) const = default;
};

struct Resolution {
  std::uint16_t width = 0;
  std::uint16_t height = 0;
  bool operator==(const Resolution&) const = default;
};

struct GroupPicture {
  std::uint8_t temporal_layer = 0;  // 0..7
  bool switching_up = false;
  References references;
  bool operator==(const GroupPicture&) const = default;
};

struct ScalabilityStructure {
  std::uint8_t spatial_layers = 1;  // 1..8
  bool has_resolutions = false;
  std::array<Resolution, kMaxSpatialLayers> resolutions{};  // of the spatial layers, from the lowest
  bool has_group = false;
  std::uint8_t group_size = 0;
  std::array<GroupPicture, kMaxGroup> group{};
  bool operator==(const ScalabilityStructure&) const = default;
};

struct LayerIndices {
  std::uint8_t temporal = 0;           // TID, 0..7
  bool switching_up = false;           // U
  std::uint8_t spatial = 0;            // SID, 0..7
  bool inter_layer_predicted = false;  // D
  bool operator==(const LayerIndices&) const = default;
};

// A kilobyte and more with the room for a structure: pass it by reference.
struct Descriptor {
  bool predicted = false;                 // P
  bool flexible = false;                  // F
  bool frame_start = false;               // B: of the frame of this spatial layer
  bool frame_end = false;                 // E
  bool no_upper_layer_reference = false;  // Z
  std::optional<std::uint16_t> picture_id;
  bool long_picture_id = false;                   // 15 bits
  std::optional<LayerIndices> layers;             // without: there is one layer
  std::optional<std::uint8_t> tl0_picture_index;  // with layers in non-flexible mode
  References references;                          // in flexible mode
  std::optional<ScalabilityStructure> structure;
  std::size_t size = 0;  // where the VP9 frame's bytes begin

  [[nodiscard]] std::uint8_t spatial_layer() const { return layers ? layers->spatial : 0; }
  [[nodiscard]] std::uint8_t temporal_layer() const { return layers ? layers->temporal : 0; }
  // First packet of a picture: of the lowest spatial layer, which every picture of WebRTC has. Where the sender left
  // out lower layers it is not seen, and a changed timestamp tells.
  [[nodiscard]] bool picture_start() const { return frame_start && spatial_layer() == 0; }
  // The packet belongs to the lowest layer of a picture that needs no other, so to a key frame. Higher layers of the
  // same picture are not `predicted` either; but a decoder that has not begun cannot begin with those.
  [[nodiscard]] bool key_frame() const { return !predicted && spatial_layer() == 0; }
  // The first packet of those. A decoder may begin here.
  [[nodiscard]] bool starts_key_frame() const { return key_frame() && frame_start; }
};

// Empty: not a VP9 payload. A payload with nothing behind its descriptor is none either.
[[nodiscard]] std::optional<Descriptor> parse(Bytes payload);
// Writes the descriptor alone. In flexible mode a predicted picture has at least one reference.
void write(ByteWriter& out, const Descriptor& descriptor);

// Puts other counters in the places of those that `parse` found; the widths stay, so a 7-bit picture id keeps 7 bits.
// False: not a VP9 payload, and nothing was changed.
bool rewrite(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index);

}  // namespace costage::sfu::vp9
