#include "signal/audience.hpp"

#include <gtest/gtest.h>

namespace costage::signal {
namespace {

TEST(Audience, IsByNameAndTrack) {
  livekit::SubscriptionPermission permission;
  auto& by_sid = *permission.add_track_permissions();
  by_sid.set_participant_sid("PA_1");
  by_sid.add_track_sids("TR_a");
  auto& by_identity = *permission.add_track_permissions();
  by_identity.set_participant_identity("bob");
  by_identity.set_all_tracks(true);
  auto& more = *permission.add_track_permissions();
  more.set_participant_sid("PA_1");
  more.add_track_sids("TR_b");
  const Audience audience(permission);
  EXPECT_TRUE(audience.may_get("PA_1", "ann", "TR_a"));
  EXPECT_TRUE(audience.may_get("PA_1", "ann", "TR_b")) << "entries for the same name add up";
  EXPECT_FALSE(audience.may_get("PA_1", "ann", "TR_c"));
  EXPECT_TRUE(audience.may_get("PA_2", "bob", "TR_c"));
  EXPECT_FALSE(audience.may_get("PA_2", "", "TR_c")) << "an empty name names nobody";
  permission.set_all_participants(true);
  EXPECT_TRUE(Audience(permission).may_get("PA_3", "eve", "TR_c"));
}

}  // namespace
}  // namespace costage::signal
