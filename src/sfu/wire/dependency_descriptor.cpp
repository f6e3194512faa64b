#include "sfu/wire/dependency_descriptor.hpp"

#include <algorithm>

#include "sfu/wire/bits.hpp"

namespace costage::sfu::dependency_descriptor {
namespace {

constexpr std::size_t kMandatorySize = 3;
constexpr std::size_t kMaxSize = 255;  // of a header extension's value (RFC 8285 section 4.3)

enum NextLayer : std::uint8_t { kSame = 0, kNextTemporal = 1, kNextSpatial = 2, kNoMore = 3 };

// --- reading. Functions that can find more than there is room for say false. ---

Mandatory read_mandatory(BitReader& in) {
  Mandatory m;
  m.frame_start = in.flag();
  m.frame_end = in.flag();
  m.template_id = static_cast<std::uint8_t>(in.bits(6));
  m.frame_number = static_cast<std::uint16_t>(in.bits(16));
  return m;
}

bool read_template_layers(BitReader& in, Structure& s) {
  Layer layer;
  for (;;) {
    if (s.template_count == kMaxTemplates) return false;
    s.templates[s.template_count++].layer = layer;
    const std::uint32_t next = in.bits(2);
    if (next == kNoMore) return true;
    if (next == kNextTemporal) ++layer.temporal;
    if (next == kNextSpatial) layer = {static_cast<std::uint8_t>(layer.spatial + 1), 0};
    if (!in.ok() || layer.spatial == kMaxSpatialLayers || layer.temporal == kMaxTemporalLayers) return false;
  }
}

void read_indications(BitReader& in, std::size_t targets, Dependencies& d) {
  for (std::size_t i = 0; i < targets; ++i) d.indications[i] = static_cast<Indication>(in.bits(2));
}

bool add_difference(Dependencies& d, std::uint32_t minus_one) {
  if (d.frame_difference_count == kMaxFrameDifferences) return false;
  d.frame_differences[d.frame_difference_count++] = static_cast<std::uint16_t>(minus_one + 1);
  return true;
}

bool read_template_differences(BitReader& in, Dependencies& d) {
  while (in.flag())
    if (!add_difference(d, in.bits(4))) return false;
  return true;
}

bool read_custom_differences(BitReader& in, Dependencies& d) {
  d.frame_differences = {};
  d.frame_difference_count = 0;
  while (const std::uint32_t size = in.bits(2))
    if (!add_difference(d, in.bits(4 * size))) return false;
  return true;
}

void read_chain_differences(BitReader& in, std::size_t chains, std::size_t width, Dependencies& d) {
  for (std::size_t i = 0; i < chains; ++i) d.chain_differences[i] = static_cast<std::uint8_t>(in.bits(width));
}

void read_chains(BitReader& in, Structure& s) {
  s.chain_count = static_cast<std::uint8_t>(in.ns(s.target_count + 1u));
  if (s.chain_count == 0) return;
  for (std::size_t i = 0; i < s.target_count; ++i) s.protected_by[i] = static_cast<std::uint8_t>(in.ns(s.chain_count));
  for (std::size_t i = 0; i < s.template_count; ++i) read_chain_differences(in, s.chain_count, 4, s.templates[i]);
}

// decode_target_layers() of section A.8.2.
Layer highest_layers(const Structure& s, std::size_t target) {
  Layer highest;
  for (std::size_t i = 0; i < s.template_count; ++i) {
    const Dependencies& t = s.templates[i];
    if (t.indications[target] == Indication::not_present) continue;
    highest.spatial = std::max(highest.spatial, t.layer.spatial);
    highest.temporal = std::max(highest.temporal, t.layer.temporal);
  }
  return highest;
}

void read_resolutions(BitReader& in, Structure& s) {
  s.has_resolutions = in.flag();
  if (!s.has_resolutions) return;
  for (std::size_t i = 0; i < s.spatial_layers(); ++i) {
    s.resolutions[i].width = in.bits(16) + 1;
    s.resolutions[i].height = in.bits(16) + 1;
  }
}

bool read_structure(BitReader& in, Structure& s) {
  s.template_id_offset = static_cast<std::uint8_t>(in.bits(6));
  s.target_count = static_cast<std::uint8_t>(in.bits(5) + 1);
  if (!read_template_layers(in, s)) return false;
  for (std::size_t i = 0; i < s.template_count; ++i) read_indications(in, s.target_count, s.templates[i]);
  for (std::size_t i = 0; i < s.template_count; ++i)
    if (!read_template_differences(in, s.templates[i])) return false;
  read_chains(in, s);
  for (std::size_t i = 0; i < s.target_count; ++i) s.target_layers[i] = highest_layers(s, i);
  read_resolutions(in, s);
  return in.ok();
}

// What comes between the mandatory fields and the frame's own. The active targets are as many as the structure says.
bool read_extended(BitReader& in, const Structure* known, Descriptor& d) {
  const bool has_structure = in.flag();
  const bool has_active_targets = in.flag();
  d.custom_indications = in.flag();
  d.custom_frame_differences = in.flag();
  d.custom_chain_differences = in.flag();
  if (has_structure) {
    if (!read_structure(in, d.structure.emplace())) return false;
    known = &*d.structure;
  }
  if (!known) return false;
  if (has_active_targets) d.active_targets = in.bits(known->target_count);
  return in.ok();
}

// frame_dependency_definition(): the template, and what replaces parts of it.
bool read_frame(BitReader& in, const Structure& s, Descriptor& d) {
  const auto index = static_cast<std::size_t>((d.mandatory.template_id + 64 - s.template_id_offset) % 64);
  if (index >= s.template_count) return false;
  d.frame = s.templates[index];
  if (d.custom_indications) read_indications(in, s.target_count, d.frame);
  if (d.custom_frame_differences && !read_custom_differences(in, d.frame)) return false;
  if (d.custom_chain_differences) read_chain_differences(in, s.chain_count, 8, d.frame);
  return in.ok();
}

bool read_descriptor(Bytes value, const Structure* known, Descriptor& d) {
  BitReader in(value);
  d.mandatory = read_mandatory(in);
  if (!in.ok() || value.size() > kMaxSize) return false;
  if (value.size() > kMandatorySize && !read_extended(in, known, d)) return false;
  const Structure* structure = d.structure ? &*d.structure : known;
  return structure && read_frame(in, *structure, d);
}

// --- writing ---

void write_mandatory(BitWriter& out, const Mandatory& m) {
  out.flag(m.frame_start);
  out.flag(m.frame_end);
  out.bits(m.template_id, 6);
  out.bits(m.frame_number, 16);
}

std::uint8_t step_between(const Layer& from, const Layer& to) {
  if (to == from) return kSame;
  return to.spatial == from.spatial ? kNextTemporal : kNextSpatial;
}

void write_template_layers(BitWriter& out, const Structure& s) {
  for (std::size_t i = 1; i < s.template_count; ++i)
    out.bits(step_between(s.templates[i - 1].layer, s.templates[i].layer), 2);
  out.bits(kNoMore, 2);
}

void write_indications(BitWriter& out, std::size_t targets, const Dependencies& d) {
  for (std::size_t i = 0; i < targets; ++i) out.bits(static_cast<std::uint32_t>(d.indications[i]), 2);
}

void write_template_differences(BitWriter& out, const Dependencies& d) {
  for (std::size_t i = 0; i < d.frame_difference_count; ++i) {
    out.flag(true);
    out.bits(d.frame_differences[i] - 1u, 4);
  }
  out.flag(false);
}

void write_custom_differences(BitWriter& out, const Dependencies& d) {
  for (std::size_t i = 0; i < d.frame_difference_count; ++i) {
    const std::uint32_t minus_one = d.frame_differences[i] - 1u;
    const std::uint32_t size = minus_one < 16 ? 1 : minus_one < 256 ? 2 : 3;
    out.bits(size, 2);
    out.bits(minus_one, 4 * size);
  }
  out.bits(0, 2);
}

void write_chain_differences(BitWriter& out, std::size_t chains, std::size_t width, const Dependencies& d) {
  for (std::size_t i = 0; i < chains; ++i) out.bits(d.chain_differences[i], width);
}

void write_chains(BitWriter& out, const Structure& s) {
  out.ns(s.target_count + 1u, s.chain_count);
  if (s.chain_count == 0) return;
  for (std::size_t i = 0; i < s.target_count; ++i) out.ns(s.chain_count, s.protected_by[i]);
  for (std::size_t i = 0; i < s.template_count; ++i) write_chain_differences(out, s.chain_count, 4, s.templates[i]);
}

void write_structure(BitWriter& out, const Structure& s) {
  out.bits(s.template_id_offset, 6);
  out.bits(s.target_count - 1u, 5);
  write_template_layers(out, s);
  for (std::size_t i = 0; i < s.template_count; ++i) write_indications(out, s.target_count, s.templates[i]);
  for (std::size_t i = 0; i < s.template_count; ++i) write_template_differences(out, s.templates[i]);
  write_chains(out, s);
  out.flag(s.has_resolutions);
  if (!s.has_resolutions) return;
  for (std::size_t i = 0; i < s.spatial_layers(); ++i) {
    out.bits(s.resolutions[i].width - 1, 16);
    out.bits(s.resolutions[i].height - 1, 16);
  }
}

void write_extended(BitWriter& out, const Descriptor& d, const Structure& s,
                    std::optional<std::uint32_t> active_targets) {
  out.flag(d.structure.has_value());
  out.flag(active_targets.has_value());
  out.flag(d.custom_indications);
  out.flag(d.custom_frame_differences);
  out.flag(d.custom_chain_differences);
  if (d.structure) write_structure(out, *d.structure);
  if (active_targets) out.bits(*active_targets, s.target_count);
  if (d.custom_indications) write_indications(out, s.target_count, d.frame);
  if (d.custom_frame_differences) write_custom_differences(out, d.frame);
  if (d.custom_chain_differences) write_chain_differences(out, s.chain_count, 8, d.frame);
}

bool write_value(ByteWriter& out, const Descriptor& d, const Structure* known,
                 std::optional<std::uint32_t> active_targets) {
  const Structure* structure = d.structure ? &*d.structure : known;
  if (!structure) return false;
  std::array<std::uint8_t, kMaxSize> value;
  BitWriter bits(value);
  write_mandatory(bits, d.mandatory);
  if (d.structure || active_targets || d.custom_indications || d.custom_frame_differences || d.custom_chain_differences)
    write_extended(bits, d, *structure, active_targets);
  out.bytes(Bytes(value).first(bits.bytes()));
  return bits.ok() && out.ok();
}

}  // namespace

std::optional<std::uint8_t> Structure::best_target(Layer wanted, std::uint32_t targets) const {
  std::optional<std::uint8_t> best;
  const auto better = [&](const Layer& a, const Layer& b) {
    return a.spatial != b.spatial ? a.spatial > b.spatial : a.temporal > b.temporal;
  };
  for (std::uint8_t i = 0; i < target_count; ++i) {
    const Layer& layer = target_layers[i];
    if (!(targets >> i & 1) || layer.spatial > wanted.spatial || layer.temporal > wanted.temporal) continue;
    if (!best || better(layer, target_layers[*best])) best = i;
  }
  return best;
}

std::optional<Mandatory> parse_mandatory(Bytes value) {
  BitReader in(value);
  const Mandatory m = read_mandatory(in);
  if (!in.ok()) return {};
  return m;
}

// One object all the way: to copy the room for a structure would take longer than to read most values.
std::optional<Descriptor> parse(Bytes value, const Structure* known) {
  std::optional<Descriptor> read(std::in_place);
  if (!read_descriptor(value, known, *read)) read.reset();
  return read;
}

bool part_of_chain(const Structure& s, const Dependencies& frame, std::uint8_t chain, std::uint32_t active) {
  bool is_active = false;
  for (std::size_t i = 0; i < s.target_count; ++i) {
    if (s.protected_by[i] != chain) continue;
    if (frame.indications[i] <= Indication::discardable) return false;
    is_active |= active >> i & 1;
  }
  return is_active;
}

bool write(ByteWriter& out, const Descriptor& descriptor, const Structure* known) {
  return write_value(out, descriptor, known, descriptor.active_targets);
}

bool write_with_targets(ByteWriter& out, const Descriptor& descriptor, const Structure* known, std::uint32_t active) {
  return write_value(out, descriptor, known, active);
}

}  // namespace costage::sfu::dependency_descriptor
