// How the sequence numbers of a stream map to those of a subscriber who gets only some of its packets, for the last
// kKept packets. Numbers of packets that are left out close up; those of packets that have not come (yet) are kept
// free.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace costage::sfu {

class SparseMap {
 public:
  // A second of 2.5 Mbit/s video.
  static constexpr std::size_t kKept = 256;

  // `in`, the next packet, becomes `out`.
  void start(std::int64_t in, std::int64_t out) {
    shift_ = in - out;
    highest_in_ = in - 1;
  }
  // The number under which `in` goes out. Empty: it was left out, or is too old to tell.
  [[nodiscard]] std::optional<std::int64_t> forward(std::int64_t in, bool marker) {
    if (in > highest_in_) advance(in, marker ? Fate::sent_with_marker : Fate::sent);
    const Entry& e = entries_[low(in) % kKept];
    if (e.in != low(in) || e.fate == Fate::left_out) return std::nullopt;
    return in - shift_of(e);
  }
  void leave_out(std::int64_t in) {
    if (in <= highest_in_) return;  // its number has been kept free
    advance(in, Fate::left_out);
    ++shift_;
  }
  struct Sent {
    std::int64_t in = 0;
    bool marker = false;
  };
  // What went out under this number; empty: nothing, or too long ago.
  [[nodiscard]] std::optional<Sent> find(std::int64_t out) const {
    const std::uint32_t in = by_out_[index(out)];
    const Entry& e = entries_[in % kKept];
    const std::int64_t whole = out + shift_of(e);
    if (e.in != in || low(whole) != in || e.fate == Fate::left_out) return std::nullopt;
    return Sent{whole, e.fate == Fate::sent_with_marker};
  }
  // Of what went out or may still.
  [[nodiscard]] std::int64_t highest_out() const { return highest_in_ - shift_; }

 private:
  enum class Fate : std::uint8_t { sent, sent_with_marker, left_out };
  struct Entry {
    std::uint32_t in = 0;     // low 32 bits
    std::uint32_t shift = 0;  // in - out, low 32 bits
    Fate fate = Fate::left_out;
  };
  [[nodiscard]] static std::uint32_t low(std::int64_t number) { return static_cast<std::uint32_t>(number); }
  [[nodiscard]] static std::size_t index(std::int64_t number) { return static_cast<std::size_t>(number) % kKept; }
  [[nodiscard]] std::int64_t shift_of(const Entry& e) const {
    return shift_ - static_cast<std::int32_t>(low(shift_) - e.shift);
  }

  void advance(std::int64_t in, Fate fate) {
    if (in - highest_in_ > static_cast<std::int64_t>(kKept)) highest_in_ = in - static_cast<std::int64_t>(kKept);
    while (highest_in_ < in) {
      const std::int64_t next = ++highest_in_;
      const Fate its = next == in ? fate : Fate::sent;
      entries_[low(next) % kKept] = {low(next), low(shift_), its};
      if (its != Fate::left_out) by_out_[index(next - shift_)] = low(next);
    }
  }

  std::array<Entry, kKept> entries_{};
  std::array<std::uint32_t, kKept> by_out_{};
  std::int64_t highest_in_ = 0;
  std::int64_t shift_ = 0;
};

}  // namespace costage::sfu
