#include "sfu/publisher.hpp"

#include <gtest/gtest.h>

#include "sfu/testing/sim_show.hpp"

namespace costage::sfu {
namespace {

TEST(Publisher, AnOfferOverALimitIsRefusedUnread) {
  SimShow show(51);
  SimBrowser& host = show.join("host", true);
  const std::string offer = host.make_offer(true);
  const std::string section = offer.substr(offer.rfind("m="));
  const auto send = [&](const std::string& sdp) {
    show.command(media::RemoteDescription{SimShow::peer("host"), media::Transport::publisher, 9, sdp});
  };
  std::string sections = offer;
  for (std::size_t i = 0; i < kOfferLimits.sections; ++i) sections += section;
  send(sections);
  send(offer + "a=x:" + std::string(kOfferLimits.text, 'x'));
  std::string lines = offer;
  for (std::size_t i = 0; i < kOfferLimits.lines; ++i) lines += "a=x\r\n";
  send(lines);
  const auto failed = show.events<media::NegotiationFailed>();
  ASSERT_EQ(failed.size(), 3U);
  for (const auto& one : failed) EXPECT_EQ(one.reason, "the offer is too large");
}

}  // namespace
}  // namespace costage::sfu
