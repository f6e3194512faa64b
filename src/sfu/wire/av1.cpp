#include "sfu/wire/av1.hpp"

namespace costage::sfu::av1 {
namespace {

constexpr std::uint8_t kContinues = 0x80;    // Z
constexpr std::uint8_t kGoesOn = 0x40;       // Y
constexpr std::uint8_t kNewSequence = 0x08;  // N
constexpr std::uint8_t kForbidden = 0x80;    // F of an OBU
constexpr std::uint8_t kSequenceHeader = 1;  // type of an OBU
constexpr int kMaxLeb128 = 8;                // bytes; AV1 specification section 4.10.5

// Empty: longer than allowed, or than any payload.
std::optional<std::size_t> read_leb128(ByteReader& in) {
  std::uint64_t value = 0;
  for (int i = 0; i < kMaxLeb128; ++i) {
    const std::uint8_t byte = in.u8();
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (!(byte & 0x80)) return static_cast<std::size_t>(value);
  }
  return {};
}

bool read_obu(Bytes obu, Payload& p) {
  if (obu[0] & kForbidden) return false;
  p.sequence_header |= (obu[0] >> 3 & 0x0f) == kSequenceHeader;
  return true;
}

// An element without bytes is nothing, not even a piece.
bool read_element(ByteReader& in, Payload& p) {
  const bool last_of_told = p.told > 0 && p.elements + 1 == p.told;
  const auto size = last_of_told ? in.remaining() : read_leb128(in);
  if (!size) return false;
  const Bytes element = in.take(*size);
  if (!in.ok() || element.empty()) return false;
  const bool is_continued = p.elements == 0 && p.continues;
  ++p.elements;
  return is_continued || read_obu(element, p);
}

}  // namespace

std::optional<Payload> parse(Bytes payload) {
  ByteReader in(payload);
  const std::uint8_t header = in.u8();
  Payload p{.continues = (header & kContinues) != 0,
            .goes_on = (header & kGoesOn) != 0,
            .told = static_cast<std::uint8_t>(header >> 4 & 3),
            .new_sequence = (header & kNewSequence) != 0};
  if (p.new_sequence && p.continues) return {};  // section 4.4 forbids it
  do {
    if (!read_element(in, p)) return {};
  } while (p.told > 0 ? p.elements < p.told : in.remaining() > 0);
  return p;
}

}  // namespace costage::sfu::av1
