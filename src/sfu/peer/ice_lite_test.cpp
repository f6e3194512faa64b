#include "sfu/peer/ice_lite.hpp"

#include <gtest/gtest.h>

#include "sfu/peer/ice_client.hpp"

namespace costage::sfu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Address kServer = Address::v4(127, 0, 0, 1, 7882);
const Address kHome = Address::v4(10, 0, 0, 7, 40000);
const Address kMobile = Address::v4(10, 9, 9, 9, 50000);

class IceLiteTest : public testing::Test {
 protected:
  // A check as a browser would send it.
  std::size_t check(const Address& from, bool nominate, std::string_view password, std::string username = "") {
    if (username.empty()) username = lite.local().ufrag + ":peer";
    Buffer request(stun::kMaxMessage);
    const std::size_t size = stun::write_request(
        request, {.transaction = {1, 2, 3}, .username = username, .use_candidate = nominate}, password);
    return lite.on_stun(now, from, Bytes{request}.first(size), answer);
  }
  std::size_t check(const Address& from, bool nominate) { return check(from, nominate, lite.local().pwd.reveal()); }
  void wait(Duration d) {
    now += d;
    lite.on_time(now);
  }

  SeededRng rng{1};
  Instant now{seconds(100)};
  IceLite lite{rng, now};
  Buffer answer = Buffer(stun::kMaxMessage);
};

TEST_F(IceLiteTest, AnswersAnAuthenticatedCheckWithTheAddressItCameFrom) {
  const std::size_t size = check(kHome, false);
  const auto message = stun::parse(Bytes{answer}.first(size));
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->is(stun::Class::success));
  EXPECT_EQ(message->mapped, kHome);
  EXPECT_TRUE(stun::verify_integrity(*message, lite.local().pwd.reveal()));
  EXPECT_EQ(lite.state(), IceState::connected);
  EXPECT_TRUE(lite.knows(kHome));
  EXPECT_FALSE(lite.knows(kMobile));
}

TEST_F(IceLiteTest, IsSilentToWhoCannotProveThePassword) {
  EXPECT_EQ(check(kHome, true, "wrong password of some length"), 0u);
  EXPECT_EQ(check(kHome, true, lite.local().pwd.reveal(), "other:peer"), 0u);
  EXPECT_EQ(check(kHome, true, lite.local().pwd.reveal(), lite.local().ufrag), 0u);
  EXPECT_EQ(check(kHome, true, ""), 0u);
  lite.set_remote({"friend", Secret{"irrelevant"}});
  EXPECT_EQ(check(kHome, true), 0u) << "another peer's ufrag";
  EXPECT_FALSE(lite.selected());
  EXPECT_EQ(lite.state(), IceState::checking);
}

TEST_F(IceLiteTest, UsesThePairThatWasNominatedLast) {
  check(kHome, false);
  EXPECT_EQ(lite.selected(), kHome);
  check(kMobile, false);
  EXPECT_EQ(lite.selected(), kHome);
  check(kMobile, true);
  EXPECT_EQ(lite.selected(), kMobile);
  check(kHome, true);
  EXPECT_EQ(lite.selected(), kHome);
}

TEST_F(IceLiteTest, DisconnectsAfterTenSecondsAndFailsAfterFiveMore) {
  check(kHome, true);
  EXPECT_EQ(lite.wake_at(), now + seconds(10));
  wait(milliseconds(9999));
  EXPECT_EQ(lite.state(), IceState::connected);
  wait(milliseconds(1));
  EXPECT_EQ(lite.state(), IceState::disconnected);
  check(kHome, false);
  EXPECT_EQ(lite.state(), IceState::connected);
  wait(seconds(10));
  EXPECT_EQ(lite.wake_at(), now + seconds(5));
  wait(seconds(5));
  EXPECT_EQ(lite.state(), IceState::failed);
  EXPECT_EQ(check(kHome, true), 0u);
}

TEST_F(IceLiteTest, FailsWhenNobodyComes) {
  wait(IceLite::kFirstCheckWithin);
  EXPECT_EQ(lite.state(), IceState::failed);
}

TEST_F(IceLiteTest, RestartKeepsThePairUntilTheNewCredentialsAreUsed) {
  lite.set_remote({"peer", Secret{"x"}});
  check(kHome, true);
  const IceCredentials old = lite.local();
  lite.restart(rng, now);
  EXPECT_NE(lite.local().ufrag, old.ufrag);
  lite.set_remote({"again", Secret{"y"}});
  EXPECT_NE(check(kHome, true, old.pwd.reveal(), old.ufrag + ":peer"), 0u) << "the offer is still on its way";
  EXPECT_EQ(lite.selected(), kHome);
  EXPECT_NE(check(kMobile, true, lite.local().pwd.reveal(), lite.local().ufrag + ":again"), 0u);
  EXPECT_EQ(lite.selected(), kMobile);
  EXPECT_EQ(check(kHome, true, old.pwd.reveal(), old.ufrag + ":peer"), 0u);
}

TEST_F(IceLiteTest, ARestartRevivesWhatHasFailed) {
  check(kHome, true);
  wait(IceLite::kFailedAfter);
  wait(IceLite::kFailedAfter);
  ASSERT_EQ(lite.state(), IceState::failed);
  lite.restart(rng, now);
  EXPECT_EQ(lite.state(), IceState::checking);
  EXPECT_NE(check(kMobile, true), 0u);
  EXPECT_EQ(lite.state(), IceState::connected);
  EXPECT_EQ(lite.selected(), kMobile);
}

TEST_F(IceLiteTest, ARestartJustBeforeTheFailureGivesTimeForIt) {
  check(kHome, true);
  wait(IceLite::kDisconnectedAfter);
  wait(milliseconds(4900));
  lite.restart(rng, now);
  wait(seconds(5));
  EXPECT_EQ(lite.state(), IceState::disconnected);
  EXPECT_NE(check(kMobile, true), 0u);
}

// A NAT binding that changed without anybody's knowledge.
TEST_F(IceLiteTest, FollowsAPeerWhoseChecksComeFromElsewhereNowEvenWithoutNomination) {
  check(kHome, true);
  wait(seconds(2));
  check(kMobile, false);
  EXPECT_EQ(lite.selected(), kHome) << "that may be another candidate";
  wait(IceLite::kMovedAfter - seconds(2));
  check(kMobile, false);
  EXPECT_EQ(lite.selected(), kMobile);
}

TEST_F(IceLiteTest, KeepsNoMoreAddressesThanItsLimitAndNeverLosesTheSelected) {
  check(kHome, true);
  for (std::uint16_t i = 0; i < 50; ++i) {
    now += seconds(1);
    if (i % 4 == 0) check(kHome, false);
    check(Address::v4(10, 0, 0, 8, 1000 + i), false);
  }
  EXPECT_TRUE(lite.knows(kHome));
  std::size_t known = 0;
  for (std::uint16_t i = 0; i < 50; ++i) known += lite.knows(Address::v4(10, 0, 0, 8, 1000 + i));
  EXPECT_EQ(known, IceLite::kMaxRemoteAddresses - 1);
}

TEST_F(IceLiteTest, RefusesAnotherControlledAgent) {
  Buffer request(stun::kMaxMessage);
  const std::size_t size = stun::write_request(
      request, {.username = lite.local().ufrag + ":peer", .controlling = false}, lite.local().pwd.reveal());
  const std::size_t answered = lite.on_stun(now, kHome, Bytes{request}.first(size), answer);
  const auto message = stun::parse(Bytes{answer}.first(answered));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->error_code, 487);
  EXPECT_FALSE(lite.knows(kHome));
}

TEST_F(IceLiteTest, OurClientRetransmitsConnectsAndKeepsConsent) {
  IceClient client{rng};
  client.connect(now, lite.local(), kServer);
  Buffer request(stun::kMaxMessage);
  EXPECT_NE(client.on_time(now, request), 0u);  // lost
  EXPECT_EQ(client.wake_at(), now + IceClient::kFirstRetransmit);
  const Instant began = now;
  while (now < began + seconds(60)) {
    now = client.wake_at();
    const std::size_t size = client.on_time(now, request);
    ASSERT_NE(size, 0u);
    const std::size_t answered = lite.on_stun(now, kHome, Bytes{request}.first(size), answer);
    ASSERT_TRUE(client.on_stun(now, kServer, Bytes{answer}.first(answered)));
    EXPECT_FALSE(client.on_stun(now, kServer, Bytes{answer}.first(answered))) << "an answer counts once";
    EXPECT_EQ(client.state(), IceState::connected);
    EXPECT_EQ(client.wake_at(), now + IceClient::kKeepAlive);
  }
  EXPECT_EQ(lite.selected(), kHome);
  now += seconds(15);
  client.on_time(now, request);
  EXPECT_EQ(client.state(), IceState::failed);
}

}  // namespace
}  // namespace costage::sfu
