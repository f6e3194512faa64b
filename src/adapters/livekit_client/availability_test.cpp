#include "adapters/livekit_client/availability.hpp"

#include <gtest/gtest.h>

namespace costage::livekit_client {
namespace {

TEST(Availability, OneRoundThatFailsIsNotYetAnOutage) {
  Availability server;
  EXPECT_FALSE(server.on_round(false));
  EXPECT_TRUE(server.available());
  EXPECT_FALSE(server.on_round(true));
  EXPECT_FALSE(server.on_round(false));
  EXPECT_TRUE(server.on_round(false));
  EXPECT_FALSE(server.available());
  EXPECT_FALSE(server.on_round(false)) << "it is known";
  EXPECT_TRUE(server.on_round(true));
  EXPECT_TRUE(server.available());
}

}  // namespace
}  // namespace costage::livekit_client
