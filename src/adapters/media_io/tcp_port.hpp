// The TCP port of a media loop: who cannot send UDP connects here (ICE over TCP, RFC 6544; we are the passive side). To
// the Sfu each connection is an Address. All sockets are non-blocking and stand behind one descriptor to wait for.
//
// Whoever connects has to begin with an authenticated ICE check, and to go on with them: the Sfu says which are.
#pragma once

#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/media_io/tcp_frames.hpp"
#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/media_limits.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "sfu/packet_batch.hpp"
#include "sfu/sfu.hpp"

namespace costage::media_io {

class TcpPort {
 public:
  static constexpr std::size_t kMaxConnections = media::kMaxTcpConnections;
  // An office behind one address; each viewer has a connection or two.
  static constexpr std::size_t kMaxPerSource = 128;
  // Those of them that have not made a check yet.
  static constexpr std::size_t kMaxStrangersPerSource = 16;
  static constexpr Duration kFirstCheckWithin = std::chrono::seconds(5);
  static constexpr Duration kSilentFor = std::chrono::seconds(30);  // as IceControlled::kConsentFor
  static constexpr Duration kSweepEvery = std::chrono::seconds(1);  // so much later at most
  // Of one connection in one turn, so that nobody keeps the loop from the others.
  static constexpr std::size_t kFramesPerTurn = 16;

  // `bind` is an IP address in text; the error is a sentence for people.
  static Result<std::unique_ptr<TcpPort>, std::string> open(const std::string& bind, std::uint16_t port);
  ~TcpPort();
  TcpPort(const TcpPort&) = delete;
  TcpPort& operator=(const TcpPort&) = delete;

  using OnPacket = std::function<sfu::Heard(const Address& from, MutableBytes packet)>;
  // A turn: hands on what has arrived, takes whoever connects, closes whom it has to. Call when fd() is readable or
  // wake_at() has come. `on_packet` may call send().
  void receive(Instant now, const OnPacket& on_packet);
  [[nodiscard]] Instant wake_at() const;
  // Who had made a check and is gone since the last call: the Sfu wants to know before the next receive().
  [[nodiscard]] std::vector<Address> take_closed() { return std::exchange(closed_, {}); }
  // Takes what is for TCP out of the batch. What a connection has no room for is dropped and counted.
  void send(sfu::PacketBatch& batch);

  [[nodiscard]] int fd() const { return epoll_; }
  [[nodiscard]] const Address& local() const { return local_; }
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  struct Connection {
    int fd = -1;
    Address peer;
    Instant closes_at;  // unless a check comes first
    bool stranger = true;
    bool in_turn = false;  // stands in turn_ or backlog_
    bool has_new = false;  // stands in unsent_
    bool stalled = false;  // the kernel takes no more: epoll says when it does
    FrameReader reader{};
    FrameQueue out{};
  };
  struct Source {
    std::size_t connections = 0;
    std::size_t strangers = 0;
  };

  TcpPort(int listener, int epoll, bool v6, const Address& local);
  void await_turns();
  void take_turn(Instant now, Connection& c, const OnPacket& on_packet);
  [[nodiscard]] bool read(Connection& c);
  void heard_check(Instant now, Connection& c);
  void write(Connection& c);
  void watch(Connection& c, bool stalled);
  void accept_some(Instant now);
  [[nodiscard]] Address peer_of(const sockaddr_in6& from) const;
  void admit(Instant now, int fd, const Address& peer);
  void listen(bool on);
  void sweep(Instant now);
  void close(Connection& c);

  const int listener_;
  const int epoll_;
  const bool v6_;
  const Address local_;
  bool listening_ = false;
  bool called_ = false;  // somebody wants to connect
  Instant sweep_at_{};
  std::unordered_map<Address, std::unique_ptr<Connection>> connections_;
  std::unordered_map<Address, Source> sources_;
  std::vector<Connection*> turn_;
  std::vector<Connection*> backlog_;  // whole frames of theirs are left for the next turn
  std::vector<Connection*> unsent_;
  std::vector<Address> closed_;
  std::uint64_t refused_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace costage::media_io
