#include "adapters/media_io/tcp_port.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/media_io/socket_address.hpp"

namespace costage::media_io {
namespace {

constexpr int kEventsPerTurn = 64;
constexpr int kAcceptsPerTurn = 16;

std::string open_error(const std::string& bind, std::uint16_t port, int error) {
  if (error == EADDRINUSE)
    return fmt::format(
        "TCP port {} on {} is in use by another program; choose another for media with --media-tcp-port, or 0 for none",
        port, bind);
  return fmt::format("cannot open TCP port {} on {}: {}", port, bind, std::strerror(error));
}

bool start_listening(int fd, const Address& address, bool v6) {
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return bind_to(fd, address, v6) && ::listen(fd, SOMAXCONN) == 0;
}

// Packets leave at once, and what waits for the network waits in our queue, which has a limit, not in the kernel's.
void tune(int fd) {
  const int on = 1;
  const int unsent = 64 * 1024;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
}

// Whose connections count as one's: an IPv4 address, or a network of IPv6, since a single customer is given one.
Address source_of(const Address& peer) {
  Address out = peer;
  out.port = 0;
  if (!peer.is_v4()) std::fill(out.ip.begin() + 8, out.ip.end(), std::uint8_t{0});
  return out;
}

}  // namespace

// ---- open and close -------------------------------------------------------------------------------------------

Result<std::unique_ptr<TcpPort>, std::string> TcpPort::open(const std::string& bind, std::uint16_t port) {
  const auto address = parse_ip(bind, port);
  if (!address) return fail(address.error());
  const bool v6 = !address->is_v4();
  const int fd = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return fail(open_error(bind, port, errno));
  const int epoll = start_listening(fd, *address, v6) ? ::epoll_create1(EPOLL_CLOEXEC) : -1;
  if (epoll < 0) {
    const int error = errno;
    ::close(fd);
    return fail(open_error(bind, port, error));
  }
  return std::unique_ptr<TcpPort>(new TcpPort(fd, epoll, v6, bound_address(fd, v6).over(IpProtocol::tcp)));
}

TcpPort::TcpPort(int listener, int epoll, bool v6, const Address& local)
    : listener_(listener), epoll_(epoll), v6_(v6), local_(local) {
  epoll_event event{.events = 0, .data = {.ptr = nullptr}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
  listen(true);
}

TcpPort::~TcpPort() {
  for (const auto& [peer, c] : connections_) ::close(c->fd);
  ::close(listener_);
  ::close(epoll_);
}

// ---- in -------------------------------------------------------------------------------------------------------

void TcpPort::receive(Instant now, const OnPacket& on_packet) {
  await_turns();
  for (Connection* c : turn_) take_turn(now, *c, on_packet);
  turn_.clear();
  if (called_) accept_some(now);
  if (now >= sweep_at_) sweep(now);
}

// Those who wait from the last turn stand first.
void TcpPort::await_turns() {
  turn_.swap(backlog_);
  std::array<epoll_event, kEventsPerTurn> events;
  const int count = ::epoll_wait(epoll_, events.data(), kEventsPerTurn, 0);
  for (int i = 0; i < count; ++i) {
    auto* c = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
    if (c == nullptr) {
      called_ = true;
      continue;
    }
    if (c->stalled) write(*c);
    if (!std::exchange(c->in_turn, true)) turn_.push_back(c);
  }
}

void TcpPort::take_turn(Instant now, Connection& c, const OnPacket& on_packet) {
  c.in_turn = false;
  if (!c.reader.has_frame() && !read(c)) return close(c);
  for (std::size_t i = 0; i < kFramesPerTurn; ++i) {
    const auto packet = c.reader.next();
    if (!packet) break;
    if (on_packet(c.peer, *packet) == sfu::Heard::valid_check)
      heard_check(now, c);
    else if (c.stranger)
      return close(c);
  }
  if (c.reader.broken()) return close(c);
  if (!c.reader.has_frame()) return;
  c.in_turn = true;
  backlog_.push_back(&c);
}

// False: there will be no more.
bool TcpPort::read(Connection& c) {
  const MutableBytes space = c.reader.space();
  const ssize_t got = ::recv(c.fd, space.data(), space.size(), 0);
  if (got > 0) c.reader.filled(static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

void TcpPort::heard_check(Instant now, Connection& c) {
  c.closes_at = now + kSilentFor;
  if (std::exchange(c.stranger, false)) --sources_[source_of(c.peer)].strangers;
}

// ---- out ------------------------------------------------------------------------------------------------------

void TcpPort::send(sfu::PacketBatch& batch) {
  batch.take_tcp([&](const Address& to, Bytes packet) {
    const auto found = connections_.find(to);
    Connection* c = found == connections_.end() ? nullptr : found->second.get();
    if (c != nullptr && !c->out.push(packet)) {
      write(*c);
      if (!c->out.push(packet)) c = nullptr;
    }
    if (c == nullptr) {
      ++dropped_;
      return;
    }
    if (!std::exchange(c->has_new, true)) unsent_.push_back(c);
  });
  for (Connection* c : unsent_) {
    c->has_new = false;
    if (!c->stalled) write(*c);
  }
  unsent_.clear();
}

void TcpPort::write(Connection& c) {
  while (!c.out.empty()) {
    const Bytes bytes = c.out.front();
    const ssize_t sent = ::send(c.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      c.out.sent(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EAGAIN) return watch(c, true);
    if (errno == EINTR) continue;
    // A frame may be cut off here, so nothing can follow it. Reading meets the end as well, and closes.
    ::shutdown(c.fd, SHUT_RDWR);
    c.out.clear();
  }
  watch(c, false);
}

void TcpPort::watch(Connection& c, bool stalled) {
  if (c.stalled == stalled) return;
  c.stalled = stalled;
  epoll_event event{.events = EPOLLIN | (stalled ? EPOLLOUT : 0U), .data = {.ptr = &c}};
  epoll_ctl(epoll_, EPOLL_CTL_MOD, c.fd, &event);
}

// ---- connections come and go ----------------------------------------------------------------------------------

void TcpPort::accept_some(Instant now) {
  called_ = false;
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    sockaddr_in6 from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(listener_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      admit(now, fd, peer_of(from));
      continue;
    }
    if (errno == ECONNABORTED || errno == EINTR) continue;
    // Out of descriptors or memory: who waits stays waiting, and must not wake the loop meanwhile.
    if (errno != EAGAIN) listen(false);
    return;
  }
}

Address TcpPort::peer_of(const sockaddr_in6& from) const {
  if (v6_) return from_v6(from).over(IpProtocol::tcp);
  sockaddr_in v4{};
  std::memcpy(&v4, &from, sizeof v4);
  return from_v4(v4).over(IpProtocol::tcp);
}

void TcpPort::admit(Instant now, int fd, const Address& peer) {
  const auto known = sources_.find(source_of(peer));
  const Source source = known == sources_.end() ? Source{} : known->second;
  const bool full = connections_.size() >= kMaxConnections || source.connections >= kMaxPerSource ||
                    source.strangers >= kMaxStrangersPerSource;
  // Two addresses of ours can be connected to from one port: they would be one Address.
  if (full || connections_.contains(peer)) {
    ++refused_;
    ::close(fd);
    return;
  }
  tune(fd);
  auto c = std::make_unique<Connection>(Connection{.fd = fd, .peer = peer, .closes_at = now + kFirstCheckWithin});
  epoll_event event{.events = EPOLLIN, .data = {.ptr = c.get()}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  connections_.emplace(peer, std::move(c));
  sources_[source_of(peer)] = {source.connections + 1, source.strangers + 1};
}

void TcpPort::listen(bool on) {
  listening_ = on;
  epoll_event event{.events = on ? EPOLLIN : 0U, .data = {.ptr = nullptr}};
  epoll_ctl(epoll_, EPOLL_CTL_MOD, listener_, &event);
}

Instant TcpPort::wake_at() const {
  if (!backlog_.empty()) return Instant{};
  return connections_.empty() && listening_ ? kNever : sweep_at_;
}

void TcpPort::sweep(Instant now) {
  sweep_at_ = now + kSweepEvery;
  if (!listening_) listen(true);
  std::vector<Connection*> over;
  for (const auto& [peer, c] : connections_)
    if (now >= c->closes_at) over.push_back(c.get());
  for (Connection* c : over) close(*c);
}

// Not from send(): there others may hold it.
void TcpPort::close(Connection& c) {
  const auto source = sources_.find(source_of(c.peer));
  if (c.stranger)
    --source->second.strangers;
  else
    closed_.push_back(c.peer);
  if (--source->second.connections == 0) sources_.erase(source);
  std::erase(backlog_, &c);
  ::close(c.fd);  // and leaves epoll with it
  connections_.erase(Address{c.peer});
}

}  // namespace costage::media_io
