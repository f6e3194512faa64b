// A client whose network changes, with and without signalling.
#include <gtest/gtest.h>

#include "sfu/testing/sim_show.hpp"
#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const LossyNetwork::Settings kGood{.delay = milliseconds(10), .jitter = milliseconds(2)};

void expect_flowing(SimShow& show, SimBrowser& viewer) {
  for (const char* track : {"TR_Vhost", "TR_Ahost"}) {
    ASSERT_TRUE(viewer.screen_of(track));
    EXPECT_LT(show.now - viewer.screen_of(track)->last_at, milliseconds(300)) << track;
  }
}

class NetworkChange : public testing::TestWithParam<media::Connections> {};
INSTANTIATE_TEST_SUITE_P(Connections, NetworkChange,
                         testing::Values(media::Connections::pair, media::Connections::single));

TEST_P(NetworkChange, ANatThatBindsAnewIsFollowed) {
  SimShow show(41, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  host.rebind();
  viewer.rebind();
  show.run(seconds(4));
  expect_flowing(show, viewer);
  for (const auto& e : show.events<media::TransportChanged>()) EXPECT_EQ(e.state, media::TransportState::connected);
}

// The same address and port, so that only the protocol tells them apart.
TEST_P(NetworkChange, WhoLosesUdpGoesOnOverTcp) {
  SimShow show(43, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  host.publisher_address.protocol = viewer.subscriber_address.protocol = IpProtocol::tcp;
  show.run(seconds(4));
  expect_flowing(show, viewer);
  for (const auto& e : show.events<media::TransportChanged>()) EXPECT_EQ(e.state, media::TransportState::connected);
}

// libwebrtc connects again by itself, and nominates nothing anew: as soon as the old connection is known to be over,
// the first check on the new one is enough.
TEST_P(NetworkChange, AConnectionThatIsOverIsReplacedWithTheNextCheck) {
  SimShow show(44, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  for (Address* address : {&host.publisher_address, &viewer.subscriber_address}) {
    show.sfu.on_closed(show.now, *address);
    address->port += 500;
  }
  show.sfu.check();
  show.run(milliseconds(2500));  // a check every 2 s; without on_closed() it would take kMovedAfter
  expect_flowing(show, viewer);
}

// Somebody in the room who can send from any address says that the others' are its own, again and again.
TEST_P(NetworkChange, NobodyTakesTheWayOfAnother) {
  SimShow show(43, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  SimBrowser& thief = show.join("thief", true);
  show.run(seconds(3));
  const auto& local = thief.publisher.local();
  const auto& server = thief.last_answer.media[0].transport;
  for (int i = 0; i < 100; ++i) {
    Buffer check(stun::kMaxMessage);
    check.resize(stun::write_request(check,
                                     {.transaction = {1, 2, 3},
                                      .username = server.ice_ufrag + ":" + local.ufrag,
                                      .controlling = true,
                                      .use_candidate = true},
                                     server.ice_pwd));
    for (const Address& address : {host.publisher_address, viewer.subscriber_address})
      show.sfu.on_packet(show.now, address, check);
    show.run(milliseconds(100));
  }
  expect_flowing(show, viewer);
  EXPECT_GT(viewer.screen_of("TR_Vhost")->packets.size(), 300U * 3);
  EXPECT_TRUE(show.events<media::SilenceChanged>().empty());
  for (const auto& e : show.events<media::TransportChanged>()) EXPECT_EQ(e.state, media::TransportState::connected);
}

TEST_P(NetworkChange, SilenceIsToldAfterFiveSecondsAndItsEndToo) {
  SimShow show(44, kGood, GetParam());
  show.join("viewer", false);
  show.run(seconds(3));
  show.network.set({.loss_percent = 100});
  show.run(milliseconds(5100));
  ASSERT_EQ(show.events<media::SilenceChanged>().size(), 1U);
  EXPECT_TRUE(show.events<media::SilenceChanged>().back().silent);
  show.network.set(kGood);
  show.run(seconds(3));
  ASSERT_EQ(show.events<media::SilenceChanged>().size(), 2U);
  EXPECT_FALSE(show.events<media::SilenceChanged>().back().silent);
}

TEST_P(NetworkChange, WhatFailedComesBackWithAnIceRestart) {
  SimShow show(42, kGood, GetParam());
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  show.network.set({.loss_percent = 100});
  show.run(seconds(20));
  int failed = 0;
  for (const auto& e : show.events<media::TransportChanged>()) failed += e.state == media::TransportState::failed;
  ASSERT_EQ(failed, host.single() ? 2 : 3) << "of a pair the viewer has no publisher transport";
  show.network.set(kGood);
  for (SimBrowser* b : {&host, &viewer}) {
    b->rebind();
    show.restart_ice(*b);
  }
  show.run(seconds(4));
  expect_flowing(show, viewer);
  EXPECT_EQ(show.events<media::TransportChanged>().back().state, media::TransportState::connected);
  EXPECT_TRUE(show.events<media::TrackEnded>().empty());
}

}  // namespace
}  // namespace costage::sfu
