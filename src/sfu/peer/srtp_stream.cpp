#include "sfu/peer/srtp_stream.hpp"

#include <algorithm>

namespace costage::sfu {

namespace {
constexpr std::size_t kFirstSlots = 16;  // a power of two, kept at most half full

std::size_t spread(std::uint32_t ssrc) { return ssrc * 0x9e3779b97f4a7c15ULL >> 32; }
}  // namespace

bool ReplayWindow::seen(std::uint64_t index) const {
  if (empty_ || index > highest_) return false;
  if (highest_ - index >= kWindow) return true;
  const std::uint64_t bit = index % kWindow;
  return bits_[bit / 64] >> (bit % 64) & 1;
}

void ReplayWindow::mark(std::uint64_t index) {
  if (empty_) {
    highest_ = index;
    empty_ = false;
  }
  if (index > highest_) {
    if (index - highest_ >= kWindow)
      bits_.fill(0);
    else
      for (std::uint64_t i = highest_ + 1; i < index; ++i) bits_[i % kWindow / 64] &= ~(1ULL << (i % 64));
    highest_ = index;
  }
  bits_[index % kWindow / 64] |= 1ULL << (index % 64);
}

std::uint64_t estimate_index(std::uint64_t highest, std::uint16_t sequence) {
  const auto step = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest));
  const std::int64_t index = static_cast<std::int64_t>(highest) + step;
  // Before the first rollover there is no lower counter to belong to.
  return static_cast<std::uint64_t>(index < 0 ? index + 0x10000 : index);
}

SrtpStreams::SrtpStreams() : slots_(kFirstSlots) {}

SrtpStreams::Slot& SrtpStreams::slot(std::uint32_t ssrc) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = spread(ssrc) & mask;
  while (slots_[at].window != 0 && slots_[at].ssrc != ssrc) at = (at + 1) & mask;
  return slots_[at];
}

ReplayWindow* SrtpStreams::find(std::uint32_t ssrc) {
  const Slot& found = slot(ssrc);
  return found.window == 0 ? nullptr : &windows_[found.window - 1];
}

ReplayWindow* SrtpStreams::add(std::uint32_t ssrc) {
  if (windows_.size() == kMaxStreams) return nullptr;
  if ((windows_.size() + 1) * 2 > slots_.size()) grow();
  windows_.emplace_back();
  slot(ssrc) = {ssrc, static_cast<std::uint32_t>(windows_.size())};
  return &windows_.back();
}

void SrtpStreams::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& s : old)
    if (s.window != 0) slot(s.ssrc) = s;
}

}  // namespace costage::sfu
