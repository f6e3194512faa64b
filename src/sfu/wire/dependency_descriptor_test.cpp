#include "sfu/wire/dependency_descriptor.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sfu/wire/captured_test.hpp"

namespace costage::sfu::dependency_descriptor {
namespace {

constexpr auto kNone = Indication::not_present;
constexpr auto kDiscardable = Indication::discardable;
constexpr auto kSwitch = Indication::switch_point;
constexpr auto kRequired = Indication::required;

// The structure L1T3 of section A.10.2.1 with template ids from 10 on, 640x360; start of frame 0x1234 by template 10.
const Buffer kKeyFrame = {0x8a, 0x12, 0x34, 0x81, 0x42, 0x14, 0xea, 0xaa, 0x44, 0x10,
                          0x4d, 0x14, 0x10, 0x20, 0x84, 0x27, 0x02, 0x7f, 0x01, 0x67};
// End of frame 0x1235 by template 13, decode targets 0 and 1 active, everything else in values of its own.
const Buffer kCustom = {0x4d, 0x12, 0x35, 0x7b, 0xc5, 0x29, 0x8f, 0xff, 0xf3, 0x20};

Buffer written(const Descriptor& d, const Structure* known) {
  Buffer out(255);
  ByteWriter w(out);
  if (!write(w, d, known)) return {};
  out.resize(w.size());
  return out;
}

Structure l1t3() { return *parse(kKeyFrame, nullptr)->structure; }

TEST(DependencyDescriptor, ReadsAStructure) {
  const auto d = parse(kKeyFrame, nullptr);
  ASSERT_TRUE(d && d->starts_key_frame());
  EXPECT_EQ(d->mandatory, (Mandatory{true, false, 10, 0x1234}));
  EXPECT_FALSE(d->active_targets);
  const Structure& s = *d->structure;
  EXPECT_EQ(s.template_id_offset, 10);
  ASSERT_EQ(s.template_count, 5);
  EXPECT_EQ(s.target_count, 3);
  EXPECT_EQ(s.all_targets(), 0b111u);
  EXPECT_EQ(s.chain_count, 1);
  EXPECT_EQ(s.spatial_layers(), 1);
  EXPECT_EQ(s.resolutions[0], (Resolution{640, 360}));
  EXPECT_EQ(s.templates[2], (Dependencies{{0, 1}, {kSwitch, kDiscardable, kNone}, {2}, 1, {2}}));
  EXPECT_EQ(s.templates[4], (Dependencies{{0, 2}, {kDiscardable}, {1}, 1, {3}}));
  EXPECT_EQ(s.target_layers[0], (Layer{0, 2}));
  EXPECT_EQ(s.target_layers[2], (Layer{0, 0}));
  EXPECT_EQ(d->frame, s.templates[0]);
}

TEST(DependencyDescriptor, LaterFramesNeedTheStructure) {
  const Structure s = l1t3();
  const Buffer delta = {0xcc, 0x12, 0x35};
  EXPECT_FALSE(parse(delta, nullptr));
  const auto d = parse(delta, &s);
  ASSERT_TRUE(d);
  EXPECT_FALSE(d->starts_key_frame());
  EXPECT_EQ(d->mandatory, (Mandatory{true, true, 12, 0x1235}));
  EXPECT_EQ(d->frame, s.templates[2]);
  EXPECT_EQ(parse_mandatory(delta), d->mandatory);
}

TEST(DependencyDescriptor, ReadsCustomValues) {
  const Structure s = l1t3();
  const auto d = parse(kCustom, &s);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->mandatory, (Mandatory{false, true, 13, 0x1235}));
  EXPECT_EQ(d->active_targets, 0b011u);
  EXPECT_EQ(d->frame, (Dependencies{{0, 2}, {kRequired, kNone, kDiscardable}, {3, 100, 4096}, 3, {200}}));
}

TEST(DependencyDescriptor, TellsWhoNeedsAFrame) {
  const Structure s = l1t3();
  const auto middle = parse(Buffer{0xcc, 0x12, 0x35}, &s);
  EXPECT_TRUE(middle->needed_for(0) && middle->needed_for(1));
  EXPECT_FALSE(middle->needed_for(2));
  EXPECT_TRUE(middle->switches_to(0));
  EXPECT_FALSE(middle->switches_to(1));
  EXPECT_TRUE(part_of_chain(s, s.templates[1], 0, 0b111));
  EXPECT_FALSE(part_of_chain(s, s.templates[1], 0, 0)) << "nobody watches";
  EXPECT_FALSE(part_of_chain(s, s.templates[2], 0, 0b111));
}

TEST(DependencyDescriptor, FindsTheBestTarget) {
  const Structure s = l1t3();
  EXPECT_EQ(s.best_target({0, 2}, s.all_targets()), 0);
  EXPECT_EQ(s.best_target({3, 1}, s.all_targets()), 1);
  EXPECT_EQ(s.best_target({0, 2}, 0b100), 2);
  EXPECT_FALSE(s.best_target({0, 0}, 0b011));
}

TEST(DependencyDescriptor, RefusesWhatIsCutOrUnknown) {
  const Structure s = l1t3();
  for (std::size_t n = 0; n < kKeyFrame.size(); ++n) EXPECT_FALSE(parse(Bytes(kKeyFrame).first(n), nullptr)) << n;
  for (std::size_t n = 4; n < kCustom.size(); ++n) EXPECT_FALSE(parse(Bytes(kCustom).first(n), &s)) << n;
  EXPECT_FALSE(parse(Buffer{0xc9, 0x12, 0x35}, &s)) << "template 9";
  EXPECT_FALSE(parse(Buffer{0xcf, 0x12, 0x35}, &s)) << "template 15";
  EXPECT_FALSE(parse(Buffer{0xcc, 0x12, 0x35, 0x08}, nullptr));
  // Five spatial layers; then a structure of nothing but templates.
  EXPECT_FALSE(parse(Buffer{0x80, 0, 1, 0x80, 0x00, 0x55, 0xff, 0xff, 0xff, 0xff}, nullptr));
  Buffer endless(255);
  endless[3] = 0x80;
  EXPECT_FALSE(parse(endless, nullptr));
  Buffer padded = kKeyFrame;
  padded.resize(255);
  EXPECT_TRUE(parse(padded, nullptr));
  padded.resize(256);
  EXPECT_FALSE(parse(padded, nullptr));
}

TEST(DependencyDescriptor, WritesWhatItRead) {
  const Structure s = l1t3();
  EXPECT_EQ(written(*parse(kKeyFrame, nullptr), nullptr), kKeyFrame);
  EXPECT_EQ(written(*parse(kCustom, &s), &s), kCustom);
  EXPECT_EQ(written(*parse(kCustom, &s), nullptr), Buffer());
  Buffer little(9);
  ByteWriter w(little);
  EXPECT_FALSE(write(w, *parse(kCustom, &s), &s));
}

TEST(DependencyDescriptor, TellsOtherActiveTargets) {
  const Structure s = l1t3();
  const auto before = parse(Buffer{0xcc, 0x12, 0x35}, &s);
  Buffer out(255);
  ByteWriter w(out);
  ASSERT_TRUE(write_with_targets(w, *before, &s, 0b110));
  EXPECT_EQ(w.size(), 4u);
  auto after = parse(w.written(), &s);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->active_targets, 0b110u);
  after->active_targets.reset();
  EXPECT_EQ(after, before);
}

// Of each packet "spatial.temporal", a frame's packets together, a picture in brackets; every one written as it was
// read.
std::string seen(const std::string& capture) {
  std::string all;
  std::optional<Structure> known;
  for (const CapturedPacket& packet : captured(capture)) {
    const Bytes value = packet.dependency_descriptor();
    const auto d = parse(value, known ? &*known : nullptr);
    if (!d) return all + "?";
    EXPECT_EQ(written(*d, known ? &*known : nullptr), Buffer(value.begin(), value.end()));
    if (d->structure) known = d->structure;
    if (d->starts_key_frame()) all += "K";
    if (d->mandatory.frame_start) all += fmt::format("{}.{}", d->frame.layer.spatial, d->frame.layer.temporal);
    if (d->mandatory.frame_end) all += packet.rtp().header.marker ? "; " : " ";
  }
  return all;
}

TEST(DependencyDescriptor, ReadsCapturedLayers) {
  constexpr std::string_view kThreeLayers = "K0.0 1.0 2.0; 0.2 1.2 2.2; 0.1 1.1 2.1; 0.2 1.2 2.2; 0.0 1.0 2.0; ";
  EXPECT_EQ(seen("av1_l3t3_key"), kThreeLayers);
  EXPECT_EQ(seen("vp9_l3t3_key"), kThreeLayers);
  EXPECT_EQ(seen("vp9_l1t3"), "K0.0; 0.2; 0.1; 0.2; 0.0; ");
  EXPECT_EQ(seen("av1_l1t1"), "K0.0; 0.0; 0.0; ");
  EXPECT_EQ(seen("h264_mode1"), "K0.0; 0.0; 0.0; ");
}

TEST(DependencyDescriptor, ReadsACapturedStructure) {
  const auto packets = captured("av1_l3t3_key");
  const auto key = parse(packets[0].dependency_descriptor(), nullptr);
  ASSERT_TRUE(key && key->structure);
  const Structure& s = *key->structure;
  EXPECT_EQ(s.target_count, 9);
  EXPECT_EQ(s.chain_count, 3);
  EXPECT_EQ(s.spatial_layers(), 3);
  EXPECT_EQ(s.resolutions[0], (Resolution{240, 135}));
  EXPECT_EQ(s.resolutions[2], (Resolution{960, 540}));
  const auto target = s.best_target({1, 1}, s.all_targets());
  ASSERT_TRUE(target);
  EXPECT_EQ(s.target_layers[*target], (Layer{1, 1}));

  // Who is sent the second layer without its highest frame rate: of a key picture also the layer below, later not.
  std::string needed;
  for (const CapturedPacket& packet : packets) {
    const auto d = parse(packet.dependency_descriptor(), &s);
    ASSERT_TRUE(d);
    if (d->mandatory.frame_start) needed += d->switches_to(*target) ? 'S' : d->needed_for(*target) ? 'n' : '.';
  }
  EXPECT_EQ(needed, "SS.....n.....S.");
}

Structure any_structure() {
  Structure s;
  s.template_id_offset = static_cast<std::uint8_t>(*rc::gen::inRange(0, 64));
  s.template_count = static_cast<std::uint8_t>(*rc::gen::inRange(1, 7));
  s.target_count = static_cast<std::uint8_t>(*rc::gen::inRange(1, 9));
  s.chain_count = static_cast<std::uint8_t>(*rc::gen::inRange(0, s.target_count + 1));
  Layer layer;
  for (std::size_t i = 0; i < s.template_count; ++i) {
    Dependencies& t = s.templates[i];
    if (i > 0 && *rc::gen::arbitrary<bool>()) ++layer.temporal;
    t.layer = layer;
    for (std::size_t j = 0; j < s.target_count; ++j)
      t.indications[j] = static_cast<Indication>(*rc::gen::inRange(0, 4));
    t.frame_difference_count = static_cast<std::uint8_t>(*rc::gen::inRange(0, 4));
    for (std::size_t j = 0; j < t.frame_difference_count; ++j)
      t.frame_differences[j] = static_cast<std::uint16_t>(*rc::gen::inRange(1, 17));
    for (std::size_t j = 0; j < s.chain_count; ++j)
      t.chain_differences[j] = static_cast<std::uint8_t>(*rc::gen::inRange(0, 16));
  }
  for (std::size_t i = 0; s.chain_count > 0 && i < s.target_count; ++i)
    s.protected_by[i] = static_cast<std::uint8_t>(*rc::gen::inRange<int>(0, s.chain_count));
  return s;
}

RC_GTEST_PROP(DependencyDescriptorProperty, WrittenStructureIsRead, ()) {
  Descriptor d;
  d.structure = any_structure();
  d.mandatory.template_id = d.structure->template_id_offset;
  d.frame = d.structure->templates[0];
  auto read = parse(written(d, nullptr), nullptr);
  RC_ASSERT(read.has_value());
  read->structure->target_layers = {};
  RC_ASSERT(*read == d);
}

}  // namespace
}  // namespace costage::sfu::dependency_descriptor
