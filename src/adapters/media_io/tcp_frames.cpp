#include "adapters/media_io/tcp_frames.hpp"

#include <algorithm>
#include <cstdint>

namespace costage::media_io {

MutableBytes FrameReader::space() {
  if (begin_ != 0) {
    std::copy(block_.begin() + static_cast<std::ptrdiff_t>(begin_), block_.begin() + static_cast<std::ptrdiff_t>(end_),
              block_.begin());
    end_ -= begin_;
    begin_ = 0;
  }
  return MutableBytes{block_}.subspan(end_);
}

std::optional<MutableBytes> FrameReader::next() {
  if (!has_frame()) return std::nullopt;
  const MutableBytes packet = MutableBytes{block_}.subspan(begin_ + kFrameHeader, length());
  begin_ += kFrameHeader + packet.size();
  return packet;
}

bool FrameQueue::push(Bytes packet) {
  const std::size_t size = kFrameHeader + packet.size();
  if (front().size() + size > kCapacity) return false;
  if (empty()) clear();
  if (bytes_.size() + size > kCapacity) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  bytes_.reserve(kCapacity);
  bytes_.push_back(static_cast<std::uint8_t>(packet.size() >> 8));
  bytes_.push_back(static_cast<std::uint8_t>(packet.size()));
  bytes_.insert(bytes_.end(), packet.begin(), packet.end());
  return true;
}

void FrameQueue::clear() {
  bytes_.clear();
  begin_ = 0;
}

}  // namespace costage::media_io
