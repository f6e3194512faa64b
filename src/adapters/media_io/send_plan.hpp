// Groups the datagrams of one batch for sendmmsg with UDP_SEGMENT (GSO): one message carries a run of datagrams to one
// destination that all have the same size, the last one possibly smaller. The order of one destination is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sfu/packet_batch.hpp"

namespace costage::media_io {

class SendPlan {
 public:
  static constexpr std::size_t kMaxSegments = 64;         // of one GSO message (Linux UDP_MAX_SEGMENTS)
  static constexpr std::size_t kMaxMessageBytes = 65000;  // an IP packet's 65535 without headers

  struct Message {
    std::uint32_t first = 0;  // into order()
    std::uint32_t count = 0;
    std::uint32_t segment_size = 0;
  };

  SendPlan();
  // With `segmentation` off every datagram is a message of its own.
  void build(const sfu::PacketBatch& batch, bool segmentation);
  [[nodiscard]] std::span<const Message> messages() const { return messages_; }
  // Indices into the batch's packets.
  [[nodiscard]] std::span<const std::uint32_t> order() const { return order_; }

 private:
  static constexpr std::size_t kBuckets = 2 * sfu::PacketBatch::kMaxPackets;  // short probes
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Group {
    std::uint32_t head = kNone;
    std::uint32_t tail = kNone;
    std::uint32_t bucket = 0;
  };

  void group_by_destination(std::span<const sfu::PacketBatch::Packet> packets);
  void cut_group(std::span<const sfu::PacketBatch::Packet> packets, const Group& group);

  std::vector<std::uint32_t> buckets_;  // group by destination, open addressing
  std::vector<Group> groups_;
  std::vector<std::uint32_t> next_;  // next packet of the same destination
  std::vector<std::uint32_t> order_;
  std::vector<Message> messages_;
};

}  // namespace costage::media_io
