// Checked big-endian reading and writing. A reader that ran past the end stays failed and reads zeros, so a parser
// checks ok() once, at its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace costage {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t remaining() const { return ok_ ? bytes_.size() - at_ : 0; }
  [[nodiscard]] std::size_t position() const { return at_; }

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u24() { return static_cast<std::uint32_t>(number(3)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }

  Bytes take(std::size_t n) {
    if (remaining() < n) {
      ok_ = false;
      return {};
    }
    Bytes out = bytes_.subspan(at_, n);
    at_ += n;
    return out;
  }
  void skip(std::size_t n) { take(n); }
  Bytes rest() { return take(remaining()); }

 private:
  std::uint64_t number(std::size_t n) {
    std::uint64_t v = 0;
    for (std::uint8_t b : take(n)) v = v << 8 | b;
    return v;
  }

  Bytes bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

// Writes into a buffer it does not own. Once something did not fit, ok() is false and nothing more is written.
class ByteWriter {
 public:
  explicit ByteWriter(MutableBytes out) : out_(out) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t size() const { return at_; }
  [[nodiscard]] Bytes written() const { return out_.first(at_); }

  void u8(std::uint8_t v) { number(v, 1); }
  void u16(std::uint16_t v) { number(v, 2); }
  void u24(std::uint32_t v) { number(v, 3); }
  void u32(std::uint32_t v) { number(v, 4); }
  void u64(std::uint64_t v) { number(v, 8); }
  void bytes(Bytes b) {
    if (!room(b.size())) return;
    if (!b.empty()) std::memcpy(out_.data() + at_, b.data(), b.size());
    at_ += b.size();
  }
  void zeros(std::size_t n) {
    if (!room(n)) return;
    std::memset(out_.data() + at_, 0, n);
    at_ += n;
  }
  // Overwrites two bytes written earlier, for lengths that are known only afterwards.
  void patch_u16(std::size_t at, std::uint16_t v) {
    if (at + 2 > at_) return;
    out_[at] = static_cast<std::uint8_t>(v >> 8);
    out_[at + 1] = static_cast<std::uint8_t>(v);
  }

 private:
  bool room(std::size_t n) {
    if (ok_ && out_.size() - at_ < n) ok_ = false;
    return ok_;
  }
  void number(std::uint64_t v, std::size_t n) {
    if (!room(n)) return;
    for (std::size_t i = 0; i < n; ++i) out_[at_ + i] = static_cast<std::uint8_t>(v >> (8 * (n - 1 - i)));
    at_ += n;
  }

  MutableBytes out_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace costage
