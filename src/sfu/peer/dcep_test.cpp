#include "sfu/peer/dcep.hpp"

#include <gtest/gtest.h>

namespace costage::sfu {
namespace {

// What Chromium sends for createDataChannel("_lossy", {ordered: false, maxRetransmits: 0}).
const Buffer kLossy = {0x03, 0x81, 0x01, 0x00, 0, 0, 0, 0, 0, 6, 0, 0, '_', 'l', 'o', 's', 's', 'y'};

TEST(Dcep, ReadsAnOpen) {
  const auto open = parse_dcep_open(kLossy);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->label, "_lossy");
  EXPECT_EQ(open->protocol, "");
  EXPECT_FALSE(open->delivery.ordered);
  EXPECT_EQ(open->delivery.max_retransmits, 0u);
  EXPECT_EQ(write(*open), kLossy);
}

TEST(Dcep, WritesWhatItReads) {
  for (const Delivery& delivery : {Delivery{}, Delivery{.ordered = false}, Delivery{.max_lifetime_ms = 300}}) {
    const DcepOpen open{delivery, "label", "protocol"};
    EXPECT_EQ(parse_dcep_open(write(open)), open);
  }
}

TEST(Dcep, RefusesTruncatedAndUnknown) {
  for (std::size_t n = 0; n < kLossy.size(); ++n) EXPECT_FALSE(parse_dcep_open(Bytes{kLossy}.first(n)));
  Buffer unknown_type = kLossy;
  unknown_type[1] = 0x05;
  EXPECT_FALSE(parse_dcep_open(unknown_type));
  EXPECT_FALSE(parse_dcep_open(write({{}, std::string(256, 'x'), ""})));
  EXPECT_TRUE(is_dcep_ack(write_dcep_ack()));
  EXPECT_FALSE(is_dcep_ack(kLossy));
}

}  // namespace
}  // namespace costage::sfu
