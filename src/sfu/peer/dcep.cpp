#include "sfu/peer/dcep.hpp"

namespace costage::sfu {

namespace {

constexpr std::uint8_t kAck = 0x02;
constexpr std::uint8_t kOpen = 0x03;
constexpr std::uint8_t kUnordered = 0x80;  // bit of the channel type (RFC 8832 section 5.1)
constexpr std::uint8_t kReliable = 0x00;
constexpr std::uint8_t kRetransmits = 0x01;
constexpr std::uint8_t kLifetime = 0x02;
constexpr std::uint16_t kNormalPriority = 256;

std::optional<Delivery> delivery_of(std::uint8_t type, std::uint32_t parameter) {
  Delivery out{.ordered = (type & kUnordered) == 0};
  switch (type & ~kUnordered) {
    case kReliable:
      return out;
    case kRetransmits:
      out.max_retransmits = parameter;
      return out;
    case kLifetime:
      out.max_lifetime_ms = parameter;
      return out;
    default:
      return {};
  }
}

}  // namespace

std::optional<DcepOpen> parse_dcep_open(Bytes message) {
  ByteReader in{message};
  if (in.u8() != kOpen) return {};
  const std::uint8_t type = in.u8();
  in.skip(2);
  const auto delivery = delivery_of(type, in.u32());
  const std::uint16_t label_size = in.u16();
  const std::uint16_t protocol_size = in.u16();
  const Bytes label = in.take(label_size);
  const Bytes protocol = in.take(protocol_size);
  if (!in.ok() || !delivery || label.size() > DcepOpen::kMaxLabel || protocol.size() > DcepOpen::kMaxLabel) return {};
  return DcepOpen{*delivery, std::string{as_text(label)}, std::string{as_text(protocol)}};
}

bool is_dcep_ack(Bytes message) { return !message.empty() && message[0] == kAck; }

Buffer write(const DcepOpen& open) {
  Buffer out(12 + open.label.size() + open.protocol.size());
  ByteWriter to{out};
  const Delivery& d = open.delivery;
  const std::uint8_t kind = d.max_retransmits ? kRetransmits : d.max_lifetime_ms ? kLifetime : kReliable;
  to.u8(kOpen);
  to.u8(kind | (d.ordered ? 0 : kUnordered));
  to.u16(kNormalPriority);
  to.u32(d.max_retransmits ? *d.max_retransmits : d.max_lifetime_ms.value_or(0));
  to.u16(static_cast<std::uint16_t>(open.label.size()));
  to.u16(static_cast<std::uint16_t>(open.protocol.size()));
  to.bytes(as_bytes(open.label));
  to.bytes(as_bytes(open.protocol));
  return out;
}

Buffer write_dcep_ack() { return {kAck}; }

}  // namespace costage::sfu
