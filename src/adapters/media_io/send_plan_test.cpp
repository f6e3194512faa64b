#include "adapters/media_io/send_plan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace costage::media_io {
namespace {

void add(sfu::PacketBatch& batch, std::uint16_t port, std::size_t size) {
  ASSERT_FALSE(batch.reserve().empty());
  batch.commit(Address::v4(127, 0, 0, 1, port), size);
}

TEST(SendPlan, EqualSizesToOneDestinationAreOneMessage) {
  sfu::PacketBatch batch;
  for (int i = 0; i < 5; ++i)
    for (std::uint16_t viewer = 1; viewer <= 3; ++viewer) add(batch, viewer, i == 4 ? 700 : 1200);
  SendPlan plan;
  plan.build(batch, true);
  ASSERT_EQ(plan.messages().size(), 3U);
  for (const auto& m : plan.messages()) EXPECT_EQ(m.count, 5U) << "the last may be smaller";
}

RC_GTEST_PROP(SendPlan, EveryPacketOnceInOrderAndWithinTheKernelsRules, ()) {
  static sfu::PacketBatch batch;
  static SendPlan plan;  // used again, as in the loop
  batch.clear();
  const auto packets = *rc::gen::container<std::vector<std::pair<std::uint16_t, std::uint16_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint16_t>(1, 6), rc::gen::element<std::uint16_t>(50, 900, 1200, 1200, 1400)));
  for (const auto& [port, size] : packets) add(batch, port, size);
  plan.build(batch, *rc::gen::arbitrary<bool>());

  RC_ASSERT(plan.order().size() == packets.size());
  std::map<std::uint16_t, std::uint32_t> last_of_port;
  std::vector<bool> seen(packets.size());
  for (const auto& m : plan.messages()) {
    RC_ASSERT(m.count >= 1 && m.count <= SendPlan::kMaxSegments);
    const auto order = plan.order().subspan(m.first, m.count);
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto& p = batch.packets()[order[i]];
      RC_ASSERT(!seen[order[i]]);
      seen[order[i]] = true;
      RC_ASSERT(p.to == batch.packets()[order[0]].to);
      const bool last = i + 1 == order.size();
      RC_ASSERT((last ? p.size <= m.segment_size : p.size == m.segment_size));
      RC_ASSERT(!last_of_port.contains(p.to.port) || last_of_port[p.to.port] < order[i]);
      last_of_port[p.to.port] = order[i];
      bytes += p.size;
    }
    RC_ASSERT(bytes <= SendPlan::kMaxMessageBytes);
  }
}

}  // namespace
}  // namespace costage::media_io
