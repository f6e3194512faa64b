// One UDP socket of a media loop: bound, non-blocking, with large buffers, received and sent in batches.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "adapters/media_io/send_plan.hpp"
#include "adapters/media_io/socket_address.hpp"
#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "sfu/packet_batch.hpp"

namespace costage::media_io {

class UdpSocket {
 public:
  // `bind` is an IP address in text; the error is a sentence for people.
  static Result<std::unique_ptr<UdpSocket>, std::string> open(const std::string& bind, std::uint16_t port);
  ~UdpSocket();
  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;

  struct Datagram {
    Address from;
    MutableBytes bytes;
  };
  static constexpr std::size_t kReceiveBatch = 64;
  // What has arrived, at most kReceiveBatch; valid until the next call.
  [[nodiscard]] std::span<Datagram> receive();
  // Sends the whole batch; what the kernel does not take is dropped and counted.
  void send(const sfu::PacketBatch& batch);

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] const Address& local() const { return local_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  UdpSocket(int fd, bool v6, const Address& local);
  [[nodiscard]] std::size_t fill_messages(const sfu::PacketBatch& batch, std::span<const SendPlan::Message> messages);
  // How many of the filled messages are done with: sent, or given up.
  [[nodiscard]] std::size_t send_messages(std::size_t count);

  static constexpr std::size_t kSendBatch = 256;
  static constexpr std::size_t kReceiveSize = 2048;
  union SocketAddress {
    sockaddr_in v4;
    sockaddr_in6 v6;
  };
  using Control = std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))>;

  const int fd_;
  const bool v6_;
  const Address local_;
  bool segmentation_ = true;
  std::uint64_t dropped_ = 0;
  SendPlan plan_;

  std::vector<std::uint8_t> receive_block_;
  std::vector<mmsghdr> receive_messages_;
  std::vector<iovec> receive_vectors_;
  std::vector<SocketAddress> receive_addresses_;
  std::vector<Datagram> received_;

  std::vector<mmsghdr> send_messages_;
  std::vector<iovec> send_vectors_;
  std::vector<SocketAddress> send_addresses_;
  struct alignas(cmsghdr) AlignedControl {
    Control bytes;
  };
  std::vector<AlignedControl> send_controls_;
};

}  // namespace costage::media_io
