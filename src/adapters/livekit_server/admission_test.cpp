#include "adapters/livekit_server/admission.hpp"

#include <gtest/gtest.h>

namespace costage::livekit_server {
namespace {

using livekit_api::join_claims;
using namespace std::chrono_literals;

constexpr WallTime kNow{1'700'000'000'123ms};

struct Gate final : app::TokenGate {
  [[nodiscard]] std::optional<std::string> region_of(const domain::RoomId&) const override { return ""; }
  void may_publish(const domain::RoomId&, const app::Identity&, const domain::LeaseId& lease,
                   std::function<void(bool)> answer) const override {
    answers.emplace_back([answer = std::move(answer), may = lease.value() == alive] { answer(may); });
    if (!late) answers.back()();
  }
  std::string alive;
  bool late = false;
  mutable std::vector<std::function<void()>> answers;
};

struct AdmissionTest : testing::Test {
  std::string token(boost::json::object claims) { return *auth::sign(std::move(claims), "key", keys.at("key")); }
  std::string token_of(const std::string& identity, const std::string& lease, WallTime at) {
    signal::Grants grants{.identity = identity, .lease_id = lease, .permission = signal::default_permission()};
    return token(join_claims("show", grants, at, 600s));
  }
  unsigned status(const std::string& token) {
    unsigned status = 0;
    admission.admit(token, kNow, [&](const Result<AccessToken, Refused>& admitted) {
      status = admitted ? 200 : admitted.error().status;
    });
    return status;
  }
  auth::Keys keys{{"key", Secret{"secret"}}};
  Admission admission{keys};
};

TEST_F(AdmissionTest, RefusalsAreClassifiedAsClientsExpect) {
  EXPECT_EQ(status(token_of("ann", "", kNow)), 200U);
  EXPECT_EQ(status(""), 401U);
  EXPECT_EQ(status("rubbish"), 401U);
  EXPECT_EQ(status(*auth::sign(join_claims("show", {.identity = "a"}, kNow, 600s), "key", Secret{"other"})), 401U);
  EXPECT_EQ(status(token({{"sub", "ann"}, {"exp", 1'700'000'600}})), 401U);
  EXPECT_EQ(status(token({{"sub", "ann"}, {"exp", 1'700'000'600}, {"video", {{"roomJoin", true}}}})), 400U);
  EXPECT_EQ(status(token_of("", "", kNow)), 400U);
  EXPECT_EQ(status(token_of(std::string(300, 'x'), "", kNow)), 400U);
}

// S-066: the token of a removed participant is refused, one made right afterwards is not.
TEST_F(AdmissionTest, RevokedTokensAreRefusedAndLaterOnesAreNot) {
  const std::string old = token_of("ann", "", kNow - 1ms);
  const std::string fresh = token_of("ann", "", kNow + 1ms);
  admission.revocations().revoke("show", "ann", kNow);
  EXPECT_EQ(status(old), 401U);
  EXPECT_EQ(status(fresh), 200U);
  EXPECT_EQ(status(token_of("bob", "", kNow - 1ms)), 200U);
  admission.revocations().revoke("show", "", kNow);
  EXPECT_EQ(status(token_of("bob", "", kNow - 1ms)), 401U);
}

TEST_F(AdmissionTest, DeadLeasesNeverGetIn) {
  Gate gate;
  gate.alive = "lease2";
  admission.set_gate(&gate);
  EXPECT_EQ(status(token_of("ann", "lease1", kNow)), 401U);
  EXPECT_EQ(status(token_of("ann", "lease2", kNow)), 200U);
  EXPECT_EQ(status(token_of("ann", "", kNow)), 401U) << "nobody publishes without a lease";
  gate.late = true;
  std::optional<bool> admitted;
  admission.admit(token_of("ann", "lease2", kNow), kNow, [&](const auto& access) { admitted = access.has_value(); });
  EXPECT_FALSE(admitted) << "the gate asks somewhere else";
  gate.answers.back()();
  EXPECT_EQ(admitted, true);
  signal::Grants viewer{.identity = "viewer", .permission = signal::default_permission()};
  viewer.permission.set_can_publish(false);
  EXPECT_EQ(status(token(join_claims("show", viewer, kNow, 600s))), 200U);
}

TEST(Revocations, ForgetWhatNoTokenCanStillUse) {
  Revocations revocations;
  revocations.revoke("show", "ann", kNow);
  revocations.revoke("show", "ann", kNow + 1s);
  revocations.revoke("show", "ann", kNow - 1s);  // does not shorten the later one
  EXPECT_TRUE(revocations.is_revoked("show", "ann", kNow + 1s));
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow + 2s));
  EXPECT_FALSE(revocations.is_revoked("other", "ann", kNow));
  revocations.expire(kNow + Revocations::kKeep + 500ms);
  EXPECT_TRUE(revocations.is_revoked("show", "ann", kNow));
  revocations.expire(kNow + Revocations::kKeep + 2s);
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow));
}

// D13: who is banned watches over no connection any more, and nobody else is meant.
TEST(Revocations, OfAllConnectionsOfAViewer) {
  Revocations revocations;
  revocations.revoke("show", app::viewers_of(domain::UserId{"ann"}).value(), kNow);
  EXPECT_TRUE(revocations.is_revoked("show", "ann#abcdefghijkl", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "ann#abcdefghijkl", kNow + 1s));
  EXPECT_FALSE(revocations.is_revoked("show", "ann", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "anne#abcdefghijkl", kNow));
  EXPECT_FALSE(revocations.is_revoked("show", "ann#b", kNow)) << "a user of that name";
  EXPECT_FALSE(revocations.is_revoked("show", "abcdefghijkl", kNow));
}

}  // namespace
}  // namespace costage::livekit_server
