#include "sfu/wire/rtcp/report_block.hpp"

#include <algorithm>

namespace costage::sfu::rtcp {

ReportBlock ReportBlock::read(ByteReader& in) {
  ReportBlock b;
  b.ssrc = in.u32();
  b.fraction_lost = in.u8();
  b.cumulative_lost = static_cast<std::int32_t>(in.u24() << 8) >> 8;  // extends the sign
  b.highest_sequence = in.u32();
  b.jitter = in.u32();
  b.last_sender_report = in.u32();
  b.delay_since_last_sender_report = in.u32();
  return b;
}

void ReportBlock::write(ByteWriter& out) const {
  out.u32(ssrc);
  out.u8(fraction_lost);
  out.u24(static_cast<std::uint32_t>(std::clamp(cumulative_lost, -0x800000, 0x7fffff)) & 0xffffff);
  out.u32(highest_sequence);
  out.u32(jitter);
  out.u32(last_sender_report);
  out.u32(delay_since_last_sender_report);
}

}  // namespace costage::sfu::rtcp
