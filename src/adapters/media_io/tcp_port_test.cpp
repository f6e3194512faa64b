// Real sockets on loopback, and a time that the test makes.
#include "adapters/media_io/tcp_port.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "adapters/media_io/socket_address.hpp"

namespace costage::media_io {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Buffer kCheck{'c', 'h', 'e', 'c', 'k'};  // what the test takes for an authenticated check

Buffer framed(const Buffer& packet) {
  FrameQueue queue;
  queue.push(packet);
  return {queue.front().begin(), queue.front().end()};
}

// Somebody who connects; from another address of loopback if asked.
class Client {
 public:
  explicit Client(const Address& to, std::uint8_t host = 1) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in own = to_v4(Address::v4(127, 0, 0, host, 0));
    const sockaddr_in server = to_v4(to);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof own), 0);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&server), sizeof server), 0);
    local_ = bound_address(fd_, false).over(IpProtocol::tcp);
  }
  ~Client() { ::close(fd_); }
  Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), local_(other.local_) {}

  void write(Bytes bytes) const {
    EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  [[nodiscard]] Buffer read(std::size_t size) const { return receive(size, MSG_WAITALL); }
  [[nodiscard]] Buffer read_some(std::size_t size) const { return receive(size, MSG_DONTWAIT); }
  // Whether the server has ended it.
  [[nodiscard]] bool closed() const {
    pollfd poll{fd_, POLLIN, 0};
    if (::poll(&poll, 1, 0) != 1) return false;
    char byte = 0;
    return ::recv(fd_, &byte, 1, MSG_PEEK) <= 0;
  }
  [[nodiscard]] const Address& local() const { return local_; }

 private:
  [[nodiscard]] Buffer receive(std::size_t size, int flags) const {
    Buffer out(size);
    out.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::recv(fd_, out.data(), size, flags))));
    return out;
  }

  int fd_;
  Address local_;
};

// As many descriptors as the test wants, then again as it was.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t wanted) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit limit{std::min(wanted, before_.rlim_max), before_.rlim_max};
    set_ = setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == wanted;
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;
  [[nodiscard]] bool set() const { return set_; }

 private:
  rlimit before_{};
  bool set_ = false;
};

struct TcpPortTest : testing::Test {
  std::unique_ptr<TcpPort> port = std::move(*TcpPort::open("127.0.0.1", 0));
  Instant now{};
  std::vector<std::pair<Address, Buffer>> got;

  // One turn, when there is something to do or nothing has come for a while.
  void turn(int wait_ms = 50) {
    pollfd poll{port->fd(), POLLIN, 0};
    if (port->wake_at() > now) ::poll(&poll, 1, wait_ms);
    port->receive(now, [&](const Address& from, MutableBytes packet) {
      got.emplace_back(from, Buffer(packet.begin(), packet.end()));
      return got.back().second == kCheck ? sfu::Heard::valid_check : sfu::Heard::other;
    });
  }
  void turns(int count = 4) {
    for (int i = 0; i < count; ++i) turn();
  }
  Client connected(std::uint8_t host = 1) {
    Client client{port->local(), host};
    turn();
    return client;
  }
  Client known(std::uint8_t host = 1) {
    Client client = connected(host);
    client.write(framed(kCheck));
    turn();
    return client;
  }
};

TEST_F(TcpPortTest, PacketsComeWholeThroughSegmentsAndGoBack) {
  const Client client = known();
  const Buffer packet(1000, 9);
  const Buffer stream = framed(packet);
  for (const std::size_t from : {0U, 1U, 2U, 500U}) {
    const std::size_t to = from == 500 ? stream.size() : from == 2 ? 500 : from + 1;
    client.write(Bytes{stream}.subspan(from, to - from));
    turn();
  }
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[1], std::pair(client.local(), packet));

  sfu::PacketBatch batch;
  batch.reserve()[0] = 42;
  batch.commit(client.local(), 1);
  batch.reserve()[0] = 43;
  batch.commit(client.local().over(IpProtocol::udp), 1);
  port->send(batch);
  EXPECT_EQ(client.read(3), (Buffer{0, 1, 42}));
  ASSERT_EQ(batch.size(), 1U) << "of UDP";
  EXPECT_EQ(batch.bytes(batch.packets()[0])[0], 43);
}

TEST_F(TcpPortTest, WhoDoesNotBeginWithACheckIsClosed) {
  const Client stranger = connected();
  EXPECT_FALSE(stranger.closed());
  stranger.write(framed({1, 2, 3}));
  turn();
  EXPECT_TRUE(stranger.closed());
  const Client friendly = known();
  friendly.write(framed({1, 2, 3}));
  turn();
  EXPECT_FALSE(friendly.closed());
  EXPECT_EQ(port->connections(), 1U);
}

TEST_F(TcpPortTest, WhoSaysNothingIsClosedInTime) {
  turn();
  const Client silent = connected();
  const Client half = connected();
  half.write(Bytes{framed(kCheck)}.first(4));
  const Client friendly = known();
  now += TcpPort::kFirstCheckWithin - milliseconds(1);
  turn();
  EXPECT_EQ(port->connections(), 3U);
  EXPECT_LE(port->wake_at(), now + TcpPort::kSweepEvery);
  now = port->wake_at();
  turn();
  EXPECT_TRUE(silent.closed());
  EXPECT_TRUE(half.closed());
  EXPECT_FALSE(friendly.closed());
}

TEST_F(TcpPortTest, WithoutChecksAConnectionEnds) {
  const Client client = known();
  const Client still_there = known();
  now += seconds(20);
  client.write(framed({1, 2, 3}));
  still_there.write(framed(kCheck));
  turns();
  now += TcpPort::kSilentFor - seconds(20);
  turn();
  EXPECT_TRUE(client.closed()) << "media is no check";
  EXPECT_FALSE(still_there.closed());
}

TEST_F(TcpPortTest, ATooLongFrameEndsTheConnection) {
  const Client client = known();
  client.write(framed(Buffer(media::kMaxDatagram)));
  turn();
  EXPECT_FALSE(client.closed());
  client.write(framed(Buffer(media::kMaxDatagram + 1)));
  turns();
  EXPECT_EQ(port->connections(), 0U);
  EXPECT_EQ(got.size(), 2U);
}

TEST_F(TcpPortTest, WhoLeavesIsForgotten) {
  {
    const Client client = known();
    const Client stranger = connected();
  }
  turn();
  EXPECT_EQ(port->take_closed(), std::vector{got[0].first}) << "the other was nobody";
  EXPECT_TRUE(port->take_closed().empty());
  EXPECT_EQ(port->connections(), 0U);
  EXPECT_EQ(port->wake_at(), kNever);
  sfu::PacketBatch batch;
  batch.reserve()[0] = 42;
  batch.commit(got[0].first, 1);
  port->send(batch);
  EXPECT_EQ(port->dropped(), 1U);
}

TEST_F(TcpPortTest, NobodyKeepsTheLoopFromTheOthers) {
  const Client greedy = known();
  const Client modest = known();
  got.clear();
  Buffer stream;
  for (std::size_t i = 0; i < 3 * TcpPort::kFramesPerTurn; ++i)
    for (const std::uint8_t byte : framed({5})) stream.push_back(byte);
  greedy.write(stream);
  modest.write(framed({6}));
  turn();
  EXPECT_EQ(std::ranges::count(got, greedy.local(), [](const auto& p) { return p.first; }),
            static_cast<std::ptrdiff_t>(TcpPort::kFramesPerTurn));
  EXPECT_EQ(std::ranges::count(got, modest.local(), [](const auto& p) { return p.first; }), 1);
  EXPECT_LE(port->wake_at(), now) << "there is more";
  turns(2);
  EXPECT_EQ(got.size(), 3 * TcpPort::kFramesPerTurn + 1);
  EXPECT_GT(port->wake_at(), now);
}

TEST_F(TcpPortTest, WhoDoesNotReadLosesPacketsAndNothingGrows) {
  const Client slow = known();
  const Client other = known();
  sfu::PacketBatch batch;
  std::size_t sent = 0;
  while (port->dropped() == 0 && sent < 100'000) {
    for (int i = 0; i < 100; ++i, ++sent) {
      std::ranges::fill(batch.reserve().first(1400), std::uint8_t{1});
      batch.commit(slow.local(), 1400);
    }
    port->send(batch);
    batch.clear();
  }
  EXPECT_GT(port->dropped(), 0U);
  batch.reserve()[0] = 42;
  batch.commit(other.local(), 1);
  port->send(batch);
  EXPECT_EQ(other.read(3), (Buffer{0, 1, 42})) << "nobody else waits for it";
  const std::size_t arrives = sent - port->dropped();
  FrameReader reader;
  for (std::size_t arrived = 0; arrived < arrives;) {
    turn(0);
    const MutableBytes space = reader.space();
    const Buffer some = slow.read_some(space.size());
    std::ranges::copy(some, space.begin());
    reader.filled(some.size());
    for (; const auto packet = reader.next(); ++arrived) ASSERT_EQ(packet->size(), 1400U) << "whole frames only";
    ASSERT_FALSE(reader.broken() || slow.closed());
  }
}

TEST_F(TcpPortTest, OneSourceHasSoManyStrangersAndSoManyConnections) {
  std::vector<Client> clients;
  for (std::size_t i = 0; i < TcpPort::kMaxStrangersPerSource; ++i) clients.push_back(connected());
  EXPECT_TRUE(connected().closed());
  EXPECT_EQ(port->refused(), 1U);
  EXPECT_FALSE(connected(2).closed()) << "another source";
  for (const Client& client : clients) client.write(framed(kCheck));
  turns();
  while (clients.size() < TcpPort::kMaxPerSource) clients.push_back(known());
  EXPECT_FALSE(clients.back().closed());
  EXPECT_TRUE(connected().closed());
  clients.pop_back();
  turn();
  EXPECT_FALSE(connected().closed()) << "one has left";
}

TEST_F(TcpPortTest, AllTogetherAreSoMany) {
  const DescriptorLimit limit{2 * TcpPort::kMaxConnections + 100};
  if (!limit.set()) GTEST_SKIP() << "needs " << 2 * TcpPort::kMaxConnections << " descriptors";
  std::vector<Client> clients;
  for (std::size_t i = 0; i < TcpPort::kMaxConnections; ++i)
    clients.push_back(connected(static_cast<std::uint8_t>(1 + i / TcpPort::kMaxStrangersPerSource)));
  EXPECT_EQ(port->connections(), TcpPort::kMaxConnections);
  EXPECT_TRUE(connected(200).closed());
  EXPECT_EQ(port->refused(), 1U);
}

// A listener that stays readable would keep the loop awake for nothing.
TEST_F(TcpPortTest, WithoutDescriptorsWhoeverConnectsWaits) {
  const Client known_before = known();
  const Client client{port->local()};
  {
    const int next = ::dup(port->fd());
    ::close(next);
    const DescriptorLimit none_left{static_cast<rlim_t>(next)};
    turns();
    EXPECT_EQ(port->connections(), 1U);
    pollfd poll{port->fd(), POLLIN, 0};
    EXPECT_EQ(::poll(&poll, 1, 0), 0);
  }
  now = port->wake_at();
  turns(2);
  EXPECT_EQ(port->connections(), 2U);
}

TEST(TcpPort, APortInUseIsOneClearSentence) {
  const auto first = TcpPort::open("127.0.0.1", 0);
  ASSERT_TRUE(first) << first.error();
  const auto second = TcpPort::open("127.0.0.1", (*first)->local().port);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("is in use by another program; choose another for media with --media-tcp-port"),
            std::string::npos)
      << second.error();
  EXPECT_EQ(TcpPort::open("nowhere", 0).error(), "\"nowhere\" is not an IP address");
}

}  // namespace
}  // namespace costage::media_io
