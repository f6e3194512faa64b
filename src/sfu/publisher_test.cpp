#include "sfu/publisher.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

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

TEST(Publisher, TellsWhichStreamIsWhichLayerAsSoonAsItIsKnown) {
  using media::Layer;
  SimShow show(52);
  show.join("host", true);
  show.run(std::chrono::seconds(2));
  const auto& layers = show.published.at(SimShow::camera_of("host")).layers;
  ASSERT_EQ(layers.size(), 3U);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    EXPECT_EQ(layers[i].layer, static_cast<Layer>(i));
    EXPECT_EQ(layers[i].rid, std::string(1, "qhf"[i]));
    EXPECT_EQ(layers[i].ssrc, 0U) << "the offer names none";
  }
  std::map<Layer, std::set<std::uint32_t>> learned;
  for (const auto& e : show.events<media::SourceLearned>())
    if (e.track == SimShow::camera_of("host") && !e.rtx) learned[e.layer].insert(e.ssrc);
  ASSERT_EQ(learned.size(), 3U);
  for (const auto& [layer, ssrcs] : learned) EXPECT_EQ(ssrcs.size(), 1U) << "told once";
}

}  // namespace
}  // namespace costage::sfu
