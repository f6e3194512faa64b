#include "adapters/media_io/media_loop.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "adapters/media_io/bounded_queue.hpp"
#include "adapters/media_io/clock.hpp"
#include "adapters/media_io/tcp_port.hpp"
#include "adapters/media_io/udp_socket.hpp"
#include "base/media_limits.hpp"
#include "sfu/sfu.hpp"

namespace costage::media_io {
namespace {

// Wakes the loop's thread from any other.
class WakeUp {
 public:
  WakeUp() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~WakeUp() { ::close(fd_); }
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;
  void ring() const { eventfd_write(fd_, 1); }
  void clear() const {
    eventfd_t ignored = 0;
    eventfd_read(fd_, &ignored);
  }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  const int fd_;
};

// The loopback address first, where whoever can use it is not moved by a change of network; SDP offers it last.
Result<std::vector<Address>, std::string> own_addresses(const std::string& loopback, const Address& bound) {
  const auto first = parse_ip(loopback, bound.port);
  if (!first) return fail(first.error());
  std::vector<Address> out{*first};
  for (const Address& other : candidate_addresses(bound))
    if (other != *first) out.push_back(other);
  return out;
}

Result<std::vector<Address>, std::string> candidates(const MediaLoopConfig& config, const Address& bound) {
  if (config.this_machine_only) return own_addresses(config.bind, bound);
  if (config.advertise.empty()) return candidate_addresses(bound);
  std::vector<Address> out;
  for (const std::string& text : config.advertise) {
    const auto address = parse_ip(text, bound.port);
    if (!address) return fail(address.error());
    out.push_back(*address);
  }
  return out;
}

// Behind those of UDP, with the same addresses.
Result<std::vector<Address>, std::string> tcp_candidates(const MediaLoopConfig& config, const Address& bound) {
  if (config.this_machine_only) return std::vector{bound};
  auto out = candidates(config, bound);
  if (out)
    for (Address& address : *out) address.protocol = IpProtocol::tcp;
  return out;
}

std::string wildcard_like(const std::string& ip) { return ip.find(':') == std::string::npos ? "0.0.0.0" : "::"; }

struct Sockets {
  std::unique_ptr<UdpSocket> udp;
  std::unique_ptr<TcpPort> tcp;  // null: none
  std::vector<Address> udp_candidates;
  std::vector<Address> tcp_candidates;
};

Result<Sockets, std::string> open_sockets(const MediaLoopConfig& config) {
  auto udp = UdpSocket::open(config.this_machine_only ? wildcard_like(config.bind) : config.bind, config.port);
  if (!udp) return fail(udp.error());
  auto offered = candidates(config, (*udp)->local());
  if (!offered) return fail(offered.error());
  Sockets out{.udp = std::move(*udp), .udp_candidates = std::move(*offered)};
  if (!config.tcp_port) return out;
  auto tcp = TcpPort::open(config.bind, *config.tcp_port);
  if (!tcp) return fail(tcp.error());
  offered = tcp_candidates(config, (*tcp)->local());
  if (!offered) return fail(offered.error());
  out.tcp = std::move(*tcp);
  out.tcp_candidates = std::move(*offered);
  return out;
}

std::vector<Address> joined(std::vector<Address> first, const std::vector<Address>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

}  // namespace

class MediaLoop::Impl {
 public:
  Impl(MediaLoopConfig config, Sockets sockets)
      : config_(std::move(config)),
        socket_(std::move(sockets.udp)),
        tcp_(std::move(sockets.tcp)),
        own_addresses_(config_.this_machine_only ? sockets.udp_candidates : std::vector<Address>{}),
        sfu_({.candidates = joined(std::move(sockets.udp_candidates), sockets.tcp_candidates)}, *config_.rng,
             monotonic_now()),
        thread_([this] { run(); }) {
    pthread_setname_np(thread_.native_handle(), "media");
  }
  ~Impl() { stop(); }

  bool send(media::Command command) {
    const auto pushed = commands_.push(std::move(command));
    if (pushed == Commands::Pushed::first) wake_up_.ring();
    return pushed != Commands::Pushed::full;
  }
  std::vector<media::Event> take_events() { return events_.take(); }
  MediaLoopStats stats() const {
    const std::lock_guard lock(stats_mutex_);
    MediaLoopStats out = stats_;
    out.commands_refused = commands_.refused();
    out.events_refused = events_.refused();
    return out;
  }
  std::uint16_t port() const { return socket_->local().port; }
  std::uint16_t tcp_port() const { return tcp_ ? tcp_->local().port : std::uint16_t{0}; }
  void stop() {
    if (stopping_.exchange(true)) return;
    wake_up_.ring();
    thread_.join();
  }

 private:
  using Commands = BoundedQueue<media::Command>;

  void run() {
    while (!stopping_) {
      const Instant now = monotonic_now();
      for (media::Command& command : commands_.take()) {
        sfu_.on_command(now, std::move(command));
        flush_when_half_full();
      }
      if (sfu_.wake_at() <= now) sfu_.on_time(now);
      drain(now);
      wait();
      receive();
      if (tcp_) receive_tcp();
    }
    sfu_.shutdown(monotonic_now());
    drain(monotonic_now());
  }

  // Until something arrives, a command, or the time of the Sfu or the connections.
  void wait() {
    pollfd fds[] = {{socket_->fd(), POLLIN, 0}, {wake_up_.fd(), POLLIN, 0}, {tcp_ ? tcp_->fd() : -1, POLLIN, 0}};
    timespec timeout{};
    const Instant wake_at = std::min(sfu_.wake_at(), tcp_ ? tcp_->wake_at() : kNever);
    const Instant before = monotonic_now();
    if (wake_at != kNever) {
      const auto us = std::max(Duration{0}, wake_at - before).count();
      timeout = {us / 1'000'000, us % 1'000'000 * 1000};
    }
    ::ppoll(fds, 3, wake_at == kNever ? nullptr : &timeout, nullptr);
    waited_ += monotonic_now() - before;
    if (fds[1].revents != 0) wake_up_.clear();
    tcp_ready_ = fds[2].revents != 0;
  }

  // At most this many batches before timers and commands have their turn.
  void receive() {
    constexpr int kBatches = 4;
    for (int i = 0; i < kBatches; ++i) {
      const auto datagrams = socket_->receive();
      const Instant now = monotonic_now();
      for (UdpSocket::Datagram& d : datagrams) {
        if (!may_send(d.from)) continue;
        sfu_.on_packet(now, d.from, d.bytes);
        flush_when_half_full();
      }
      flush();
      if (datagrams.size() < UdpSocket::kReceiveBatch) return;
    }
  }

  void receive_tcp() {
    const Instant now = monotonic_now();
    if (!tcp_ready_ && tcp_->wake_at() > now) return;
    tcp_->receive(now, [&](const Address& from, MutableBytes packet) {
      const sfu::Heard heard = sfu_.on_packet(now, from, packet);
      flush_when_half_full();
      return heard;
    });
    for (const Address& gone : tcp_->take_closed()) sfu_.on_closed(now, gone);
    flush();
  }

  // Linux takes no datagram from outside that pretends to come from one of our addresses.
  [[nodiscard]] bool may_send(const Address& from) const {
    if (!config_.this_machine_only) return true;
    return std::ranges::any_of(own_addresses_, [&](const Address& own) { return own.ip == from.ip; });
  }

  void flush_when_half_full() {
    if (sfu_.outgoing().size() >= media::kFlushAtPackets) flush();
  }
  void flush() {
    if (sfu_.outgoing().empty()) return;
    if (tcp_) tcp_->send(sfu_.outgoing());
    socket_->send(sfu_.outgoing());
    sfu_.outgoing().clear();
  }
  void drain(Instant now) {
    flush();
    std::vector<media::Event> events = sfu_.take_events();
    if (!events.empty() && events_.push_all(events) == BoundedQueue<media::Event>::Pushed::first && config_.on_events)
      config_.on_events();
    publish_stats(now);
  }
  void publish_stats(Instant now) {
    if (now < next_stats_) return;
    const std::unique_lock lock(stats_mutex_, std::try_to_lock);
    if (!lock) return;
    next_stats_ = now + Duration{100'000};
    stats_.at = now;
    stats_.waited = waited_;
    stats_.sfu = sfu_.stats();
    stats_.send_dropped = socket_->dropped();
    if (!tcp_) return;
    stats_.tcp_connections = tcp_->connections();
    stats_.tcp_refused = tcp_->refused();
    stats_.tcp_dropped = tcp_->dropped();
  }

  // Touched by other threads: the queues, wake_up_, stopping_, stats_ under its mutex. Everything else is the thread's.
  MediaLoopConfig config_;
  std::unique_ptr<UdpSocket> socket_;
  std::unique_ptr<TcpPort> tcp_;  // null: none
  bool tcp_ready_ = false;
  const std::vector<Address> own_addresses_;
  sfu::Sfu sfu_;
  Commands commands_{media::kMaxCommands};
  BoundedQueue<media::Event> events_{media::kMaxEvents};
  WakeUp wake_up_;
  std::atomic<bool> stopping_ = false;
  Duration waited_{};
  Instant next_stats_{};
  mutable std::mutex stats_mutex_;
  MediaLoopStats stats_;
  std::thread thread_;  // last: it starts when everything above is there
};

Result<std::unique_ptr<MediaLoop>, std::string> MediaLoop::start(MediaLoopConfig config) {
  auto sockets = open_sockets(config);
  if (!sockets) return fail(sockets.error());
  auto impl = std::make_unique<Impl>(std::move(config), std::move(*sockets));
  return std::unique_ptr<MediaLoop>(new MediaLoop(std::move(impl)));
}

MediaLoop::MediaLoop(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MediaLoop::~MediaLoop() = default;
bool MediaLoop::send(media::Command command) { return impl_->send(std::move(command)); }
std::vector<media::Event> MediaLoop::take_events() { return impl_->take_events(); }
MediaLoopStats MediaLoop::stats() const { return impl_->stats(); }
std::uint16_t MediaLoop::port() const { return impl_->port(); }
std::uint16_t MediaLoop::tcp_port() const { return impl_->tcp_port(); }
void MediaLoop::stop() { impl_->stop(); }

}  // namespace costage::media_io
