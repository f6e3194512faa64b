// Checked reading and writing of single bits, high to low, like ByteReader and ByteWriter: who ran past the end stays
// failed and reads zeros. ns(n) is the AV1 specification's code (section 4.10.7) for a value below n.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace costage::sfu {

class BitReader {
 public:
  explicit BitReader(Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t position() const { return at_; }  // in bits

  bool flag() { return bits(1) != 0; }
  // Up to 32 bits.
  std::uint32_t bits(std::size_t n) {
    if (bytes_.size() * 8 - at_ < n) ok_ = false;
    if (!ok_) return 0;
    std::uint32_t v = 0;
    for (; n > 0; --n, ++at_) v = v << 1 | (bytes_[at_ / 8] >> (7 - at_ % 8) & 1);
    return v;
  }
  std::uint32_t ns(std::uint32_t n) {
    const auto width = static_cast<std::size_t>(std::bit_width(n));
    const std::uint32_t shorter = (1u << width) - n;  // so many values take one bit less
    const std::uint32_t v = bits(width - 1);
    return v < shorter ? v : (v << 1) - shorter + bits(1);
  }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

// The bits behind the last one written are zero, up to the end of its byte.
class BitWriter {
 public:
  explicit BitWriter(MutableBytes out) : out_(out) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t bytes() const { return (at_ + 7) / 8; }

  void flag(bool v) { bits(v, 1); }
  void bits(std::uint32_t v, std::size_t n) {
    if (out_.size() * 8 - at_ < n) ok_ = false;
    if (!ok_) return;
    for (; n > 0; --n, ++at_) {
      std::uint8_t& byte = out_[at_ / 8];
      if (at_ % 8 == 0) byte = 0;
      byte = static_cast<std::uint8_t>(byte | (v >> (n - 1) & 1) << (7 - at_ % 8));
    }
  }
  void ns(std::uint32_t n, std::uint32_t v) {
    const auto width = static_cast<std::size_t>(std::bit_width(n));
    const std::uint32_t shorter = (1u << width) - n;
    if (v < shorter)
      bits(v, width - 1);
    else
      bits(v + shorter, width);
  }

 private:
  MutableBytes out_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace costage::sfu
