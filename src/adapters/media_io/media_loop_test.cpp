#include "adapters/media_io/media_loop.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/media_io/bounded_queue.hpp"
#include "adapters/media_io/media_pool.hpp"
#include "adapters/media_io/udp_socket.hpp"
#include "base/media_limits.hpp"
#include "sfu/negotiation/profile.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::media_io {
namespace {

constexpr std::uint16_t kPort = 27010;

// Lets a test wait for the loop's "there are events" without sleeping.
class Bell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    rung_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    const bool rung = changed_.wait_for(lock, std::chrono::seconds(20), [&] { return rung_; });
    rung_ = false;
    return rung;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
};

TEST(MediaLoop, AddingAPeerBringsItsFirstOffer) {
  Bell bell;
  auto loop =
      MediaLoop::start({.port = kPort, .rng = std::make_unique<SeededRng>(1), .on_events = [&] { bell.ring(); }});
  ASSERT_TRUE(loop) << loop.error();
  EXPECT_TRUE((*loop)->send(media::AddPeer{media::RoomSid{"RM_1"}, media::PeerSid{"PA_1"}}));
  ASSERT_TRUE(bell.wait());
  const auto events = (*loop)->take_events();
  ASSERT_EQ(events.size(), 1U);
  const auto* offer = std::get_if<media::LocalDescription>(&events[0]);
  ASSERT_TRUE(offer);
  EXPECT_NE(offer->sdp.find("127.0.0.1 27010 typ host"), std::string::npos) << offer->sdp;
  EXPECT_NE(offer->sdp.find("webrtc-datachannel"), std::string::npos);
  EXPECT_NE(offer->sdp.find("a=ice-lite"), std::string::npos);
  (*loop)->stop();
}

// Firefox gathers no loopback candidate and pairs none with another kind: it needs the machine's other addresses.
TEST(MediaLoop, ForThisMachineItOffersItsOtherAddressesToo) {
  Bell bell;
  auto loop = MediaLoop::start(
      {.port = kPort + 4, .this_machine_only = true, .rng = std::make_unique<SeededRng>(1), .on_events = [&] {
         bell.ring();
       }});
  ASSERT_TRUE(loop) << loop.error();
  EXPECT_TRUE((*loop)->send(media::AddPeer{media::RoomSid{"RM_1"}, media::PeerSid{"PA_1"}}));
  ASSERT_TRUE(bell.wait());
  const auto events = (*loop)->take_events();
  const auto* offer = std::get_if<media::LocalDescription>(&events.at(0));
  ASSERT_TRUE(offer);
  EXPECT_NE(offer->sdp.find(" 127.0.0.1 27014 typ host"), std::string::npos) << offer->sdp;
  for (const Address& own : candidate_addresses(Address::v4(0, 0, 0, 0, kPort + 4)))
    EXPECT_NE(offer->sdp.find(' ' + sfu::ip_text(own) + " 27014 typ host"), std::string::npos) << offer->sdp;
}

// The offer that a peer of a fresh loop is made.
sfu::sdp::Session first_offer(MediaLoop& loop, Bell& bell) {
  EXPECT_TRUE(loop.send(media::AddPeer{media::RoomSid{"RM_1"}, media::PeerSid{"PA_1"}}));
  EXPECT_TRUE(bell.wait());
  const auto events = loop.take_events();
  const auto* offer = std::get_if<media::LocalDescription>(&events.at(0));
  auto session = sfu::sdp::parse(offer == nullptr ? "" : offer->sdp);
  EXPECT_TRUE(session);
  return session.value_or(sfu::sdp::Session{.media = {{}}});
}

// A check over TCP, and what comes back: the answer, each behind its length.
Buffer checked_over_tcp(std::uint16_t port, const sfu::sdp::TransportParameters& transport) {
  Buffer check(2 + sfu::stun::kMaxMessage);
  const std::size_t size = sfu::stun::write_request(
      MutableBytes{check}.subspan(2), {.transaction = {1, 2, 3}, .username = transport.ice_ufrag + ":theirs"},
      transport.ice_pwd);
  check[0] = static_cast<std::uint8_t>(size >> 8);
  check[1] = static_cast<std::uint8_t>(size);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in server = to_v4(Address::v4(127, 0, 0, 1, port));
  EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&server), sizeof server), 0);
  EXPECT_EQ(::send(fd, check.data(), size + 2, 0), static_cast<ssize_t>(size + 2));
  Buffer answer(2);
  EXPECT_EQ(::recv(fd, answer.data(), 2, MSG_WAITALL), 2);
  answer.resize(static_cast<std::size_t>(answer[0] << 8 | answer[1]));
  EXPECT_EQ(::recv(fd, answer.data(), answer.size(), MSG_WAITALL), static_cast<ssize_t>(answer.size()));
  ::close(fd);
  return answer;
}

TEST(MediaLoop, OverTcpItOffersACandidateAndAnswersChecks) {
  Bell bell;
  auto loop =
      MediaLoop::start({.tcp_port = 0, .rng = std::make_unique<SeededRng>(1), .on_events = [&] { bell.ring(); }});
  ASSERT_TRUE(loop) << loop.error();
  const auto offer = first_offer(**loop, bell);
  const std::uint16_t port = (*loop)->tcp_port();
  ASSERT_EQ(offer.media[0].candidates.size(), 2U);
  EXPECT_NE(offer.media[0].candidates[0].find(" udp "), std::string::npos);
  EXPECT_NE(offer.media[0].candidates[1].find(" 127.0.0.1 " + std::to_string(port) + " typ host tcptype passive"),
            std::string::npos);
  const Buffer answer = checked_over_tcp(port, transport_of(offer, offer.media[0]));
  const auto message = sfu::stun::parse(answer);
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->is(sfu::stun::Class::success));
}

TEST(MediaLoop, ForThisMachineItListensOnLoopbackAlone) {
  Bell bell;
  auto loop = MediaLoop::start(
      {.tcp_port = 0, .this_machine_only = true, .rng = std::make_unique<SeededRng>(1), .on_events = [&] {
         bell.ring();
       }});
  ASSERT_TRUE(loop) << loop.error();
  const auto offer = first_offer(**loop, bell);
  EXPECT_EQ(std::ranges::count_if(offer.media[0].candidates,
                                  [](const std::string& line) { return line.find("tcptype") != std::string::npos; }),
            1);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in elsewhere = to_v4(Address::v4(127, 0, 0, 2, (*loop)->tcp_port()));
  EXPECT_NE(::connect(fd, reinterpret_cast<const sockaddr*>(&elsewhere), sizeof elsewhere), 0);
  ::close(fd);
}

TEST(MediaLoop, ForThisMachineItLooksAtNobodyElsesDatagrams) {
  auto loop = MediaLoop::start({.port = kPort + 5, .this_machine_only = true, .rng = std::make_unique<SeededRng>(1)});
  ASSERT_TRUE(loop) << loop.error();
  auto other = UdpSocket::open("127.0.0.2", kPort + 6), own = UdpSocket::open("127.0.0.1", kPort + 6);
  ASSERT_TRUE(other && own);
  const auto send = [](UdpSocket& from, std::size_t size) {
    sfu::PacketBatch batch;
    batch.reserve()[0] = 0;
    batch.commit(Address::v4(127, 0, 0, 1, kPort + 5), size);
    from.send(batch);
  };
  send(**other, 1000);
  for (int i = 0; i < 100 && (*loop)->stats().sfu.packets_in == 0; ++i) {
    send(**own, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GT((*loop)->stats().sfu.packets_in, 0U);
  EXPECT_LT((*loop)->stats().sfu.bytes_in, 1000U);
}

TEST(MediaLoop, APortInUseIsOneClearSentence) {
  auto first = MediaLoop::start({.port = kPort + 1, .rng = std::make_unique<SeededRng>(1)});
  ASSERT_TRUE(first) << first.error();
  auto second = MediaLoop::start({.port = kPort + 1, .rng = std::make_unique<SeededRng>(2)});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(),
            "UDP port 27011 on 127.0.0.1 is in use by another program; choose another with --media-port");
  EXPECT_EQ(MediaLoop::start({.bind = "nowhere", .rng = std::make_unique<SeededRng>(3)}).error(),
            "\"nowhere\" is not an IP address");
}

TEST(MediaPool, ARoomStaysOnOneLoopAndUnknownPeersAreRefused) {
  auto pool = MediaPool::start({.loops = 2, .make_rng = [] { return std::make_unique<SeededRng>(7); }});
  ASSERT_TRUE(pool) << pool.error();
  EXPECT_NE((*pool)->ports()[0], (*pool)->ports()[1]);
  EXPECT_TRUE((*pool)->send(media::AddPeer{media::RoomSid{"RM_1"}, media::PeerSid{"PA_1"}}));
  EXPECT_TRUE((*pool)->send(media::AddPeer{media::RoomSid{"RM_2"}, media::PeerSid{"PA_2"}}));
  EXPECT_TRUE((*pool)->send(media::PublishTrack{.peer = media::PeerSid{"PA_1"}, .track = media::TrackSid{"TR_1"}}));
  EXPECT_TRUE((*pool)->send(media::MuteTrack{media::TrackSid{"TR_1"}, true}));
  EXPECT_TRUE((*pool)->send(media::RemovePeer{media::PeerSid{"PA_1"}}));
  EXPECT_FALSE((*pool)->send(media::MuteTrack{media::TrackSid{"TR_1"}, true})) << "went with its peer";
  EXPECT_FALSE((*pool)->send(media::RestartIce{media::PeerSid{"PA_1"}}));
  (*pool)->stop();
}

TEST(MediaPool, EachLoopHasATcpPortOfItsOwn) {
  auto pool = MediaPool::start({.first_tcp_port = std::uint16_t{kPort + 20}, .loops = 2, .make_rng = [] {
                                  return std::make_unique<SeededRng>(7);
                                }});
  ASSERT_TRUE(pool) << pool.error();
  const auto taken = MediaLoop::start({.tcp_port = std::uint16_t{kPort + 21}, .rng = std::make_unique<SeededRng>(1)});
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("TCP port 27031"), std::string::npos) << taken.error();
}

TEST(MediaPool, RoomsAreKeptTogetherWhereTheyCanBe) {
  auto pool = MediaPool::start({.loops = 2, .make_rng = [] { return std::make_unique<SeededRng>(7); }});
  ASSERT_TRUE(pool) << pool.error();
  const media::RoomSid first{"RM_1"}, second{"RM_2"}, third{"RM_3"};
  EXPECT_FALSE((*pool)->keep_together(first, third)) << "nobody is in it";
  EXPECT_TRUE((*pool)->send(media::AddPeer{first, media::PeerSid{"PA_1"}}));
  EXPECT_TRUE((*pool)->send(media::AddPeer{second, media::PeerSid{"PA_2"}})) << "on the other loop";
  EXPECT_FALSE((*pool)->keep_together(first, second));
  EXPECT_TRUE((*pool)->send(media::AddPeer{second, media::PeerSid{"PA_3"}}));
  EXPECT_TRUE((*pool)->send(media::RemovePeer{media::PeerSid{"PA_1"}}));
  EXPECT_TRUE((*pool)->keep_together(second, third));
  EXPECT_TRUE((*pool)->send(media::AddPeer{third, media::PeerSid{"PA_4"}})) << "not on the emptiest";
  EXPECT_TRUE((*pool)->send(media::MovePeer{media::PeerSid{"PA_4"}, second}));
  EXPECT_FALSE((*pool)->keep_together(first, third)) << "nobody is in the first any more";
  (*pool)->let_apart(third);
  EXPECT_TRUE((*pool)->send(media::AddPeer{third, media::PeerSid{"PA_5"}})) << "on the emptiest";
  EXPECT_FALSE((*pool)->keep_together(second, third));
  (*pool)->stop();
}

TEST(MediaPool, APeerMovesToARoomOfItsLoopAlone) {
  auto pool = MediaPool::start({.loops = 2, .make_rng = [] { return std::make_unique<SeededRng>(7); }});
  ASSERT_TRUE(pool) << pool.error();
  const media::PeerSid first{"PA_1"}, second{"PA_2"};
  EXPECT_TRUE((*pool)->send(media::AddPeer{media::RoomSid{"RM_1"}, first}));
  EXPECT_TRUE((*pool)->send(media::AddPeer{media::RoomSid{"RM_2"}, second})) << "on the other loop";
  EXPECT_FALSE((*pool)->send(media::MovePeer{first, media::RoomSid{"RM_2"}}));
  EXPECT_TRUE((*pool)->send(media::MovePeer{first, media::RoomSid{"RM_3"}})) << "a new room is made where the peer is";
  EXPECT_TRUE((*pool)->send(media::AddPeer{media::RoomSid{"RM_3"}, media::PeerSid{"PA_3"}}));
  EXPECT_FALSE((*pool)->send(media::MovePeer{second, media::RoomSid{"RM_3"}}));
  EXPECT_TRUE((*pool)->send(media::RemovePeer{first}));
  EXPECT_FALSE((*pool)->send(media::MovePeer{first, media::RoomSid{"RM_3"}}));
  (*pool)->stop();
}

TEST(UdpSocket, SendsABatchWithSegmentationAndReceivesIt) {
  auto a = UdpSocket::open("127.0.0.1", kPort + 2);
  auto b = UdpSocket::open("127.0.0.1", kPort + 3);
  ASSERT_TRUE(a && b);
  sfu::PacketBatch batch;
  for (std::uint8_t i = 0; i < 50; ++i) {
    const MutableBytes space = batch.reserve();
    space[0] = i;
    batch.commit((*b)->local(), i == 49 ? 300 : 1000);
  }
  (*a)->send(batch);
  const auto got = (*b)->receive();
  ASSERT_EQ(got.size(), 50U);
  for (std::uint8_t i = 0; i < 50; ++i) {
    EXPECT_EQ(got[i].bytes[0], i);
    EXPECT_EQ(got[i].bytes.size(), i == 49 ? 300U : 1000U);
    EXPECT_EQ(got[i].from, (*a)->local());
  }
  EXPECT_EQ((*a)->dropped(), 0U);
}

TEST(BoundedQueue, RefusesWhatDoesNotFitAndCountsIt) {
  BoundedQueue<int> queue(2);
  EXPECT_EQ(queue.push(1), BoundedQueue<int>::Pushed::first);
  EXPECT_EQ(queue.push(2), BoundedQueue<int>::Pushed::more);
  EXPECT_EQ(queue.push(3), BoundedQueue<int>::Pushed::full);
  EXPECT_EQ(queue.refused(), 1U);
  EXPECT_EQ(queue.take(), (std::vector<int>{1, 2}));
}

// Who is refused here is told so; a peer that only the loop refused would wait for its offer.
TEST(MediaPool, ALoopThatIsFullTakesNoMorePeers) {
  auto pool = MediaPool::start({.make_rng = [] { return std::make_unique<SeededRng>(1); }, .on_events = [] {}});
  ASSERT_TRUE(pool) << pool.error();
  const auto add = [&](std::size_t i) {
    const media::RoomSid room{"RM_" + std::to_string(i / media::kMaxRoomPeers)};
    return (*pool)->send(media::AddPeer{room, media::PeerSid{"PA_" + std::to_string(i)}});
  };
  for (std::size_t i = 0; i < media::kMaxLoopPeers; ++i) ASSERT_TRUE(add(i)) << i;
  EXPECT_FALSE(add(media::kMaxLoopPeers));
  EXPECT_TRUE((*pool)->send(media::RemovePeer{media::PeerSid{"PA_0"}}));
  EXPECT_TRUE(add(media::kMaxLoopPeers));
  (*pool)->stop();
}

}  // namespace
}  // namespace costage::media_io
