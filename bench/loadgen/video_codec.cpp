#include "loadgen/video_codec.hpp"

#include <initializer_list>

namespace costage::bench {
namespace {

namespace dd = sfu::dependency_descriptor;

// Of a real Chromium (src/sfu/wire/testdata): a STAP-A of SPS and PPS; AV1 sequence headers of one layer and of L3T3;
// the descriptor of the first packet of an L3T3_KEY stream.
constexpr std::array<std::uint8_t, 28> kH264Parameters{0x78, 0x00, 0x13, 0x67, 0x42, 0xc0, 0x20, 0x8c, 0x8d, 0x40,
                                                       0x78, 0x08, 0xbf, 0x73, 0x50, 0x60, 0x60, 0x60, 0x78, 0x44,
                                                       0x23, 0x50, 0x00, 0x04, 0x68, 0xce, 0x3c, 0x80};
constexpr std::array<std::uint8_t, 11> kAv1Sequence{0x08, 0x00, 0x00, 0x00, 0x24, 0xcf, 0x7f, 0x0d, 0x80, 0x34, 0x01};
constexpr std::array<std::uint8_t, 28> kAv1SvcSequence{0x08, 0x00, 0x87, 0x07, 0x23, 0x81, 0x91, 0xc0, 0x48, 0x60,
                                                       0xe4, 0x30, 0x32, 0x18, 0x09, 0x04, 0x1c, 0x82, 0x06, 0x41,
                                                       0x01, 0x24, 0xcf, 0x7f, 0x0d, 0x80, 0x34, 0x01};
constexpr std::array<std::uint8_t, 90> kSvcDescriptor{
    0xc0, 0x00, 0x01, 0x80, 0x08, 0x14, 0x85, 0x21, 0x4e, 0xaa, 0xaa, 0xa8, 0x00, 0x06, 0x00, 0x00, 0x40, 0x00,
    0x10, 0x00, 0x02, 0xaa, 0x80, 0xa8, 0x00, 0x06, 0x00, 0x00, 0x40, 0x00, 0x10, 0x00, 0x02, 0xa0, 0x00, 0xa8,
    0x00, 0x06, 0x00, 0x00, 0x40, 0x00, 0x16, 0xd5, 0x49, 0x24, 0x1b, 0x55, 0x24, 0x90, 0x6d, 0x54, 0x92, 0x31,
    0x57, 0xe0, 0x01, 0x97, 0x4c, 0xa8, 0x64, 0x33, 0x0e, 0x22, 0x23, 0x96, 0xec, 0xa8, 0x65, 0x53, 0x04, 0x22,
    0x43, 0x90, 0xec, 0xa8, 0x77, 0x53, 0x00, 0xef, 0x00, 0x86, 0x01, 0xdf, 0x01, 0x0d, 0x03, 0xbf, 0x02, 0x1b};

constexpr std::array<std::uint8_t, 4> kTemporalLayers{0, 2, 1, 2};  // of pictures from a key picture on
constexpr std::array<std::uint8_t, 4> kDeltaTemplates{1, 3, 2, 4};  // likewise, in structures of libwebrtc
constexpr std::uint8_t kTemplatesOfLayer = 5;                       // of a spatial layer; the first is a key frame's

// Payload descriptor with 15-bit picture id (RFC 7741 section 4.2), then the frame header (RFC 6386 section 9.1).
void write_vp8(ByteWriter& out, const Slice& slice) {
  out.u8(slice.first() ? 0x90 : 0x80);
  out.u8(0x80);
  out.u16(static_cast<std::uint16_t>(0x8000 | (slice.picture & 0x7fff)));
  if (!slice.first()) return;
  out.u8(slice.key ? 0x10 : 0x11);
  out.u16(0x5400);
  if (!slice.key) return;
  out.u24(0x9d012a);
  out.u16(0x8002);  // 640, little endian
  out.u16(0x6801);  // 360
}

// RFC 6184: a key picture has its parameter sets in a STAP-A (section 5.7.1) in front, filled up with filler data so
// that it is as long as any packet; the slice is cut into FU-As (section 5.8).
void write_h264(ByteWriter& out, const Slice& slice, std::size_t packet_size) {
  if (slice.key && slice.first()) {
    out.bytes(kH264Parameters);
    out.u16(static_cast<std::uint16_t>(packet_size - out.size() - 2));
    out.u8(0x0c);
    return;
  }
  const bool start = slice.index == (slice.key ? 1 : 0);
  out.u8(0x7c);
  out.u8(static_cast<std::uint8_t>((start ? 0x80 : 0) | (slice.last() ? 0x40 : 0) | (slice.key ? 5 : 1)));
}

// AV1 RTP specification, section 4.4: the aggregation header (Z: continues, Y: goes on, W: elements, N: new sequence),
// then the frame OBU or a piece of it; on a new sequence, its header before.
void write_av1(ByteWriter& out, VideoCodec codec, const Slice& slice) {
  const bool svc = codec == VideoCodec::av1_svc;
  const bool begins = slice.key && slice.first() && slice.spatial == 0;
  out.u8(static_cast<std::uint8_t>((slice.first() ? 0 : 0x80) | (slice.last() ? 0 : 0x40) | (begins ? 0x28 : 0x10)));
  if (begins) {
    const Bytes sequence = svc ? Bytes(kAv1SvcSequence) : Bytes(kAv1Sequence);
    out.u8(static_cast<std::uint8_t>(sequence.size()));
    out.bytes(sequence);
  }
  if (!slice.first()) return;
  out.u8(0x34);  // OBU_FRAME with the extension that names the layers
  out.u8(static_cast<std::uint8_t>(kTemporalLayers[slice.since_key % 4] << 5 | slice.spatial << 3));
}

dd::Dependencies l1t3_template(std::uint8_t temporal, std::string_view indications, std::uint8_t chain,
                               std::initializer_list<std::uint16_t> differences) {
  dd::Dependencies out;
  out.layer.temporal = temporal;
  for (std::size_t i = 0; i < indications.size(); ++i) {
    out.indications[i] = indications[i] == 'S'   ? dd::Indication::switch_point
                         : indications[i] == 'D' ? dd::Indication::discardable
                                                 : dd::Indication::not_present;
  }
  for (const std::uint16_t difference : differences) out.frame_differences[out.frame_difference_count++] = difference;
  out.chain_differences[0] = chain;
  return out;
}

// As libwebrtc's.
dd::Structure l1t3() {
  dd::Structure out;
  out.template_count = kTemplatesOfLayer;
  out.target_count = 3;
  out.chain_count = 1;
  out.templates[0] = l1t3_template(0, "SSS", 0, {});
  out.templates[1] = l1t3_template(0, "SSS", 4, {4});
  out.templates[2] = l1t3_template(1, "-DS", 2, {2});
  out.templates[3] = l1t3_template(2, "--D", 1, {1});
  out.templates[4] = l1t3_template(2, "--D", 3, {1});
  out.has_resolutions = true;
  out.resolutions[0] = {640, 360};
  return out;
}

}  // namespace

void write_payload_headers(ByteWriter& out, VideoCodec codec, const Slice& slice, std::size_t packet_size) {
  switch (codec) {
    case VideoCodec::vp8:
      return write_vp8(out, slice);
    case VideoCodec::h264:
      return write_h264(out, slice, packet_size);
    case VideoCodec::av1:
    case VideoCodec::av1_svc:
      return write_av1(out, codec, slice);
  }
}

DescriptorWriter::DescriptorWriter(VideoCodec codec)
    : structure_(codec == VideoCodec::av1_svc ? *dd::parse(kSvcDescriptor, nullptr)->structure : l1t3()) {}

// The structure comes with the first packet of a key picture.
void DescriptorWriter::write(ByteWriter& out, const Slice& slice) const {
  const std::uint8_t in_layer = slice.key ? 0 : kDeltaTemplates[slice.since_key % 4];
  dd::Descriptor descriptor;
  descriptor.mandatory = {slice.first(), slice.last(),
                          static_cast<std::uint8_t>(kTemplatesOfLayer * slice.spatial + in_layer), slice.frame};
  if (slice.key && slice.first() && slice.spatial == 0) descriptor.structure = structure_;
  dd::write(out, descriptor, &structure_);
}

}  // namespace costage::bench
