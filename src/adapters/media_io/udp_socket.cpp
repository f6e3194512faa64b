#include "adapters/media_io/udp_socket.hpp"

#include <fmt/format.h>
#include <linux/udp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace costage::media_io {
namespace {

// As much as the system allows; with CAP_NET_ADMIN more than its default maximum.
void enlarge_buffers(int fd) {
  const int wanted = 8 * 1024 * 1024;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &wanted, sizeof wanted) != 0)
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted);
}

std::string bind_error(const std::string& bind, std::uint16_t port, int error) {
  if (error == EADDRINUSE)
    return fmt::format("UDP port {} on {} is in use by another program; choose another with --media-port", port, bind);
  return fmt::format("cannot open UDP port {} on {}: {}", port, bind, std::strerror(error));
}

}  // namespace

Result<std::unique_ptr<UdpSocket>, std::string> UdpSocket::open(const std::string& bind, std::uint16_t port) {
  const auto address = parse_ip(bind, port);
  if (!address) return fail(address.error());
  const bool v6 = !address->is_v4();
  const int fd = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return fail(bind_error(bind, port, errno));
  if (!bind_to(fd, *address, v6)) {
    const int error = errno;
    ::close(fd);
    return fail(bind_error(bind, port, error));
  }
  enlarge_buffers(fd);
  return std::unique_ptr<UdpSocket>(new UdpSocket(fd, v6, bound_address(fd, v6)));
}

UdpSocket::UdpSocket(int fd, bool v6, const Address& local)
    : fd_(fd),
      v6_(v6),
      local_(local),
      receive_block_(kReceiveBatch * kReceiveSize),
      receive_messages_(kReceiveBatch),
      receive_vectors_(kReceiveBatch),
      receive_addresses_(kReceiveBatch),
      received_(kReceiveBatch),
      send_messages_(kSendBatch),
      send_vectors_(sfu::PacketBatch::kMaxPackets),
      send_addresses_(kSendBatch),
      send_controls_(kSendBatch) {
  for (std::size_t i = 0; i < kReceiveBatch; ++i)
    receive_vectors_[i] = {receive_block_.data() + i * kReceiveSize, kReceiveSize};
}

UdpSocket::~UdpSocket() { ::close(fd_); }

std::span<UdpSocket::Datagram> UdpSocket::receive() {
  for (std::size_t i = 0; i < kReceiveBatch; ++i) {
    msghdr& m = receive_messages_[i].msg_hdr;
    m = {};
    m.msg_name = &receive_addresses_[i];
    m.msg_namelen = sizeof receive_addresses_[i];
    m.msg_iov = &receive_vectors_[i];
    m.msg_iovlen = 1;
  }
  const int n = ::recvmmsg(fd_, receive_messages_.data(), kReceiveBatch, 0, nullptr);
  if (n <= 0) return {};
  for (int i = 0; i < n; ++i) {
    const SocketAddress& from = receive_addresses_[i];
    received_[i] = {v6_ ? from_v6(from.v6) : from_v4(from.v4),
                    MutableBytes{receive_block_.data() + i * kReceiveSize, receive_messages_[i].msg_len}};
  }
  return std::span{received_}.first(static_cast<std::size_t>(n));
}

void UdpSocket::send(const sfu::PacketBatch& batch) {
  plan_.build(batch, segmentation_);
  std::span<const SendPlan::Message> left = plan_.messages();
  while (!left.empty()) {
    const std::size_t filled = fill_messages(batch, left.first(std::min(left.size(), kSendBatch)));
    left = left.subspan(send_messages(filled));
  }
}

std::size_t UdpSocket::fill_messages(const sfu::PacketBatch& batch, std::span<const SendPlan::Message> messages) {
  std::size_t vectors = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const SendPlan::Message& plan = messages[i];
    msghdr& m = send_messages_[i].msg_hdr;
    m = {};
    m.msg_iov = &send_vectors_[vectors];
    m.msg_iovlen = plan.count;
    for (std::uint32_t index : plan_.order().subspan(plan.first, plan.count)) {
      const Bytes bytes = batch.bytes(batch.packets()[index]);
      send_vectors_[vectors++] = {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    }
    const Address& to = batch.packets()[plan_.order()[plan.first]].to;
    m.msg_name = &send_addresses_[i];
    m.msg_namelen = v6_ ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    if (v6_)
      send_addresses_[i].v6 = to_v6(to);
    else
      send_addresses_[i].v4 = to_v4(to);
    if (plan.count == 1) continue;
    m.msg_control = send_controls_[i].bytes.data();
    m.msg_controllen = sizeof send_controls_[i].bytes;
    cmsghdr* control = CMSG_FIRSTHDR(&m);
    control->cmsg_level = IPPROTO_UDP;
    control->cmsg_type = UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
    const auto size = static_cast<std::uint16_t>(plan.segment_size);
    std::memcpy(CMSG_DATA(control), &size, sizeof size);
  }
  return messages.size();
}

std::size_t UdpSocket::send_messages(std::size_t count) {
  const int sent = ::sendmmsg(fd_, send_messages_.data(), static_cast<unsigned>(count), 0);
  if (sent > 0) return static_cast<std::size_t>(sent);
  if (errno == EINTR) return 0;
  // The first message was refused. A device that cannot segment says EIO or EINVAL: from now on without.
  if (send_messages_[0].msg_hdr.msg_controllen > 0 && (errno == EIO || errno == EINVAL)) segmentation_ = false;
  dropped_ += send_messages_[0].msg_hdr.msg_iovlen;
  return 1;
}

}  // namespace costage::media_io
