// Two transports, a bad network, virtual time, a seed.
#include "sfu/peer/transport.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "sfu/peer/ice_controlled.hpp"
#include "sfu/peer/testing/lossy_network.hpp"
#include "sfu/peer/virtual_clock_test.hpp"
#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

using media::TransportState;
using std::chrono::milliseconds;
using std::chrono::seconds;

const Address kServer = Address::v4(127, 0, 0, 1, 7882);
const Address kClient = Address::v4(127, 0, 0, 1, 40000);
const Address kStranger = Address::v4(127, 0, 0, 1, 666);

struct Side {
  Side(TransportRole role, std::uint64_t seed, Instant now)
      : rng(seed), context(certificate, rng, out, stats), transport(context, role, now) {}

  template <class Event>
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> of_that_kind;
    for (const TransportEvent& e : all_events)
      if (const auto* event = std::get_if<Event>(&e)) of_that_kind.push_back(*event);
    return of_that_kind;
  }
  [[nodiscard]] std::vector<Buffer> messages(media::Channel channel) const {
    std::vector<Buffer> bytes;
    for (const auto& message : events<ChannelMessage>())
      if (message.channel == channel) bytes.push_back(message.bytes);
    return bytes;
  }

  SeededRng rng;
  Certificate certificate;
  PacketBatch out;
  Stats stats;
  TransportContext context;
  PeerTransport transport;
  std::vector<TransportEvent> all_events;
  std::vector<Buffer> rtp;
  std::vector<Buffer> rtcp;
};

class TransportTest : public testing::Test {
 protected:
  explicit TransportTest(std::uint64_t seed = 20261121) : rng(seed) {}

  void connect(DtlsRole server_role = DtlsRole::server) {
    const DtlsRole client_role = server_role == DtlsRole::server ? DtlsRole::client : DtlsRole::server;
    ASSERT_TRUE(server.transport.set_remote(
        now, {client.transport.local(), client.certificate.fingerprint(), server_role, {}}));
    connect_client(client_role);
  }
  void connect_client(DtlsRole client_role) {
    ASSERT_TRUE(client.transport.set_remote(
        now, {server.transport.local(), server.certificate.fingerprint(), client_role, kServer}));
    flush();
  }

  void flush() {
    flush(client, kClient);
    flush(server, kServer);
  }
  void flush(Side& side, const Address& from) {
    for (const auto& packet : side.out.packets()) network.send(now, from, packet.to, side.out.bytes(packet));
    side.out.clear();
    for (auto& event : side.transport.take_events()) side.all_events.push_back(std::move(event));
  }

  void deliver(LossyNetwork::Datagram datagram) {
    on_arrival(datagram);
    Side& side = datagram.to == kServer ? server : client;
    const Received received = side.transport.on_packet(now, datagram.from, datagram.bytes);
    if (received.kind == Received::Kind::rtp) side.rtp.emplace_back(received.packet.begin(), received.packet.end());
    if (received.kind == Received::Kind::rtcp) side.rtcp.emplace_back(received.packet.begin(), received.packet.end());
  }

  // Runs until `done`, at most until `limit` of simulated time has passed. False if it never came.
  template <class Done>
  bool run(Duration limit, Done done) {
    const Instant end = now + limit;
    while (!done()) {
      const Instant next =
          std::min({network.next(), client.transport.wake_at(), server.transport.wake_at(), now + milliseconds(100)});
      if (next > end) {
        clock.set(now = end);
        return false;
      }
      now = std::max(now, next);
      clock.set(now);
      while (network.next() <= now) deliver(network.take());
      for (Side* side : {&client, &server})
        if (side->transport.wake_at() <= now) side->transport.on_time(now);
      flush();
    }
    return true;
  }
  bool run_until_connected(Duration limit = seconds(30)) {
    return run(limit, [&] {
      return client.transport.state() == TransportState::connected &&
             server.transport.state() == TransportState::connected;
    });
  }
  bool run_until_channels(Duration limit = seconds(30)) {
    return run(limit, [&] {
      return client.events<ChannelOpened>().size() == 3 && server.events<ChannelOpened>().size() == 3;
    });
  }

  std::function<void(const LossyNetwork::Datagram&)> on_arrival = [](const auto&) {};
  Instant now{seconds(1000)};
  VirtualClock clock{now};
  SeededRng rng;
  LossyNetwork network{rng, {}};
  Side client{TransportRole::client, 1, now};
  Side server{TransportRole::server, 2, now};
};

Buffer rtp_packet(std::uint16_t sequence, std::size_t payload = 1000) {
  Buffer out(12 + payload, static_cast<std::uint8_t>(sequence));
  ByteWriter w{out};
  w.u16(0x8060);
  w.u16(sequence);
  w.u32(1);
  w.u32(0xcafe);
  return out;
}
Buffer rtcp_packet(std::uint8_t filling) {
  Buffer out(28, filling);
  ByteWriter w{out};
  w.u32(0x80c80006);
  w.u32(0xcafe);
  return out;
}

bool is_answer(Bytes datagram) {
  const auto message = stun::parse(datagram);
  return message && message->is(stun::Class::success);
}

TEST_F(TransportTest, ConnectsInFourRoundTripsAndOpensChannelsInThreeMore) {
  client.transport.open_channels(now);
  const Instant began = now;
  connect();
  ASSERT_TRUE(run_until_channels());
  // 20 ms of simulated round trip: ICE 1, DTLS 2, SCTP 2, DCEP 1/2. Any timer that is waited for would show.
  EXPECT_LE(now - began, milliseconds(7 * 20));
  EXPECT_EQ(client.events<TransportStateChanged>().size(), 1u);
}

TEST_F(TransportTest, EitherSideMayBeTheDtlsClient) {
  connect(DtlsRole::client);
  EXPECT_TRUE(run_until_connected(milliseconds(200)));
}

TEST_F(TransportTest, WaitsForTheRemoteDescriptionOfAnEarlyPeer) {
  connect_client(DtlsRole::client);
  run(milliseconds(45), [] { return false; });
  EXPECT_EQ(server.transport.state(), TransportState::connecting);
  ASSERT_TRUE(server.transport.set_remote(
      now, {client.transport.local(), client.certificate.fingerprint(), DtlsRole::server, {}}));
  flush();
  EXPECT_TRUE(run_until_connected(milliseconds(80))) << "the held first flight is used, not its repetition";
}

// The client's first flight leaves when its own check was answered, so before its answer to ours.
TEST_F(TransportTest, AFirstFlightThatOvertakesTheProofIsHeld) {
  std::vector<PacketKind> arrived;
  on_arrival = [&](const LossyNetwork::Datagram& d) {
    if (d.to == kServer && server.transport.state() == TransportState::connecting)
      arrived.push_back(packet_kind(d.bytes));
  };
  const Instant began = now;
  connect();
  ASSERT_TRUE(run_until_connected());
  ASSERT_GE(arrived.size(), 3u);
  EXPECT_EQ(arrived[1], PacketKind::dtls) << "behind the check";
  EXPECT_EQ(arrived[2], PacketKind::stun) << "the answer to ours";
  EXPECT_LE(now - began, milliseconds(3 * 20)) << "no repetition was waited for";
}

// Somebody who knows the peer's address may spoof what fills the place of its first flight.
TEST_F(TransportTest, AFullHoldCostsOneRepetition) {
  std::size_t proofs = 0;
  network.drop = [&](const LossyNetwork::Datagram& d) {
    return d.to == kServer && is_answer(d.bytes) && ++proofs == 1;
  };
  on_arrival = [&](const LossyNetwork::Datagram& d) {
    if (packet_kind(d.bytes) != PacketKind::stun || proofs > 0) return;
    Buffer record{22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 1000; ++i)
      EXPECT_EQ(server.transport.on_packet(now, kClient, record).kind, Received::Kind::nothing);
  };
  connect();
  EXPECT_TRUE(run_until_connected(milliseconds(500)));
}

TEST_F(TransportTest, NothingButStunGoesToAnAddressThatIsNotProven) {
  std::size_t checks = 0;
  std::size_t answers = 0;
  network.drop = [&](const LossyNetwork::Datagram& d) {
    if (d.to == kServer) return is_answer(d.bytes);  // of the client to our checks
    EXPECT_EQ(packet_kind(d.bytes), PacketKind::stun);
    EXPECT_LE(d.bytes.size(), 150u);
    ++(is_answer(d.bytes) ? answers : checks);
    return false;
  };
  connect(DtlsRole::client);
  run(seconds(6), [] { return false; });
  EXPECT_EQ(server.transport.state(), TransportState::connecting);
  EXPECT_EQ(checks, 6u) << "the seventh comes after 6.3 s";
  EXPECT_LE(answers, 4u) << "one per check of the client";
}

TEST_F(TransportTest, CarriesMediaBothWays) {
  connect();
  ASSERT_TRUE(run_until_connected());
  for (std::uint16_t i = 0; i < 200; ++i) {
    const Buffer packet = rtp_packet(65500 + i);
    EXPECT_TRUE(client.transport.send_rtp(packet));
    EXPECT_TRUE(server.transport.send_rtp(packet));
  }
  EXPECT_TRUE(client.transport.send_rtcp(rtcp_packet(1)));
  EXPECT_TRUE(server.transport.send_rtcp(rtcp_packet(2)));
  flush();
  run(milliseconds(50), [] { return false; });
  ASSERT_EQ(server.rtp.size(), 200u);
  ASSERT_EQ(client.rtp.size(), 200u);
  for (std::uint16_t i = 0; i < 200; ++i) EXPECT_EQ(server.rtp[i], rtp_packet(65500 + i));
  EXPECT_EQ(server.rtcp, std::vector<Buffer>{rtcp_packet(1)});
  EXPECT_EQ(client.rtcp, std::vector<Buffer>{rtcp_packet(2)});
}

TEST_F(TransportTest, LargestMessagesPassInBothDirections) {
  server.transport.open_channels(now);
  connect();
  ASSERT_TRUE(run_until_channels());
  const Buffer largest(PeerTransport::kMaxMessage, 0x5a);
  EXPECT_EQ(client.transport.send_data(now, media::Channel::reliable, largest), SctpSend::sent);
  EXPECT_EQ(server.transport.send_data(now, media::Channel::reliable, largest), SctpSend::sent);
  EXPECT_EQ(server.transport.send_data(now, media::Channel::reliable, Buffer{}), SctpSend::sent);
  EXPECT_EQ(server.transport.send_data(now, media::Channel::reliable, Buffer(largest.size() + 1)), SctpSend::too_big);
  flush();
  ASSERT_TRUE(run(seconds(5), [&] {
    return server.messages(media::Channel::reliable).size() == 1 &&
           client.messages(media::Channel::reliable).size() == 2;
  }));
  EXPECT_EQ(server.messages(media::Channel::reliable)[0], largest);
  EXPECT_EQ(client.messages(media::Channel::reliable)[0], largest);
  EXPECT_EQ(client.messages(media::Channel::reliable)[1], Buffer{});
}

TEST_F(TransportTest, ForgetsNoReliableMessageOnABadNetwork) {
  network.set({.loss_percent = 10, .duplicate_percent = 5, .delay = milliseconds(15), .jitter = milliseconds(10)});
  client.transport.open_channels(now);
  connect();
  ASSERT_TRUE(run_until_channels(seconds(60)));
  std::vector<Buffer> sent;
  for (std::uint8_t i = 0; i < 128; ++i) {
    sent.emplace_back(4096, i);
    EXPECT_EQ(client.transport.send_data(now, media::Channel::reliable, sent.back()), SctpSend::sent);
    EXPECT_EQ(server.transport.send_data(now, media::Channel::reliable, sent.back()), SctpSend::sent);
    EXPECT_EQ(server.transport.send_data(now, media::Channel::lossy, Buffer(100, i)), SctpSend::sent);
  }
  flush();
  ASSERT_TRUE(run(seconds(120), [&] {
    return server.messages(media::Channel::reliable).size() >= sent.size() &&
           client.messages(media::Channel::reliable).size() >= sent.size();
  }));
  EXPECT_EQ(server.messages(media::Channel::reliable), sent);
  EXPECT_EQ(client.messages(media::Channel::reliable), sent);
  const auto lossy = client.messages(media::Channel::lossy);
  EXPECT_GT(lossy.size(), 64u);
  EXPECT_EQ(std::set(lossy.begin(), lossy.end()).size(), lossy.size()) << "none twice";
}

TEST_F(TransportTest, AnIdleTransportSleepsUntilConsentIsDue) {
  client.transport.open_channels(now);
  connect();
  ASSERT_TRUE(run_until_channels());
  run(seconds(1), [] { return false; });
  const Instant asleep = server.transport.wake_at();
  EXPECT_GT(asleep, now + milliseconds(100));
  server.transport.on_time(asleep);
  EXPECT_GE(server.transport.wake_at(), asleep + IceControlled::kConsentEvery * 4 / 5);
}

TEST_F(TransportTest, AFullSendBufferRefusesAndCounts) {
  client.transport.open_channels(now);
  connect();
  ASSERT_TRUE(run_until_channels());
  network.set({.loss_percent = 100});
  SctpSend outcome = SctpSend::sent;
  std::size_t accepted = 0;
  for (; outcome == SctpSend::sent && accepted < 100; accepted += outcome == SctpSend::sent)
    outcome = client.transport.send_data(now, media::Channel::reliable, Buffer(60'000));
  EXPECT_EQ(outcome, SctpSend::buffer_full);
  EXPECT_GE(accepted, 60u);
  EXPECT_EQ(client.stats.dropped_data_buffer_full, 1u);
}

TEST_F(TransportTest, AnotherCertificateThanPromisedFails) {
  const Certificate other;
  ASSERT_TRUE(server.transport.set_remote(now, {client.transport.local(), other.fingerprint(), DtlsRole::server, {}}));
  connect_client(DtlsRole::client);
  EXPECT_TRUE(run(seconds(5), [&] { return server.transport.state() == TransportState::failed; }));
  EXPECT_FALSE(server.transport.send_rtp(rtp_packet(1)));
  EXPECT_FALSE(server.transport.set_remote(now, {client.transport.local(), "sha-1 00", DtlsRole::server, {}}));
}

TEST_F(TransportTest, FailsWhenConsentEnds) {
  connect();
  ASSERT_TRUE(run_until_connected());
  network.set({.loss_percent = 100});
  EXPECT_FALSE(run(milliseconds(14'900), [&] { return server.transport.state() != TransportState::connected; }));
  EXPECT_TRUE(run(milliseconds(200), [&] { return server.transport.state() == TransportState::failed; }));
}

TEST_F(TransportTest, AHandshakeThatEndsWhileThePathIsSilentCountsWithTheNextCheck) {
  PacketKind lost = PacketKind::dtls;
  network.drop = [&](const LossyNetwork::Datagram& d) { return packet_kind(d.bytes) == lost; };
  connect();
  run(milliseconds(2500), [] { return false; });
  network.drop = [](const auto&) { return true; };
  run(seconds(10), [] { return false; });
  lost = PacketKind::stun;
  network.drop = [&](const LossyNetwork::Datagram& d) { return packet_kind(d.bytes) == lost; };
  run(milliseconds(2200), [] { return false; });  // the handshake's next repetition is after 14.45 s
  EXPECT_EQ(server.transport.state(), TransportState::connecting);
  EXPECT_EQ(client.transport.state(), TransportState::connecting);
  lost = PacketKind::unknown;
  EXPECT_TRUE(run_until_connected(milliseconds(1700)));
}

// The network was away for long, and an ICE restart finds another path: keys and sequences go on.
TEST_F(TransportTest, AnIceRestartRevivesWhatFailed) {
  connect();
  ASSERT_TRUE(run_until_connected());
  ASSERT_TRUE(client.transport.send_rtp(rtp_packet(1)));
  flush();
  run(milliseconds(50), [] { return false; });
  network.set({.loss_percent = 100});
  ASSERT_TRUE(run(seconds(20), [&] {
    return server.transport.state() == TransportState::failed && client.transport.state() == TransportState::failed;
  }));
  network.set({});
  server.transport.restart_ice(now);
  run(seconds(1), [] { return false; });
  EXPECT_EQ(server.transport.state(), TransportState::connecting) << "not before an address is proven";
  connect();
  ASSERT_TRUE(run_until_connected(seconds(1)));
  ASSERT_TRUE(client.transport.send_rtp(rtp_packet(2)));
  ASSERT_TRUE(server.transport.send_rtp(rtp_packet(3)));
  flush();
  run(milliseconds(50), [] { return false; });
  EXPECT_EQ(server.rtp.size(), 2u);
  EXPECT_EQ(client.rtp.size(), 1u);
  EXPECT_EQ(server.events<TransportStateChanged>().size(), 3u) << "connected, failed, connected";
}

TEST_F(TransportTest, AnIceRestartDoesNotReviveAFailedHandshake) {
  const Certificate other;
  ASSERT_TRUE(server.transport.set_remote(now, {client.transport.local(), other.fingerprint(), DtlsRole::server, {}}));
  connect_client(DtlsRole::client);
  ASSERT_TRUE(run(seconds(5), [&] { return server.transport.state() == TransportState::failed; }));
  server.transport.restart_ice(now);
  EXPECT_EQ(server.transport.state(), TransportState::failed);
}

TEST_F(TransportTest, CloseTellsThePeer) {
  connect();
  ASSERT_TRUE(run_until_connected());
  server.transport.close(now);
  flush();
  EXPECT_TRUE(run(milliseconds(50), [&] { return client.transport.state() == TransportState::closed; }));
  EXPECT_EQ(server.transport.wake_at(), kNever);
}

TEST_F(TransportTest, GarbageFromAnyoneAtAnyTimeDoesNothing) {
  SeededRng noise{99};
  const auto disturb = [&](const Address& from) {
    for (int i = 0; i < 300; ++i) {
      Buffer bytes(noise.below(1400));
      noise.fill(bytes);
      static constexpr std::uint8_t kFirst[] = {0, 1, 20, 21, 22, 23, 25, 63, 64, 128, 144, 191, 255};
      if (!bytes.empty()) bytes[0] = kFirst[noise.below(std::size(kFirst))];
      // Half of it looks like DTLS 1.2 records or their headers.
      if (bytes.size() > 13 && i % 2) bytes[1] = 0xfe, bytes[2] = 0xfd;
      EXPECT_EQ(server.transport.on_packet(now, from, bytes).kind, Received::Kind::nothing);
    }
    EXPECT_TRUE(server.out.empty() || from == kClient) << "strangers get silence";
    flush();
  };
  disturb(kStranger);
  connect();
  while (!run_until_connected(milliseconds(5)) && now < Instant{seconds(1005)}) disturb(kStranger);
  ASSERT_EQ(server.transport.state(), TransportState::connected);
  disturb(kStranger);
  disturb(kClient);
  EXPECT_TRUE(client.transport.send_rtp(rtp_packet(1)));
  flush();
  run(milliseconds(50), [] { return false; });
  EXPECT_EQ(server.rtp.size(), 1u);
}

class BadNetworkTest : public TransportTest, public testing::WithParamInterface<int> {
 protected:
  BadNetworkTest() : TransportTest(static_cast<std::uint64_t>(GetParam())) {}
};

TEST_P(BadNetworkTest, IsOvercomeWithAFifthOfAllDatagramsLost) {
  network.set({.loss_percent = 20, .duplicate_percent = 10, .delay = milliseconds(20), .jitter = milliseconds(30)});
  client.transport.open_channels(now);
  connect(GetParam() % 2 ? DtlsRole::server : DtlsRole::client);
  EXPECT_TRUE(run_until_channels(seconds(60)));
}

INSTANTIATE_TEST_SUITE_P(Seeds, BadNetworkTest, testing::Range(0, 40));

}  // namespace
}  // namespace costage::sfu
