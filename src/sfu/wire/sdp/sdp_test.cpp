// Parser and serializer together, on offers and answers as Chromium writes them.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "sfu/wire/sdp/attributes.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu::sdp {
namespace {

constexpr std::string_view kHead = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

std::string fixture(const std::string& name) {
  std::ifstream in(std::filesystem::path(__FILE__).parent_path() / "testdata" / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::optional<Session> parse_attribute(const std::string& line) {
  return parse(std::string(kHead) + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=" + line + "\r\n");
}

TEST(Sdp, ReadsAPublisherOffer) {
  const auto s = parse(fixture("chromium_publisher_offer.sdp"));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->bundle, (std::vector<std::string>{"0", "1", "2", "3"}));
  EXPECT_TRUE(s->extmap_allow_mixed);
  EXPECT_EQ(s->msid_semantic, "WMS");
  EXPECT_FALSE(s->ice_lite);
  ASSERT_EQ(s->media.size(), 4u);

  const Media& audio = s->media[0];
  EXPECT_EQ(audio.kind, "audio");
  EXPECT_EQ(audio.payload_types, (std::vector<std::uint8_t>{111, 63}));
  ASSERT_TRUE(audio.rtpmap(111));
  EXPECT_EQ(*audio.rtpmap(111), (RtpMap{111, "opus", 48000, 2}));
  EXPECT_EQ(fmtp_parameter(audio.fmtp(111), "useinbandfec"), "1");
  EXPECT_EQ(audio.direction, Direction::sendonly);
  EXPECT_TRUE(audio.extmap("urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
  EXPECT_EQ(audio.transport.ice_ufrag, "v0uN");
  EXPECT_EQ(audio.transport.setup, Setup::actpass);
  ASSERT_EQ(audio.transport.fingerprints.size(), 1u);
  EXPECT_EQ(audio.transport.fingerprints[0].hash, "sha-256");
  ASSERT_EQ(audio.ssrcs.size(), 1u);
  EXPECT_EQ(audio.ssrcs[0].cname, "5bFd/Hv9CaPnf8xP");
}

TEST(Sdp, ReadsSimulcastAndRepairStreams) {
  const auto s = parse(fixture("chromium_publisher_offer.sdp"));
  ASSERT_TRUE(s);
  const Media& layers = s->media[1];
  ASSERT_TRUE(layers.simulcast);
  EXPECT_EQ(layers.simulcast->send, (std::vector<std::string>{"q", "h", "f"}));
  ASSERT_EQ(layers.rids.size(), 3u);
  EXPECT_EQ(layers.rids[2], (Rid{"f", true, ""}));
  EXPECT_TRUE(layers.ssrcs.empty());
  ASSERT_EQ(layers.msids.size(), 1u);
  EXPECT_EQ(layers.msids[0].track, "a3f58376-a2ec-410f-80ce-17e7e1793170");
  EXPECT_TRUE(layers.has_feedback(96, "nack pli"));
  EXPECT_FALSE(layers.has_feedback(97, "nack pli"));
  EXPECT_EQ(fmtp_parameter(layers.fmtp(97), "apt"), "96");

  const Media& single = s->media[2];
  ASSERT_EQ(single.ssrc_groups.size(), 1u);
  EXPECT_EQ(single.ssrc_groups[0], (SsrcGroup{"FID", {1126848394, 2250184646}}));
}

TEST(Sdp, ReadsADataChannelSection) {
  const auto s = parse(fixture("chromium_publisher_offer.sdp"));
  ASSERT_TRUE(s);
  const Media& data = s->media[3];
  EXPECT_EQ(data.kind, "application");
  EXPECT_FALSE(data.is_rtp());
  EXPECT_EQ(data.format, "webrtc-datachannel");
  EXPECT_EQ(data.sctp_port, 5000);
  EXPECT_EQ(data.max_message_size, 262144u);
}

TEST(Sdp, ReadsASubscriberAnswer) {
  const auto s = parse(fixture("chromium_subscriber_answer.sdp"));
  ASSERT_TRUE(s);
  ASSERT_EQ(s->media.size(), 3u);
  EXPECT_EQ(s->media[0].candidates.size(), 2u);
  EXPECT_EQ(s->media[1].direction, Direction::recvonly);
  EXPECT_EQ(s->media[1].transport.setup, Setup::active);
  EXPECT_TRUE(s->media[1].rtcp_mux);
  EXPECT_TRUE(s->media[1].rtcp_rsize);
}

TEST(Sdp, WhatIsWrittenIsReadBackTheSame) {
  for (const char* name :
       {"chromium_publisher_offer.sdp", "chromium_subscriber_answer.sdp", "chromium_offer_with_candidates.sdp"}) {
    const auto s = parse(fixture(name));
    ASSERT_TRUE(s) << name;
    EXPECT_EQ(parse(serialize(*s)), s) << name;
  }
}

TEST(Sdp, EveryUnderstoodLineOfAnOfferIsWrittenAgain) {
  const std::string offer = fixture("chromium_publisher_offer.sdp");
  const auto s = parse(offer);
  ASSERT_TRUE(s);
  const std::string written = serialize(*s);
  for (std::string_view text = offer; !text.empty();) {
    const std::string_view line = text.substr(0, text.find('\n') + 1);
    text.remove_prefix(line.size());
    if (line.starts_with("a=rtcp:") || line.starts_with("a=rtcp-xr") || line.starts_with("a=msid-semantic")) continue;
    EXPECT_NE(written.find(line), std::string::npos) << line;
  }
}

TEST(Sdp, SessionParametersHoldForSectionsWithoutTheirOwn) {
  const auto s = parse(std::string(kHead) +
                       "a=ice-lite\na=ice-ufrag:u\na=ice-pwd:p\na=setup:passive\n"
                       "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=ice-ufrag:own\n");
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->ice_lite);
  const auto transport = transport_of(*s, s->media[0]);
  EXPECT_EQ(transport.ice_ufrag, "own");
  EXPECT_EQ(transport.ice_pwd, "p");
  EXPECT_EQ(transport.setup, Setup::passive);
}

TEST(Sdp, MalformedAttributesAreRefused) {
  for (const char* line : {"rtpmap:96",
                           "rtpmap:200 VP8/90000",
                           "rtpmap:96 VP8/x",
                           "fmtp:x a",
                           "extmap:0 urn:x",
                           "extmap:1",
                           "extmap:1/up urn:x",
                           "setup:maybe",
                           "ssrc:x cname:y",
                           "ssrc-group:FID",
                           "ssrc-group:FID 1 x",
                           "rid:q",
                           "rid:q both",
                           "simulcast:",
                           "simulcast:send",
                           "simulcast:send q;;f",
                           "simulcast:send q send h",
                           "sctp-port:70000",
                           "max-message-size:-1",
                           "fingerprint:sha-256",
                           "msid:"})
    EXPECT_FALSE(parse_attribute(line)) << line;
  EXPECT_TRUE(parse_attribute("something-new:1 2 3"));
  EXPECT_TRUE(parse_attribute("extmap:4096 urn:x"));
}

TEST(Sdp, TextThatIsNoSdpIsRefused) {
  for (const std::string_view text :
       {"", "hello", "v=0", "v=1\r\n", "v=0\r\no=-\r\n", "v=0\r\no=- 1 2 IN IP4 0\r\nx\r\n"})
    EXPECT_FALSE(parse(text)) << text;
  EXPECT_FALSE(parse(std::string(kHead) + "m=audio\r\n"));
  EXPECT_FALSE(parse(std::string(kHead) + "m=audio 9 UDP/TLS/RTP/SAVPF 128\r\n"));
}

TEST(Sdp, LimitsHold) {
  const std::string head(kHead);
  std::string sections = head;
  for (std::size_t i = 0; i < Limits{}.sections; ++i) sections += "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n";
  EXPECT_TRUE(parse(sections));
  EXPECT_FALSE(parse(sections + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"));
  EXPECT_TRUE(parse(head + "i=" + std::string(kMaxLine - 2, 'x')));
  EXPECT_FALSE(parse(head + "i=" + std::string(kMaxLine - 1, 'x')));
  std::string text = head;
  while (text.size() < Limits{}.text) text += "i=xxxxxxxxxxxxxx\r\n";
  EXPECT_FALSE(parse(text));
}

TEST(Sdp, WhatIsCountedBeforeParsing) {
  const Limits limits{.text = 40, .sections = 2, .lines = 4};
  EXPECT_TRUE(fits("", limits));
  EXPECT_TRUE(fits("v=0\nm=a\nm=b\na=m=c", limits));
  EXPECT_FALSE(fits("v=0\nm=a\nm=b\nm=c", limits)) << "sections";
  EXPECT_FALSE(fits("\n\n\n\n\n", limits)) << "lines";
  EXPECT_FALSE(fits(std::string(41, 'x'), limits)) << "text";
  EXPECT_FALSE(parse(fixture("chromium_publisher_offer.sdp"), limits));
}

// Lists that are walked through, and numbers of which there are 128.
TEST(Sdp, RepeatedLinesAreBounded) {
  const auto parses = [](std::string_view line, std::size_t times) {
    std::string text = std::string(kHead) + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
    for (std::size_t i = 0; i < times; ++i) text += fmt::format(fmt::runtime(line), i) + "\r\n";
    return parse(text).has_value();
  };
  for (const auto& [line, limit] :
       {std::pair{"a=rtpmap:96 VP8/90000", kMaxPayloadTypes}, std::pair{"a=fmtp:96 x={}", kMaxPayloadTypes},
        std::pair{"a=ssrc:{} cname:x", kMaxSsrcs}, std::pair{"a=rtcp-fb:96 nack {}", kMaxListed},
        std::pair{"a=extmap:1 urn:{}", kMaxListed}}) {
    EXPECT_TRUE(parses(line, limit)) << line;
    EXPECT_FALSE(parses(line, limit + 1)) << line;
  }
  std::string formats = std::string(kHead) + "m=video 9 UDP/TLS/RTP/SAVPF";
  for (std::size_t i = 0; i < kMaxPayloadTypes; ++i) formats += " 96";
  EXPECT_TRUE(parse(formats));
  EXPECT_FALSE(parse(formats + " 96"));
}

// Whatever a few broken or repeated lines of a real offer mean, it is stable: written and read it stays the same.
RC_GTEST_PROP(SdpProperty, MutatedOffersAreRefusedOrStable, ()) {
  static const std::string kOffer = fixture("chromium_publisher_offer.sdp");
  std::string text = kOffer;
  const int edits = *rc::gen::inRange(1, 4);
  for (int i = 0; i < edits; ++i) {
    const auto from = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto length = *rc::gen::inRange<std::size_t>(0, 40);
    const auto to = *rc::gen::inRange<std::size_t>(0, text.size());
    text.insert(to, text.substr(from, length));
  }
  const auto s = parse(text);
  RC_TAG(s.has_value());
  if (s) RC_ASSERT(parse(serialize(*s)) == s);
}

}  // namespace
}  // namespace costage::sfu::sdp
