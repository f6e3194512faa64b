#include "sfu/peer/ice_controlled.hpp"

#include <gtest/gtest.h>

#include "sfu/peer/ice_client.hpp"

namespace costage::sfu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Address kServer = Address::v4(127, 0, 0, 1, 7882);
const Address kHome = Address::v4(10, 0, 0, 7, 40000);
const Address kMobile = Address::v4(10, 9, 9, 9, 50000);
const Address kVictim = Address::v4(192, 0, 2, 1, 53);

class IceControlledTest : public testing::Test {
 protected:
  IceControlledTest() { ice.set_remote(peer); }

  // A check as a browser would send it; gives the size of the answer.
  std::size_t check(const Address& from, bool nominate, std::string_view password, std::string username = "") {
    if (username.empty()) username = ice.local().ufrag + ":" + peer.ufrag;
    Buffer request(stun::kMaxMessage);
    const std::size_t size = stun::write_request(
        request, {.transaction = {1, 2, 3}, .username = username, .use_candidate = nominate}, password);
    return ice.on_stun(now, from, Bytes{request}.first(size), answer).response;
  }
  std::size_t check(const Address& from, bool nominate) { return check(from, nominate, ice.local().pwd.reveal()); }

  struct Sent {
    Address to;
    Buffer bytes;
    [[nodiscard]] stun::Message message() const { return *stun::parse(bytes); }
  };
  // The agent's own checks that are due.
  std::vector<Sent> checks() {
    std::vector<Sent> sent;
    while (ice.check_at() <= now) {
      Buffer out(stun::kMaxMessage);
      const auto [to, size] = ice.write_check(now, out);
      out.resize(size);
      sent.push_back({to, out});
    }
    return sent;
  }
  StunOutcome::Kind reply(const Sent& sent, const Address& from, std::string_view password) {
    Buffer out(stun::kMaxMessage);
    const std::size_t size = stun::write_success(out, sent.message().transaction, kServer, password);
    return ice.on_stun(now, from, Bytes{out}.first(size), answer).kind;
  }
  StunOutcome::Kind reply(const Sent& sent) { return reply(sent, sent.to, peer.pwd.reveal()); }
  // A check that the peer sends, and its answers to ours there.
  void prove(const Address& from, bool nominate) {
    ASSERT_NE(check(from, nominate), 0u);
    answer_checks_of(from);
  }
  void answer_checks_of(const Address& address) {
    for (const Sent& sent : checks())
      if (sent.to == address) reply(sent);
  }
  void wait(Duration d) {
    now += d;
    ice.on_time(now);
  }

  SeededRng rng{1};
  Instant now{seconds(100)};
  IceCredentials peer{"peer", Secret{"the password of the peer"}};
  IceControlled ice{rng, now};
  Buffer answer = Buffer(stun::kMaxMessage);
};

// ---- the peer's checks

TEST_F(IceControlledTest, AnswersAnAuthenticatedCheckWithTheAddressItCameFrom) {
  const std::size_t size = check(kHome, false);
  const auto message = stun::parse(Bytes{answer}.first(size));
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->is(stun::Class::success));
  EXPECT_EQ(message->mapped, kHome);
  EXPECT_TRUE(stun::verify_integrity(*message, ice.local().pwd.reveal()));
  EXPECT_TRUE(ice.knows(kHome));
  EXPECT_FALSE(ice.knows(kMobile));
}

TEST_F(IceControlledTest, IsSilentToWhoCannotProveThePassword) {
  EXPECT_EQ(check(kHome, true, "wrong password of some length"), 0u);
  EXPECT_EQ(check(kHome, true, ice.local().pwd.reveal(), "other:peer"), 0u);
  EXPECT_EQ(check(kHome, true, ice.local().pwd.reveal(), ice.local().ufrag), 0u);
  EXPECT_EQ(check(kHome, true, ice.local().pwd.reveal(), ice.local().ufrag + ":another"), 0u);
  EXPECT_EQ(check(kHome, true, ""), 0u);
  EXPECT_TRUE(checks().empty()) << "no amplification for strangers";
  EXPECT_FALSE(ice.knows(kHome));
  EXPECT_EQ(ice.state(), IceState::checking);
}

TEST_F(IceControlledTest, RefusesAnotherControlledAgentAndStaysControlled) {
  Buffer request(stun::kMaxMessage);
  const std::size_t size = stun::write_request(request, {.username = ice.local().ufrag + ":peer", .controlling = false},
                                               ice.local().pwd.reveal());
  const StunOutcome outcome = ice.on_stun(now, kHome, Bytes{request}.first(size), answer);
  EXPECT_EQ(outcome.kind, StunOutcome::Kind::dropped);
  const auto message = stun::parse(Bytes{answer}.first(outcome.response));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->error_code, 487);
  EXPECT_FALSE(ice.knows(kHome));
  EXPECT_TRUE(checks().empty());
}

// ---- our checks

TEST_F(IceControlledTest, ChecksAtOnceWhereAnAuthenticatedCheckCameFrom) {
  check(kHome, false);
  EXPECT_EQ(ice.wake_at(), now);
  const auto sent = checks();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].to, kHome);
  const stun::Message message = sent[0].message();
  EXPECT_TRUE(message.is(stun::Class::request));
  EXPECT_EQ(message.username, "peer:" + ice.local().ufrag);
  EXPECT_EQ(message.priority, kCheckPriority);
  EXPECT_TRUE(message.ice_controlled);
  EXPECT_FALSE(message.ice_controlling);
  EXPECT_FALSE(message.use_candidate) << "the controlling side nominates";
  EXPECT_TRUE(message.has_fingerprint);
  EXPECT_TRUE(stun::verify_integrity(message, peer.pwd.reveal()));
}

TEST_F(IceControlledTest, ChecksAsSoonAsTheRemotePasswordIsKnown) {
  IceControlled early{rng, now};
  Buffer request(stun::kMaxMessage);
  const std::size_t size =
      stun::write_request(request, {.username = early.local().ufrag + ":peer"}, early.local().pwd.reveal());
  EXPECT_NE(early.on_stun(now, kHome, Bytes{request}.first(size), answer).response, 0u);
  EXPECT_EQ(early.check_at(), kNever);
  early.set_remote(peer);
  ASSERT_LE(early.check_at(), now);
  EXPECT_EQ(early.write_check(now, request).to, kHome);
}

TEST_F(IceControlledTest, AnUnansweredCheckIsRepeatedSevenTimesMoreAndMoreSeldom) {
  check(kVictim, true);
  const stun::TransactionId first = checks().at(0).message().transaction;
  const Instant began = now;
  std::vector<Duration> times;
  while (ice.check_at() != kNever) {
    EXPECT_EQ(ice.wake_at(), ice.check_at());
    now = ice.check_at();
    check(kVictim, true);  // spoofed again and again: one transaction per address
    for (const Sent& sent : checks()) {
      EXPECT_EQ(sent.message().transaction, first);
      EXPECT_LT(sent.bytes.size(), 120u);
      times.push_back(now - began);
    }
    if (times.size() >= IceControlled::kMaxSends) break;
  }
  EXPECT_EQ(times, (std::vector<Duration>{milliseconds(100), milliseconds(300), milliseconds(700), milliseconds(1500),
                                          milliseconds(3100), milliseconds(6300)}));
  EXPECT_FALSE(ice.selected());
}

TEST_F(IceControlledTest, TheAnswerToTheLastRepetitionStillCounts) {
  check(kHome, true);
  Sent last = checks().at(0);
  while (ice.check_at() != kNever) {
    now = ice.check_at();
    last = checks().at(0);
  }
  now += seconds(1);
  EXPECT_EQ(reply(last), StunOutcome::Kind::answer);
  EXPECT_EQ(ice.selected(), kHome);
}

TEST_F(IceControlledTest, ACheckAfterAllWereLostBeginsAnew) {
  check(kHome, true);
  const stun::TransactionId first = checks().at(0).message().transaction;
  while (ice.check_at() != kNever) {
    now = ice.check_at();
    checks();
  }
  check(kHome, true);
  const auto again = checks();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_NE(again[0].message().transaction, first);
  EXPECT_EQ(ice.check_at(), now + IceControlled::kFirstRetransmit);
}

TEST_F(IceControlledTest, OnlyTheAnswerOfThePeerFromThatAddressIsAProof) {
  check(kHome, true);
  const Sent sent = checks().at(0);
  EXPECT_EQ(reply(sent, kHome, "not the password of the peer"), StunOutcome::Kind::dropped);
  EXPECT_EQ(reply(sent, kMobile, peer.pwd.reveal()), StunOutcome::Kind::dropped);
  check(kMobile, false);
  EXPECT_EQ(reply(sent, kMobile, peer.pwd.reveal()), StunOutcome::Kind::dropped) << "another's transaction";
  EXPECT_FALSE(ice.selected());
  EXPECT_EQ(ice.state(), IceState::checking);
  EXPECT_EQ(reply(sent), StunOutcome::Kind::answer);
  EXPECT_EQ(ice.selected(), kHome);
  EXPECT_EQ(ice.state(), IceState::connected);
  EXPECT_EQ(reply(sent), StunOutcome::Kind::dropped) << "an answer counts once";
}

TEST_F(IceControlledTest, AProvenAddressIsNotCheckedAgain) {
  prove(kHome, true);
  check(kHome, true);
  EXPECT_EQ(ice.check_at(), now + IceControlled::kConsentEvery) << "but asked for consent";
}

TEST_F(IceControlledTest, UntilAPeerNominatesACheckOfOursFollowsTheAnswerToEachOfIts) {
  check(kHome, false);
  const auto first = checks();
  check(kHome, false);  // of another pair that looks the same from here
  const auto second = checks();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].message().transaction, first[0].message().transaction) << "not answered yet";
  reply(second[0]);
  check(kHome, false);
  EXPECT_EQ(checks().size(), 1u) << "also where it is proven";
  check(kHome, true);
  EXPECT_EQ(checks().size(), 0u);
}

TEST_F(IceControlledTest, TheSelectedAddressIsAskedForConsentAgainAndAgain) {
  prove(kHome, true);
  int asked = 0;
  for (const Instant end = now + seconds(40); now < end; wait(milliseconds(100)))
    for (const Sent& sent : checks()) {
      EXPECT_EQ(sent.to, kHome);
      EXPECT_EQ(reply(sent, kMobile, peer.pwd.reveal()), StunOutcome::Kind::dropped);
      EXPECT_EQ(reply(sent), StunOutcome::Kind::answer);
      EXPECT_EQ(reply(sent), StunOutcome::Kind::dropped) << "an answer counts once";
      ++asked;
    }
  EXPECT_NEAR(asked, 20, 3);
  EXPECT_EQ(ice.state(), IceState::connected) << "without one check of its own";
  EXPECT_FALSE(ice.silent());
}

TEST_F(IceControlledTest, IsSilentAfterFiveSecondsAndTwoRequestsUntilItSpeaks) {
  prove(kHome, true);
  std::size_t asked = 0;
  for (const Instant end = now + IceControlled::kSilentAfter - milliseconds(100); now < end; wait(milliseconds(100)))
    asked += checks().size();
  EXPECT_GE(asked, 2u);
  EXPECT_FALSE(ice.silent());
  EXPECT_EQ(ice.wake_at(), std::min(now + milliseconds(100), ice.check_at()));
  wait(milliseconds(100));
  EXPECT_TRUE(ice.silent());
  EXPECT_EQ(ice.state(), IceState::connected) << "for longer";
  check(kHome, false);
  EXPECT_FALSE(ice.silent());
}

// A peer in the same role has a larger tie breaker than ours, whatever it has, so none has a reason for this.
TEST_F(IceControlledTest, AnErrorInAnswerChangesNothing) {
  check(kHome, true);
  const Sent sent = checks().at(0);
  EXPECT_EQ(sent.message().ice_controlled, 0u);
  Buffer error(stun::kMaxMessage);
  const std::size_t size =
      stun::write_error(error, sent.message().transaction, 487, "Role Conflict", peer.pwd.reveal());
  EXPECT_EQ(ice.on_stun(now, kHome, Bytes{error}.first(size), answer).kind, StunOutcome::Kind::dropped);
  now = ice.check_at();
  const auto again = checks();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0].message().ice_controlled) << "we never become the controlling side";
}

// ---- the selected address

TEST_F(IceControlledTest, UsesThePairThatWasNominatedLast) {
  prove(kHome, false);
  EXPECT_EQ(ice.selected(), kHome);
  prove(kMobile, false);
  EXPECT_EQ(ice.selected(), kHome) << "the first that was proven";
  check(kMobile, true);
  EXPECT_EQ(ice.selected(), kMobile);
  check(kHome, true);
  EXPECT_EQ(ice.selected(), kHome);
}

TEST_F(IceControlledTest, ANominationTakesEffectOnceItsAddressIsProven) {
  prove(kHome, true);
  check(kMobile, true);
  EXPECT_EQ(ice.selected(), kHome);
  reply(checks().at(0));
  EXPECT_EQ(ice.selected(), kMobile);
}

TEST_F(IceControlledTest, ALaterNominationTakesThePlaceOfOneThatWaits) {
  prove(kHome, true);
  check(kMobile, true);
  const Sent late = checks().at(0);
  check(kHome, true);
  reply(late);
  EXPECT_EQ(ice.selected(), kHome);
}

// RFC 8445 section 19.5.1: the peer, itself in good order, nominates somebody else's address by a spoofed source.
TEST_F(IceControlledTest, ASpoofedNominationDoesNotMoveTheDestination) {
  prove(kHome, true);
  for (int i = 0; i < 100; ++i) {
    check(kVictim, true);
    checks();  // they go to the victim, who does not answer
    if (i % 10 == 0) check(kHome, false);
    wait(milliseconds(200));
    EXPECT_EQ(ice.selected(), kHome);
  }
}

TEST_F(IceControlledTest, AnAddressThatIsOnlySpoofedKeepsNothingAlive) {
  prove(kHome, true);
  for (int i = 0; i < 15; ++i) {
    check(kVictim, true);
    checks();
    wait(seconds(1));
  }
  EXPECT_EQ(ice.state(), IceState::failed);
  EXPECT_FALSE(ice.selected());
}

// A NAT binding that changed without anybody's knowledge.
TEST_F(IceControlledTest, FollowsAPeerWhoseChecksComeFromElsewhereNowEvenWithoutNomination) {
  prove(kHome, true);
  wait(seconds(2));
  prove(kMobile, false);
  EXPECT_EQ(ice.selected(), kHome) << "that may be another candidate";
  wait(IceControlled::kMovedAfter - seconds(2));
  check(kMobile, false);
  EXPECT_EQ(ice.selected(), kMobile);
}

TEST_F(IceControlledTest, FollowsAPeerToAnAddressOnlyOnceItIsProven) {
  prove(kHome, true);
  wait(IceControlled::kMovedAfter);
  check(kMobile, false);
  EXPECT_EQ(ice.selected(), kHome);
  answer_checks_of(kMobile);
  EXPECT_EQ(ice.selected(), kMobile);
}

TEST_F(IceControlledTest, KeepsNoMoreAddressesThanItsLimitAndNeverLosesTheSelected) {
  prove(kHome, true);
  for (std::uint16_t i = 0; i < 50; ++i) {
    now += seconds(1);
    if (i % 4 == 0) check(kHome, false);
    check(Address::v4(10, 0, 0, 8, 1000 + i), false);
  }
  EXPECT_TRUE(ice.knows(kHome));
  EXPECT_EQ(ice.selected(), kHome);
  std::size_t known = 0;
  for (std::uint16_t i = 0; i < 50; ++i) known += ice.knows(Address::v4(10, 0, 0, 8, 1000 + i));
  EXPECT_EQ(known, IceControlled::kMaxRemoteAddresses - 1);
  EXPECT_LE(checks().size(), known + 1) << "and the selected one is asked for consent";
}

// ---- silence

TEST_F(IceControlledTest, DisconnectsAfterTenSecondsAndFailsAfterFiveMore) {
  prove(kHome, true);
  EXPECT_LE(ice.wake_at(), now + seconds(10));
  wait(milliseconds(9999));
  EXPECT_EQ(ice.state(), IceState::connected);
  wait(milliseconds(1));
  EXPECT_EQ(ice.state(), IceState::disconnected);
  check(kHome, false);
  EXPECT_EQ(ice.state(), IceState::connected);
  wait(seconds(10));
  EXPECT_LE(ice.wake_at(), now + seconds(5));
  wait(seconds(5));
  EXPECT_EQ(ice.state(), IceState::failed);
  EXPECT_EQ(check(kHome, true), 0u);
}

TEST_F(IceControlledTest, FailsWhenNobodyComes) {
  wait(IceControlled::kFirstProofWithin);
  EXPECT_EQ(ice.state(), IceState::failed);
}

TEST_F(IceControlledTest, FailsWhenNoAddressIsProven) {
  for (int i = 0; i < 30; ++i) {
    check(kHome, true);
    checks();
    wait(seconds(1));
  }
  EXPECT_EQ(ice.state(), IceState::failed);
  EXPECT_EQ(ice.wake_at(), kNever);
}

// RFC 7675 section 5.1: consent ends 30 s after its last sign. Ours ends after 15 s without a restart, and not even
// restarts, which give time anew, keep it longer than 30.
TEST_F(IceControlledTest, NothingIsSentToAPeerSilentForThirtySeconds) {
  prove(kHome, true);
  const Instant last_sign = now;
  while (ice.selected()) {
    ASSERT_LE(ice.wake_at(), last_sign + IceControlled::kConsentFor);
    wait(std::min<Duration>(ice.wake_at() - now, milliseconds(4000)));
    if (ice.selected() && now - last_sign < seconds(29)) ice.restart(now);
  }
  EXPECT_EQ(now, last_sign + seconds(30));
  EXPECT_FALSE(ice.knows(kHome));

  ice.restart(now);
  ice.set_remote(peer);
  prove(kMobile, true);
  const Instant again = now;
  while (ice.selected()) wait(milliseconds(500));
  EXPECT_EQ(now, again + IceControlled::kFailedAfter) << "without restarts";
}

// ---- restarts

TEST_F(IceControlledTest, RestartKeepsThePairUntilTheNewCredentialsAreUsed) {
  prove(kHome, true);
  const IceCredentials old = ice.local();
  ice.restart(now);
  EXPECT_NE(ice.local().ufrag, old.ufrag);
  EXPECT_NE(check(kHome, true, old.pwd.reveal(), old.ufrag + ":peer"), 0u) << "the offer is still on its way";
  EXPECT_EQ(ice.selected(), kHome);
  EXPECT_EQ(ice.check_at(), kNever);
  peer = {"again", Secret{"the next password of the peer"}};
  EXPECT_NE(check(kMobile, true), 0u) << "the answer is still on its way";
  EXPECT_EQ(ice.check_at(), kNever);
  ice.set_remote(peer);
  const auto sent = checks();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].message().username, "again:" + ice.local().ufrag);
  EXPECT_EQ(ice.selected(), kHome);
  reply(sent[0]);
  EXPECT_EQ(ice.selected(), kMobile);
  EXPECT_EQ(check(kHome, true, old.pwd.reveal(), old.ufrag + ":peer"), 0u);
}

TEST_F(IceControlledTest, AfterARestartAProvenAddressIsCheckedAgainButUsedMeanwhile) {
  prove(kHome, true);
  ice.restart(now);
  ice.set_remote(peer);
  check(kHome, true);
  EXPECT_EQ(ice.selected(), kHome);
  EXPECT_EQ(checks().size(), 1u) << "the peer nominates when it sees it";
}

TEST_F(IceControlledTest, AnAnswerToACheckBeforeTheRestartIsLate) {
  check(kHome, true);
  const Sent late = checks().at(0);
  ice.restart(now);
  ice.set_remote(peer);
  EXPECT_EQ(reply(late), StunOutcome::Kind::dropped);
}

TEST_F(IceControlledTest, ARestartRevivesWhatHasFailedButProvesAnew) {
  prove(kHome, true);
  wait(IceControlled::kFailedAfter);
  wait(IceControlled::kFailedAfter);
  ASSERT_EQ(ice.state(), IceState::failed);
  ice.restart(now);
  ice.set_remote(peer);
  EXPECT_EQ(ice.state(), IceState::checking);
  EXPECT_NE(check(kHome, true), 0u);
  EXPECT_FALSE(ice.selected()) << "somebody else may have that address by now";
  prove(kMobile, true);
  EXPECT_EQ(ice.state(), IceState::connected);
  EXPECT_EQ(ice.selected(), kMobile);
}

TEST_F(IceControlledTest, ARestartJustBeforeTheFailureGivesTimeForIt) {
  prove(kHome, true);
  wait(IceControlled::kDisconnectedAfter);
  wait(milliseconds(4900));
  ice.restart(now);
  wait(seconds(5));
  EXPECT_EQ(ice.state(), IceState::disconnected);
  EXPECT_NE(check(kMobile, true), 0u);
}

// ---- with our client

TEST_F(IceControlledTest, OurClientRetransmitsConnectsAndKeepsConsent) {
  IceClient client{rng};
  ice.set_remote(client.local());
  client.connect(now, ice.local(), kServer);
  Buffer request(stun::kMaxMessage);
  EXPECT_NE(client.on_time(now, request), 0u);  // lost
  EXPECT_EQ(client.wake_at(), now + IceClient::kFirstRetransmit);
  const Instant began = now;
  while (now < began + seconds(60)) {
    now = client.wake_at();
    const std::size_t size = client.on_time(now, request);
    ASSERT_NE(size, 0u);
    const std::size_t answered = ice.on_stun(now, kHome, Bytes{request}.first(size), answer).response;
    const Bytes response = Bytes{answer}.first(answered);
    ASSERT_EQ(client.on_stun(now, kServer, response, request).kind, StunOutcome::Kind::answer);
    EXPECT_EQ(client.on_stun(now, kServer, response, request).kind, StunOutcome::Kind::dropped)
        << "an answer counts once";
    EXPECT_EQ(client.state(), IceState::connected);
    EXPECT_EQ(client.wake_at(), now + IceClient::kKeepAlive);
    for (const Sent& sent : checks()) {
      const StunOutcome outcome = client.on_stun(now, kServer, sent.bytes, answer);
      EXPECT_EQ(outcome.kind, StunOutcome::Kind::check);
      ice.on_stun(now, kHome, Bytes{answer}.first(outcome.response), request);
    }
    EXPECT_EQ(ice.selected(), kHome);
  }
  now += seconds(15);
  client.on_time(now, request);
  EXPECT_EQ(client.state(), IceState::failed);
}

TEST_F(IceControlledTest, OurClientAnswersNoCheckOfAStranger) {
  IceClient client{rng};
  client.connect(now, ice.local(), kServer);
  Buffer request(stun::kMaxMessage);
  const auto ask = [&](const Address& from, const std::string& username, std::string_view password) {
    const std::size_t size = stun::write_request(request, {.username = username, .controlling = false}, password);
    return client.on_stun(now, from, Bytes{request}.first(size), answer).response;
  };
  const std::string name = client.local().ufrag + ":" + ice.local().ufrag;
  EXPECT_NE(ask(kServer, name, client.local().pwd.reveal()), 0u);
  EXPECT_EQ(ask(kMobile, name, client.local().pwd.reveal()), 0u);
  EXPECT_EQ(ask(kServer, name, ice.local().pwd.reveal()), 0u);
  EXPECT_EQ(ask(kServer, client.local().ufrag + ":other", client.local().pwd.reveal()), 0u);
}

}  // namespace
}  // namespace costage::sfu
