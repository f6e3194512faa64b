// A client whose network changes, with and without signalling.
#include <gtest/gtest.h>

#include "sfu/testing/sim_show.hpp"

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

TEST(NetworkChange, ANatThatBindsAnewIsFollowed) {
  SimShow show(41, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  host.publisher_address.port += 500;
  viewer.subscriber_address.port += 500;
  show.run(seconds(4));
  expect_flowing(show, viewer);
  for (const auto& e : show.events<media::TransportChanged>()) EXPECT_EQ(e.state, media::TransportState::connected);
}

// The same address and port, so that only the protocol tells them apart.
TEST(NetworkChange, WhoLosesUdpGoesOnOverTcp) {
  SimShow show(43, kGood);
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
TEST(NetworkChange, AConnectionThatIsOverIsReplacedWithTheNextCheck) {
  SimShow show(44, kGood);
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

TEST(NetworkChange, WhatFailedComesBackWithAnIceRestart) {
  SimShow show(42, kGood);
  SimBrowser& host = show.join("host", true);
  SimBrowser& viewer = show.join("viewer", false);
  show.run(seconds(3));
  show.network.set({.loss_percent = 100});
  show.run(seconds(20));
  int failed = 0;
  for (const auto& e : show.events<media::TransportChanged>()) failed += e.state == media::TransportState::failed;
  ASSERT_EQ(failed, 3) << "two of the host, the viewer has no publisher transport";
  show.network.set(kGood);
  for (SimBrowser* b : {&host, &viewer}) {
    b->publisher_address.port += 500;
    b->subscriber_address.port += 500;
    show.command(media::RestartIce{SimShow::peer(b->name)});
  }
  host.publisher.restart_ice(show.now);
  show.offer(host, true);
  show.run(seconds(4));
  expect_flowing(show, viewer);
  EXPECT_EQ(show.events<media::TransportChanged>().back().state, media::TransportState::connected);
  EXPECT_TRUE(show.events<media::TrackEnded>().empty());
}

}  // namespace
}  // namespace costage::sfu
