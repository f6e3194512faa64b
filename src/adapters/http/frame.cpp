#include "adapters/http/frame.hpp"

#include <cstdint>

namespace costage::http {
namespace {

constexpr unsigned kFinal = 0x80, kText = 1, kBinary = 2;

void append_big_endian(std::string& out, std::size_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// RFC 6455 section 5.2, FIN set and MASK clear:
//   0: FIN RSV1-3 opcode(4)   1: MASK length(7)   126: 2 bytes of length follow, 127: 8 bytes
std::string header_of(std::size_t length, bool binary) {
  constexpr std::size_t kShort = 126, kTwoBytes = 0x10000;
  std::string out{static_cast<char>(kFinal | (binary ? kBinary : kText))};
  if (length < kShort) {
    out += static_cast<char>(length);
  } else if (length < kTwoBytes) {
    out += static_cast<char>(126);
    append_big_endian(out, length, 2);
  } else {
    out += static_cast<char>(127);
    append_big_endian(out, length, 8);
  }
  return out;
}

}  // namespace

Frame::Frame(std::string_view message, bool binary)
    : bytes_(header_of(message.size(), binary)), header_(bytes_.size()), binary_(binary) {
  bytes_.reserve(header_ + message.size());
  bytes_ += message;
}

}  // namespace costage::http
