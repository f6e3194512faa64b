#include "sfu/wire/rtcp/xr.hpp"

namespace costage::sfu::rtcp {
namespace {

constexpr std::uint8_t kReferenceTime = 4;
constexpr std::uint8_t kDlrr = 5;
constexpr std::size_t kDlrrItem = 12;

// False: a block we know has a wrong size.
bool read_block(ExtendedReport& report, std::uint8_t type, Bytes contents) {
  if (type == kReferenceTime) {
    if (contents.size() != 8) return false;
    report.reference_time = ByteReader(contents).u64();
  } else if (type == kDlrr) {
    if (contents.size() % kDlrrItem != 0) return false;
    report.dlrr_items = contents;
  }
  return true;
}

void write_block_header(ByteWriter& out, std::uint8_t type, std::size_t size) {
  out.u8(type);
  out.u8(0);
  out.u16(static_cast<std::uint16_t>(size / 4));
}

}  // namespace

std::optional<ExtendedReport> ExtendedReport::parse(const Packet& packet) {
  if (!packet.is(Type::extended_report)) return {};
  ByteReader in(packet.body);
  ExtendedReport report;
  report.sender_ssrc = in.u32();
  while (in.remaining() > 0) {
    const std::uint8_t type = in.u8();
    in.skip(1);
    const Bytes contents = in.take(4u * in.u16());
    if (!in.ok() || !read_block(report, type, contents)) return {};
  }
  if (!in.ok()) return {};
  return report;
}

void ExtendedReport::write(ByteWriter& out, std::uint32_t sender_ssrc, std::optional<std::uint64_t> reference_time,
                           std::span<const Dlrr> items) {
  const PacketWriter packet(out, Type::extended_report, 0);
  out.u32(sender_ssrc);
  if (reference_time) {
    write_block_header(out, kReferenceTime, 8);
    out.u64(*reference_time);
  }
  if (items.empty()) return;
  write_block_header(out, kDlrr, items.size() * kDlrrItem);
  for (const Dlrr& item : items) {
    out.u32(item.ssrc);
    out.u32(item.last_rrtr);
    out.u32(item.delay);
  }
}

}  // namespace costage::sfu::rtcp
