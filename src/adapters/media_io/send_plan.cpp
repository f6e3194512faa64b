#include "adapters/media_io/send_plan.hpp"

namespace costage::media_io {

using Packets = std::span<const sfu::PacketBatch::Packet>;

SendPlan::SendPlan() : buckets_(kBuckets, kNone), next_(sfu::PacketBatch::kMaxPackets) {
  groups_.reserve(sfu::PacketBatch::kMaxPackets);
  order_.reserve(sfu::PacketBatch::kMaxPackets);
  messages_.reserve(sfu::PacketBatch::kMaxPackets);
}

void SendPlan::build(const sfu::PacketBatch& batch, bool segmentation) {
  const Packets packets = batch.packets();
  order_.clear();
  messages_.clear();
  if (!segmentation) {
    for (std::uint32_t i = 0; i < packets.size(); ++i) {
      order_.push_back(i);
      messages_.push_back({i, 1, packets[i].size});
    }
    return;
  }
  group_by_destination(packets);
  for (const Group& group : groups_) cut_group(packets, group);
}

void SendPlan::group_by_destination(Packets packets) {
  for (const Group& group : groups_) buckets_[group.bucket] = kNone;
  groups_.clear();
  for (std::uint32_t i = 0; i < packets.size(); ++i) {
    next_[i] = kNone;
    std::size_t at = std::hash<Address>{}(packets[i].to) % kBuckets;
    while (buckets_[at] != kNone && packets[groups_[buckets_[at]].head].to != packets[i].to) at = (at + 1) % kBuckets;
    if (buckets_[at] == kNone) {
      buckets_[at] = static_cast<std::uint32_t>(groups_.size());
      groups_.push_back({i, i, static_cast<std::uint32_t>(at)});
      continue;
    }
    Group& group = groups_[buckets_[at]];
    next_[group.tail] = i;
    group.tail = i;
  }
}

void SendPlan::cut_group(Packets packets, const Group& group) {
  Message* open = nullptr;
  std::size_t bytes = 0;
  for (std::uint32_t i = group.head; i != kNone; i = next_[i]) {
    const std::uint32_t size = packets[i].size;
    const bool fits =
        open != nullptr && size <= open->segment_size && open->count < kMaxSegments && bytes + size <= kMaxMessageBytes;
    if (!fits) {
      open = &messages_.emplace_back(Message{static_cast<std::uint32_t>(order_.size()), 0, size});
      bytes = 0;
    }
    order_.push_back(i);
    ++open->count;
    bytes += size;
    if (size < open->segment_size) open = nullptr;  // only the last segment may be shorter
  }
}

}  // namespace costage::media_io
