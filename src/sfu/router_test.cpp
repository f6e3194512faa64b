#include "sfu/router.hpp"

#include <gtest/gtest.h>

#include "sfu/wire/stun.hpp"

namespace costage::sfu {
namespace {

struct RouterTest : testing::Test {
  // Only compared, never looked into.
  Peer* const one = reinterpret_cast<Peer*>(&first);
  Peer* const two = reinterpret_cast<Peer*>(&second);
  static Address address(std::uint16_t port) { return Address::v4(10, 0, 0, 1, port); }
  static Buffer check(const std::string& ufrag) {
    Buffer request(stun::kMaxMessage);
    request.resize(stun::write_request(request, {.username = ufrag + ":theirs"}, "password"));
    return request;
  }
  const Buffer media{0x80, 0x60, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
  char first{}, second{};
  Router router;
};

TEST_F(RouterTest, FindsByAddressAndChecksByUfrag) {
  router.add_ufrag("a", {one, media::Transport::publisher});
  EXPECT_FALSE(router.find(address(1), media));
  EXPECT_EQ(router.find(address(1), check("a")), (Endpoint{one, media::Transport::publisher}));
  router.prove_address(address(1), {one, media::Transport::publisher});
  EXPECT_EQ(router.find(address(1), media), (Endpoint{one, media::Transport::publisher}));
  router.prove_address(address(1), {two, media::Transport::subscriber});
  EXPECT_EQ(router.find(address(1), media), (Endpoint{two, media::Transport::subscriber})) << "used by another now";
  router.forget(one);
  EXPECT_TRUE(router.find(address(1), media)) << "not of the one who left";
  EXPECT_FALSE(router.find(address(1), check("a")));
  router.forget(two);
  EXPECT_EQ(router.addresses(), 0U);
}

TEST_F(RouterTest, FindsTheAnswerToACheckOfOursByItsTransactionAlone) {
  Buffer answer(stun::kMaxMessage);
  answer.resize(stun::write_success(answer, {1, 2, 3, 4, 5, 6, 7}, address(9), "password"));
  router.prove_address(address(1), {two, media::Transport::publisher});
  EXPECT_FALSE(router.find(address(1), answer));
  router.set_check_tag({1, 2, 3, 4, 5, 6}, {one, media::Transport::publisher});
  EXPECT_EQ(router.find(address(1), answer), (Endpoint{one, media::Transport::publisher}));
  router.forget(one);
  EXPECT_FALSE(router.find(address(1), answer));
}

TEST_F(RouterTest, AClaimTakesNoAddressFromWhoHasProvenIt) {
  const Endpoint victim{one, media::Transport::publisher}, thief{two, media::Transport::publisher};
  router.claim_address(address(1), thief);
  EXPECT_EQ(router.find(address(1), media), thief) << "nobody has proven it";
  router.prove_address(address(1), victim);
  EXPECT_EQ(router.find(address(1), media), victim);
  router.claim_address(address(1), thief);
  EXPECT_EQ(router.find(address(1), media), victim);
  router.prove_address(address(1), thief);
  EXPECT_EQ(router.find(address(1), media), thief) << "its own now";
  router.forget(one);
  router.forget(two);
  EXPECT_EQ(router.addresses(), 0U);
}

TEST_F(RouterTest, TheSamePortOfTcpIsSomebodyElse) {
  router.prove_address(address(1), {one, media::Transport::publisher});
  EXPECT_FALSE(router.find(address(1).over(IpProtocol::tcp), media));
  router.prove_address(address(1).over(IpProtocol::tcp), {two, media::Transport::publisher});
  EXPECT_EQ(router.find(address(1), media)->peer, one);
  EXPECT_EQ(router.find(address(1).over(IpProtocol::tcp), media)->peer, two);
  const std::hash<Address> hash;
  EXPECT_NE(hash(address(1)), hash(address(1).over(IpProtocol::tcp)));
}

TEST_F(RouterTest, AnAddressIsForgottenAlone) {
  EXPECT_FALSE(router.forget(address(1)));
  router.prove_address(address(1), {one, media::Transport::publisher});
  router.prove_address(address(2), {one, media::Transport::publisher});
  EXPECT_EQ(router.forget(address(1)), (Endpoint{one, media::Transport::publisher}));
  EXPECT_FALSE(router.find(address(1), media));
  EXPECT_TRUE(router.find(address(2), media));
  router.forget(one);
  EXPECT_EQ(router.addresses(), 0U);
}

// What a peer leaves behind by moving and restarting has a limit.
TEST_F(RouterTest, NoPeerTakesMoreThanItsShare) {
  for (std::uint16_t i = 0; i < 1000; ++i) {
    router.prove_address(address(1), {one, media::Transport::publisher});
    router.prove_address(address(1000 + i), {one, media::Transport::publisher});
    router.claim_address(address(3000 + i), {one, media::Transport::publisher});
    router.add_ufrag("u" + std::to_string(i), {one, media::Transport::publisher});
  }
  EXPECT_EQ(router.addresses(), 2 * Router::kMaxAddresses) << "proven ones and claimed ones";
  EXPECT_EQ(router.ufrags(), Router::kMaxUfrags);
  EXPECT_TRUE(router.find(address(1), media)) << "still checked";
  EXPECT_TRUE(router.find(address(5), check("u998"))) << "late";
  EXPECT_FALSE(router.find(address(5), check("u997")));
}

}  // namespace
}  // namespace costage::sfu
