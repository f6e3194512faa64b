#include "loadgen/link.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/ip/address_v4.hpp>
#include <cstring>
#include <ctime>

#include "adapters/media_io/clock.hpp"

namespace costage::bench {
namespace {

namespace asio = boost::asio;
using media_io::monotonic_now;

constexpr int kReceiveBuffer = 512 * 1024;  // 3 s of one stage: what is lost here is not the server's loss
constexpr int kReadsPerTurn = 64;

asio::ip::udp::endpoint endpoint_of(const Address& address) {
  const asio::ip::address_v4::bytes_type ip{address.ip[12], address.ip[13], address.ip[14], address.ip[15]};
  return {asio::ip::address_v4(ip), address.port};
}

// The kernel stamps with wall time, the load generator with monotonic time: what a packet waited for its reader is the
// same in both.
Duration waited_since_arrival(msghdr& message) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec stamp{}, now{};
    std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
    clock_gettime(CLOCK_REALTIME, &now);
    const auto nanoseconds = (now.tv_sec - stamp.tv_sec) * 1'000'000'000 + now.tv_nsec - stamp.tv_nsec;
    return Duration{nanoseconds / 1000};
  }
  return {};
}

}  // namespace

Link::Link(LinkWorld& world, OnMedia on_media)
    : world_(world),
      on_media_(std::move(on_media)),
      transport_(world.context, sfu::TransportRole::client, monotonic_now()),
      socket_(world.io, asio::ip::udp::v4()) {
  socket_.set_option(asio::socket_base::receive_buffer_size(kReceiveBuffer));
  socket_.non_blocking(true);
  if (world.kernel_times) {
    const int on = 1;
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  }
}

Link::~Link() = default;

LocalTransport Link::local() const { return {transport_.local(), world_.certificate.fingerprint()}; }

void Link::set_remote(const SdpDescription& description) {
  if (description.candidate) remote_.server = description.candidate;
  if (described_) return;
  described_ = true;
  remote_.ice = description.ice;
  remote_.fingerprint = description.fingerprint;
  remote_.our_role = description.setup == "active" ? sfu::DtlsRole::server : sfu::DtlsRole::client;
  connect_if_ready();
}

void Link::add_candidate(const Address& candidate) {
  if (!remote_.server) remote_.server = candidate;
  connect_if_ready();
}

void Link::connect_if_ready() {
  if (started_ || !described_ || !remote_.server) return;
  started_ = true;
  socket_.connect(endpoint_of(*remote_.server));
  transport_.set_remote(monotonic_now(), remote_);
  flush();  // the batch is shared: what is left in it would leave by another link's socket
  on_time(monotonic_now());
  wait_readable();
}

void Link::wait_readable() {
  socket_.async_wait(asio::ip::udp::socket::wait_read,
                     [this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
                       if (error || alive.expired()) return;
                       read();
                       wait_readable();
                     });
}

ssize_t Link::receive(MutableBytes buffer, Instant& arrived) {
  if (!world_.kernel_times) return ::recv(socket_.native_handle(), buffer.data(), buffer.size(), 0);
  iovec piece{buffer.data(), buffer.size()};
  alignas(cmsghdr) std::array<std::byte, 64> control;
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t size = ::recvmsg(socket_.native_handle(), &message, 0);
  if (size > 0) arrived = monotonic_now() - waited_since_arrival(message);
  return size;
}

void Link::read() {
  std::array<std::uint8_t, 2048> buffer;
  const Instant now = monotonic_now();
  for (int i = 0; i < kReadsPerTurn; ++i) {
    Instant arrived = now;
    const ssize_t size = receive(buffer, arrived);
    if (size <= 0) break;
    const auto received =
        transport_.on_packet(now, *remote_.server, MutableBytes(buffer).first(static_cast<std::size_t>(size)));
    on_media_(arrived, received);
  }
  flush();
}

void Link::on_time(Instant now) {
  if (!started_ || transport_.wake_at() > now) return;
  transport_.on_time(now);
  flush();
}

void Link::send_rtp(Bytes packet) {
  transport_.send_rtp(packet);
  flush();
}

void Link::send_rtcp(Bytes packet) {
  transport_.send_rtcp(packet);
  flush();
}

void Link::close() {
  transport_.close(monotonic_now());
  flush();
  socket_.close();
}

void Link::flush() {
  for (const auto& packet : world_.out.packets()) {
    const Bytes bytes = world_.out.bytes(packet);
    ::send(socket_.native_handle(), bytes.data(), bytes.size(), 0);
  }
  world_.out.clear();
  (void)transport_.take_events();  // data channels are accepted and ignored; the state is asked for
}

}  // namespace costage::bench
