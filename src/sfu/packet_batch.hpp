// Outgoing datagrams of one turn, in one block of memory that is allocated once. Whoever drains it may reorder packets
// of different destinations, never those of one destination. What goes over TCP is taken out first: one look at
// over_tcp(), and nothing else, where nobody uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/media_limits.hpp"

namespace costage::sfu {

class PacketBatch {
 public:
  struct Packet {
    Address to;
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  static constexpr std::size_t kMaxDatagram = media::kMaxDatagram;
  static constexpr std::size_t kMaxPackets = media::kMaxBatchPackets;

  PacketBatch() : block_(kMaxPackets * kMaxDatagram) { packets_.reserve(kMaxPackets); }

  // Space for one datagram of up to kMaxDatagram bytes; empty when the batch is full. Follow with commit().
  [[nodiscard]] MutableBytes reserve() {
    if (packets_.size() == kMaxPackets || block_.size() - used_ < kMaxDatagram) return {};
    return {block_.data() + used_, kMaxDatagram};
  }
  void commit(const Address& to, std::size_t size) {
    packets_.push_back({to, static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(size)});
    used_ += size;
    over_tcp_ += to.protocol == IpProtocol::tcp;
    ++total_packets_;
    total_bytes_ += size;
  }
  [[nodiscard]] bool empty() const { return packets_.empty(); }
  [[nodiscard]] std::size_t size() const { return packets_.size(); }
  [[nodiscard]] std::span<const Packet> packets() const { return packets_; }
  [[nodiscard]] Bytes bytes(const Packet& p) const { return {block_.data() + p.offset, p.size}; }
  [[nodiscard]] MutableBytes bytes(const Packet& p) { return {block_.data() + p.offset, p.size}; }
  [[nodiscard]] std::size_t over_tcp() const { return over_tcp_; }
  // Hands over what goes over TCP and takes it out; its bytes stay until clear().
  template <class F>
  void take_tcp(F f) {
    if (over_tcp_ == 0) return;
    std::erase_if(packets_, [&](const Packet& p) {
      if (p.to.protocol != IpProtocol::tcp) return false;
      f(p.to, bytes(p));
      return true;
    });
    over_tcp_ = 0;
  }
  // Since the beginning, whatever was cleared.
  [[nodiscard]] std::uint64_t total_packets() const { return total_packets_; }
  [[nodiscard]] std::uint64_t total_bytes() const { return total_bytes_; }
  void clear() {
    packets_.clear();
    used_ = 0;
    over_tcp_ = 0;
  }

 private:
  Buffer block_;
  std::vector<Packet> packets_;
  std::size_t used_ = 0;
  std::size_t over_tcp_ = 0;
  std::uint64_t total_packets_ = 0;
  std::uint64_t total_bytes_ = 0;
};

}  // namespace costage::sfu
