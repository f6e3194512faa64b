// Packets in a TCP stream, each behind its length (RFC 4571 section 2, as RFC 6544 section 3 wants it):
//
//   0                   1
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |            LENGTH             |  LENGTH bytes of packet ...
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"
#include "base/media_limits.hpp"

namespace costage::media_io {

inline constexpr std::size_t kFrameHeader = 2;

// Takes the stream as it comes and gives whole packets.
class FrameReader {
 public:
  static constexpr std::size_t kCapacity = media::kTcpReceiveBuffer;
  static_assert(kCapacity >= 2 * (kFrameHeader + media::kMaxDatagram));

  FrameReader() : block_(kCapacity) {}

  // Where to put what comes next, then say how much it was. Never empty while has_frame() is false.
  [[nodiscard]] MutableBytes space();
  void filled(std::size_t size) { end_ += size; }

  // Valid until the next call of space().
  [[nodiscard]] std::optional<MutableBytes> next();
  [[nodiscard]] bool has_frame() const { return !broken() && waiting() >= kFrameHeader + length(); }
  // The next packet would be longer than kMaxDatagram: nothing more comes out.
  [[nodiscard]] bool broken() const { return waiting() >= kFrameHeader && length() > media::kMaxDatagram; }

 private:
  [[nodiscard]] std::size_t waiting() const { return end_ - begin_; }
  [[nodiscard]] std::size_t length() const {
    return waiting() < kFrameHeader ? 0 : static_cast<std::size_t>(block_[begin_] << 8 | block_[begin_ + 1]);
  }

  Buffer block_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

// Packets on their way into the stream, in a block of a fixed size that is taken with the first.
class FrameQueue {
 public:
  static constexpr std::size_t kCapacity = media::kTcpSendBuffer;

  // False: there is no room.
  bool push(Bytes packet);
  [[nodiscard]] Bytes front() const { return Bytes{bytes_}.subspan(begin_); }
  void sent(std::size_t size) { begin_ += size; }
  void clear();
  [[nodiscard]] bool empty() const { return begin_ == bytes_.size(); }

 private:
  Buffer bytes_;
  std::size_t begin_ = 0;
};

}  // namespace costage::media_io
