#include "sfu/wire/vp9.hpp"

namespace costage::sfu::vp9 {
namespace {

constexpr std::uint8_t kPictureId = 0x80;    // I
constexpr std::uint8_t kPredicted = 0x40;    // P
constexpr std::uint8_t kLayers = 0x20;       // L
constexpr std::uint8_t kFlexible = 0x10;     // F
constexpr std::uint8_t kBegin = 0x08;        // B
constexpr std::uint8_t kEnd = 0x04;          // E
constexpr std::uint8_t kStructure = 0x02;    // V
constexpr std::uint8_t kNoUpper = 0x01;      // Z
constexpr std::uint8_t kLong = 0x80;         // M
constexpr std::uint8_t kSwitch = 0x10;       // U, in both places
constexpr std::uint8_t kInterLayer = 0x01;   // D
constexpr std::uint8_t kMore = 0x01;         // N
constexpr std::uint8_t kResolutions = 0x10;  // Y
constexpr std::uint8_t kGroup = 0x08;        // G

constexpr int flag(bool set, std::uint8_t bit) { return set ? bit : 0; }

void read_picture_id(ByteReader& in, Descriptor& d) {
  const std::uint8_t first = in.u8();
  d.long_picture_id = first & kLong;
  d.picture_id = static_cast<std::uint16_t>(d.long_picture_id ? (first & 0x7f) << 8 | in.u8() : first & 0x7f);
}

LayerIndices read_layers(std::uint8_t byte) {
  return {.temporal = static_cast<std::uint8_t>(byte >> 5),
          .switching_up = (byte & kSwitch) != 0,
          .spatial = static_cast<std::uint8_t>(byte >> 1 & 7),
          .inter_layer_predicted = (byte & kInterLayer) != 0};
}

// A fourth one is malformed.
bool read_references(ByteReader& in, References& r) {
  for (bool more = true; more;) {
    if (r.count == kMaxReferences) return false;
    const std::uint8_t byte = in.u8();
    r.differences[r.count++] = static_cast<std::uint8_t>(byte >> 1);
    more = byte & kMore;
  }
  return true;
}

GroupPicture read_group_picture(ByteReader& in) {
  const std::uint8_t byte = in.u8();
  GroupPicture picture{.temporal_layer = static_cast<std::uint8_t>(byte >> 5),
                       .switching_up = (byte & kSwitch) != 0,
                       .references = {.count = static_cast<std::uint8_t>(byte >> 2 & 3)}};
  for (std::size_t i = 0; i < picture.references.count; ++i) picture.references.differences[i] = in.u8();
  return picture;
}

void read_structure(ByteReader& in, ScalabilityStructure& s) {
  const std::uint8_t byte = in.u8();
  s.spatial_layers = static_cast<std::uint8_t>((byte >> 5) + 1);
  s.has_resolutions = byte & kResolutions;
  s.has_group = byte & kGroup;
  if (s.has_resolutions)
    for (std::size_t i = 0; i < s.spatial_layers; ++i) {
      s.resolutions[i].width = in.u16();
      s.resolutions[i].height = in.u16();
    }
  if (!s.has_group) return;
  s.group_size = in.u8();
  for (std::size_t i = 0; i < s.group_size && in.ok(); ++i) s.group[i] = read_group_picture(in);
}

bool read_descriptor(ByteReader& in, Descriptor& d) {
  const std::uint8_t first = in.u8();
  d.predicted = first & kPredicted;
  d.flexible = first & kFlexible;
  d.frame_start = first & kBegin;
  d.frame_end = first & kEnd;
  d.no_upper_layer_reference = first & kNoUpper;
  if (first & kPictureId) read_picture_id(in, d);
  if (first & kLayers) d.layers = read_layers(in.u8());
  if (d.layers && !d.flexible) d.tl0_picture_index = in.u8();
  if (d.flexible && d.predicted && !read_references(in, d.references)) return false;
  if (first & kStructure) read_structure(in, d.structure.emplace());
  d.size = in.position();
  return in.remaining() > 0;
}

void write_picture_id(ByteWriter& out, std::uint16_t id, bool is_long) {
  if (is_long)
    out.u16(static_cast<std::uint16_t>(kLong << 8 | (id & 0x7fff)));
  else
    out.u8(static_cast<std::uint8_t>(id & 0x7f));
}

void write_layers(ByteWriter& out, const LayerIndices& l) {
  out.u8(static_cast<std::uint8_t>(l.temporal << 5 | flag(l.switching_up, kSwitch) | (l.spatial & 7) << 1 |
                                   flag(l.inter_layer_predicted, kInterLayer)));
}

void write_references(ByteWriter& out, const References& r) {
  for (std::size_t i = 0; i < r.count; ++i)
    out.u8(static_cast<std::uint8_t>(r.differences[i] << 1 | flag(i + 1 < r.count, kMore)));
}

void write_group_picture(ByteWriter& out, const GroupPicture& p) {
  out.u8(static_cast<std::uint8_t>(p.temporal_layer << 5 | flag(p.switching_up, kSwitch) | p.references.count << 2));
  for (std::size_t i = 0; i < p.references.count; ++i) out.u8(p.references.differences[i]);
}

void write_structure(ByteWriter& out, const ScalabilityStructure& s) {
  out.u8(static_cast<std::uint8_t>((s.spatial_layers - 1) << 5 | flag(s.has_resolutions, kResolutions) |
                                   flag(s.has_group, kGroup)));
  if (s.has_resolutions)
    for (std::size_t i = 0; i < s.spatial_layers; ++i) {
      out.u16(s.resolutions[i].width);
      out.u16(s.resolutions[i].height);
    }
  if (!s.has_group) return;
  out.u8(s.group_size);
  for (std::size_t i = 0; i < s.group_size; ++i) write_group_picture(out, s.group[i]);
}

std::uint8_t first_byte(const Descriptor& d) {
  return static_cast<std::uint8_t>(
      flag(d.picture_id.has_value(), kPictureId) | flag(d.predicted, kPredicted) | flag(d.layers.has_value(), kLayers) |
      flag(d.flexible, kFlexible) | flag(d.frame_start, kBegin) | flag(d.frame_end, kEnd) |
      flag(d.structure.has_value(), kStructure) | flag(d.no_upper_layer_reference, kNoUpper));
}

}  // namespace

// One object all the way: to copy the room for a structure would take longer than to read most descriptors.
std::optional<Descriptor> parse(Bytes payload) {
  std::optional<Descriptor> read(std::in_place);
  ByteReader in(payload);
  if (!read_descriptor(in, *read)) read.reset();
  return read;
}

void write(ByteWriter& out, const Descriptor& d) {
  out.u8(first_byte(d));
  if (d.picture_id) write_picture_id(out, *d.picture_id, d.long_picture_id);
  if (d.layers) write_layers(out, *d.layers);
  if (d.layers && !d.flexible) out.u8(d.tl0_picture_index.value_or(0));
  if (d.flexible && d.predicted) write_references(out, d.references);
  if (d.structure) write_structure(out, *d.structure);
}

bool rewrite(MutableBytes payload, std::uint16_t picture_id, std::uint8_t tl0_picture_index) {
  const auto d = parse(payload);
  if (!d) return false;
  ByteWriter out(payload.subspan(1));
  if (d->picture_id) write_picture_id(out, picture_id, d->long_picture_id);
  if (d->layers) write_layers(out, *d->layers);
  if (d->tl0_picture_index) out.u8(tl0_picture_index);
  return true;
}

}  // namespace costage::sfu::vp9
