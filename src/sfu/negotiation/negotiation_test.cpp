#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sfu/negotiation/client_answer.hpp"
#include "sfu/negotiation/subscriber_offer.hpp"
#include "sfu/wire/sdp/parse.hpp"
#include "sfu/wire/sdp/serialize.hpp"

namespace costage::sfu {
namespace {

sdp::Session captured(const std::string& name) {
  std::ifstream in(std::filesystem::path(__FILE__).parent_path().parent_path() / "wire/sdp/testdata" / name,
                   std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  auto session = sdp::parse(text.str());
  EXPECT_TRUE(session) << name;
  return session.value_or(sdp::Session{});
}

const LocalTransport kLocal{{"ufrag", Secret{"password"}},
                            "sha-256 AA:BB",
                            {Address::v4(127, 0, 0, 1, 7882), Address::v4(10, 0, 0, 1, 7882)},
                            1,
                            1};

sdp::Session answer(const sdp::Session& offer, const ClientOffer& read, AudioPreferences preferences = {}) {
  return write_client_answer(offer, read, kLocal, [&](const OfferedSection&) { return SectionUse{preferences}; });
}

TEST(Candidates, ThoseOfTcpComeLastWithALowerPriority) {
  const Address udp = Address::v4(192, 0, 2, 1, 7882);
  const Address tcp = Address::v4(192, 0, 2, 1, 7881).over(IpProtocol::tcp);
  // RFC 8445 section 5.1.2.1 and RFC 6544 sections 4.2 and 4.5.
  EXPECT_EQ(candidate_lines({udp, tcp}),
            (std::vector<std::string>{"1 1 udp 2130706431 192.0.2.1 7882 typ host",
                                      "2 1 tcp 1520434943 192.0.2.1 7881 typ host tcptype passive"}));
}

TEST(Candidates, LoopbackIsTheLastOfItsProtocol) {
  const Address loopback = Address::v4(127, 0, 0, 1, 7882);
  const Address other = Address::v4(192, 0, 2, 1, 7882);
  EXPECT_EQ(candidate_lines({loopback, other, loopback.over(IpProtocol::tcp)}),
            (std::vector<std::string>{"1 1 udp 2130706431 192.0.2.1 7882 typ host",
                                      "2 1 udp 2130706175 127.0.0.1 7882 typ host",
                                      "3 1 tcp 1520434687 127.0.0.1 7882 typ host tcptype passive"}));
  Address v6;
  v6.ip[15] = 1;
  EXPECT_EQ(candidate_lines({v6, other}).front(), "1 1 udp 2130706431 192.0.2.1 7882 typ host");
}

const sdp::Media& by_kind(const sdp::Session& s, std::string_view kind) {
  return *std::find_if(s.media.begin(), s.media.end(), [&](const sdp::Media& m) { return m.kind == kind; });
}

TEST(PublisherAnswer, AnswersChromiumSectionBySection) {
  const auto offer = captured("chromium_publisher_offer.sdp");
  const auto read = read_client_offer(offer);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->remote.our_role, DtlsRole::server);
  const auto out = answer(offer, *read, {.stereo = true});
  ASSERT_EQ(out.media.size(), offer.media.size());
  EXPECT_FALSE(out.ice_lite) << "who offers controls";
  EXPECT_EQ(out.bundle, offer.bundle);
  EXPECT_EQ(out.media[0].candidates.size(), 2U);
  for (std::size_t i = 0; i < out.media.size(); ++i) {
    EXPECT_EQ(out.media[i].mid, offer.media[i].mid);
    EXPECT_EQ(out.media[i].kind, offer.media[i].kind);
    EXPECT_NE(out.media[i].port, 0);
    EXPECT_EQ(out.media[i].transport.setup, sdp::Setup::passive);
  }
  const sdp::Media& audio = by_kind(out, "audio");
  EXPECT_EQ(audio.rtpmap(audio.payload_types[0])->name, "opus") << "RED is not negotiated";
  EXPECT_EQ(audio.payload_types.size(), 1U);
  EXPECT_EQ(sdp::fmtp_parameter(audio.fmtp(audio.payload_types[0]), "usedtx"), "1");
  EXPECT_EQ(sdp::fmtp_parameter(audio.fmtp(audio.payload_types[0]), "stereo"), "1");
  const sdp::Media& video = by_kind(out, "video");
  EXPECT_EQ(video.rtpmap(video.payload_types[0])->name, "VP8");
  ASSERT_EQ(video.payload_types.size(), 2U);
  EXPECT_EQ(video.rtpmap(video.payload_types[1])->name, "rtx");
  EXPECT_TRUE(video.has_feedback(video.payload_types[0], "transport-cc"));
  EXPECT_TRUE(video.has_feedback(video.payload_types[0], "nack pli"));
  EXPECT_TRUE(video.extmap(kTransportSequenceExtension));
  EXPECT_EQ(sdp::parse(sdp::serialize(out)), out);
}

TEST(PublisherAnswer, ASectionCarriesATrackEachWay) {
  auto offer = captured("chromium_publisher_offer.sdp");
  sdp::Media& video = *std::find_if(offer.media.begin(), offer.media.end(), [](auto& m) { return m.kind == "video"; });
  video.direction = sdp::Direction::sendrecv;
  const std::string mid = video.mid;
  const auto read = read_client_offer(offer);
  ASSERT_TRUE(read) << read.error();
  const OfferedFormat& other = read->find(mid)->formats.back();
  const LentSection lent{{{.track = media::TrackSid{"TR_down"},
                           .shown_as = media::TrackSid{"TR_down"},
                           .codec = other.codec,
                           .fmtp = other.fmtp,
                           .publisher = "PA_1",
                           .stream = "camera",
                           .ssrc = 11,
                           .rtx_ssrc = 10},
                          {other.payload_type, other.rtx_payload_type, 0, 0, other.fmtp, 0}}};
  const auto out = write_client_answer(
      offer, *read, kLocal, [&](const OfferedSection& s) { return SectionUse{{}, s.mid == mid ? &lent : nullptr}; });
  const sdp::Media& answered = by_kind(out, "video");
  EXPECT_EQ(answered.direction, sdp::Direction::sendrecv);
  ASSERT_NE(answered.rtpmap(other.payload_type), nullptr);
  EXPECT_EQ(find_codec(answered.rtpmap(other.payload_type)->name), other.codec);
  EXPECT_TRUE(answered.has_feedback(other.payload_type, "goog-remb"));
  ASSERT_EQ(answered.ssrcs.size(), 2U);
  EXPECT_EQ(answered.ssrcs[0].ssrc, 11U);
  EXPECT_EQ(answered.msids.at(0).track, "TR_down");
}

TEST(PublisherAnswer, SimulcastIsReceivedByRid) {
  auto offer = captured("chromium_publisher_offer.sdp");
  auto video =
      std::find_if(offer.media.begin(), offer.media.end(), [](const sdp::Media& m) { return m.kind == "video"; });
  video->direction = sdp::Direction::sendonly;
  video->simulcast = sdp::Simulcast{{"q", "h", "~f"}, {}};
  const auto read = read_client_offer(offer);
  ASSERT_TRUE(read);
  const auto section = std::find_if(read->sections.begin(), read->sections.end(),
                                    [&](const OfferedSection& s) { return s.mid == video->mid; });
  ASSERT_EQ(section->layers.size(), 3U);
  EXPECT_EQ(section->layers[0].layer, media::Layer::low);
  EXPECT_EQ(section->layers[2].rid, "f");
  const auto out = answer(offer, *read);
  const sdp::Media& answered = out.media[static_cast<std::size_t>(video - offer.media.begin())];
  ASSERT_TRUE(answered.simulcast);
  EXPECT_EQ(answered.simulcast->recv, (std::vector<std::string>{"q", "h", "f"}));
  EXPECT_FALSE(answered.rids[0].send);
  EXPECT_EQ(answered.direction, sdp::Direction::recvonly);
}

TEST(PublisherAnswer, AnUnknownCodecMakesTheSectionInactiveNeverPortZero) {
  auto offer = captured("chromium_publisher_offer.sdp");
  for (sdp::Media& m : offer.media)
    for (sdp::RtpMap& map : m.rtpmaps)
      if (map.name == "VP8" || map.name == "opus") map.name = "mystery";
  const auto read = read_client_offer(offer);
  ASSERT_TRUE(read);
  for (const sdp::Media& m : answer(offer, *read).media) {
    EXPECT_EQ(m.port, 9);
    if (m.is_rtp()) {
      EXPECT_EQ(m.direction, sdp::Direction::inactive);
      EXPECT_FALSE(m.payload_types.empty());
    }
  }
}

TEST(PublisherAnswer, WhatIsMissingIsNamed) {
  auto offer = captured("chromium_publisher_offer.sdp");
  for (sdp::Media& m : offer.media) m.transport.fingerprints.clear();
  EXPECT_EQ(read_client_offer(offer).error(), "the description has no SHA-2 fingerprint");
  EXPECT_FALSE(read_client_offer(sdp::Session{}));
}

// livekit-client with 20 tracks published, on top of the sections it has anyway.
TEST(PublisherAnswer, TwentyPublishedTracksFitAnOffer) {
  auto offer = captured("chromium_publisher_offer.sdp");
  const sdp::Media layers = offer.media[1];
  while (offer.media.size() < 27) {
    offer.media.push_back(layers);
    offer.media.back().mid = std::to_string(offer.media.size());
  }
  std::string text = sdp::serialize(offer);
  text += std::string(27 * 2600 > text.size() ? 27 * 2600 - text.size() : 0, 'x');  // what we do not read of it
  EXPECT_TRUE(sdp::fits(text, kOfferLimits));
  while (offer.media.size() <= kOfferLimits.sections) offer.media.push_back(layers);
  EXPECT_FALSE(sdp::fits(sdp::serialize(offer), kOfferLimits));
}

DownSectionContent video(const char* track, std::uint32_t ssrc) {
  return {.track = media::TrackSid{track},
          .shown_as = media::TrackSid{track},
          .codec = find_codec("VP8"),
          .publisher = "PA_1",
          .stream = "camera",
          .ssrc = ssrc,
          .rtx_ssrc = ssrc - 1};
}
// A client that accepts everything.
sdp::Session accept(sdp::Session s) {
  for (sdp::Media& m : s.media) {
    m.transport.setup = sdp::Setup::active;
    if (m.direction == sdp::Direction::sendonly) m.direction = sdp::Direction::recvonly;
  }
  return s;
}

TEST(SubscriberOffers, TheFirstCarriesTheDataChannelsAlone) {
  SubscriberOffers offers;
  const auto first = offers.next(kLocal);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->session.media.size(), 1U);
  EXPECT_EQ(first->session.media[0].format, "webrtc-datachannel");
  EXPECT_EQ(first->session.media[0].transport.setup, sdp::Setup::actpass);
  EXPECT_TRUE(first->session.ice_lite) << "so that the client controls";
}

TEST(SubscriberOffers, OneIsOutstandingAndChangesGoIntoTheNext) {
  SubscriberOffers offers;
  const auto first = offers.next(kLocal);
  offers.add(video("TR_a", 11));
  offers.add(video("TR_b", 21));
  EXPECT_FALSE(offers.next(kLocal));
  EXPECT_FALSE(*offers.on_answer(first->id + 5, accept(first->session))) << "of another offer";
  ASSERT_TRUE(*offers.on_answer(first->id, accept(first->session)));
  const auto second = offers.next(kLocal);
  ASSERT_TRUE(second);
  ASSERT_EQ(second->session.media.size(), 3U);
  const sdp::Media& m = second->session.media[1];
  EXPECT_EQ(m.msids, (std::vector<sdp::Msid>{{"PA_1|camera", "TR_a"}}));
  EXPECT_EQ(m.ssrc_groups, (std::vector<sdp::SsrcGroup>{{"FID", {11, 10}}}));
  const auto answered = offers.on_answer(0, accept(second->session));  // some clients do not echo the id
  ASSERT_TRUE(answered && *answered);
  EXPECT_EQ((*answered)->started.size(), 2U);
  EXPECT_FALSE(offers.next(kLocal)) << "nothing has changed";
}

TEST(SubscriberOffers, ASectionIsUnusedFirstAndThenCarriesTheNextTrackUnderItsSid) {
  SubscriberOffers offers;
  offers.add(video("TR_a", 11));
  const auto first = offers.next(kLocal);
  (void)offers.on_answer(first->id, accept(first->session));
  offers.remove(media::TrackSid{"TR_a"});
  const auto second = offers.next(kLocal);
  EXPECT_EQ(second->session.media[1].direction, sdp::Direction::recvonly);
  EXPECT_TRUE(second->session.media[1].ssrcs.empty());
  (void)offers.on_answer(second->id, accept(second->session));
  offers.add(video("TR_b", 21));
  const auto third = offers.next(kLocal);
  ASSERT_EQ(third->session.media.size(), 2U);
  EXPECT_EQ(third->session.media[1].msids[0].stream, "PA_1|TR_b");
}

TEST(SubscriberOffers, ARefusedSectionIsReported) {
  SubscriberOffers offers;
  offers.add(video("TR_a", 11));
  const auto first = offers.next(kLocal);
  auto refused = accept(first->session);
  refused.media[1].rtpmaps = {{98, "H264", 90000, 1}};
  const auto answered = offers.on_answer(first->id, refused);
  ASSERT_TRUE(answered && *answered);
  EXPECT_TRUE((*answered)->started.empty());
  EXPECT_EQ((*answered)->refused, (std::vector<media::TrackSid>{media::TrackSid{"TR_a"}}));
}

TEST(ClientOffer, ASectionSendsThePreferredCodecInThePreferredFormat) {
  OfferedSection section{.formats = {{find_codec("VP8"), 96, 97, "", 0},
                                     {find_codec("VP9"), 98, 99, "profile-id=0", 0},
                                     {find_codec("VP9"), 100, 101, "profile-id=2", 0}}};
  section.prefer(*find_codec("H264"));
  EXPECT_EQ(section.format().payload_type, 96) << "it has none";
  section.prefer(*find_codec("video/vp9"));
  EXPECT_EQ(section.format().payload_type, 98);
  section.prefer(*find_codec("VP9"), "profile-id=2");
  EXPECT_EQ(section.format().payload_type, 100);
  EXPECT_EQ(section.formats.size(), 3U);
  EXPECT_EQ(section.find(*find_codec("VP9"), "profile-id=7"), nullptr);
  EXPECT_EQ(section.find(*find_codec("VP9"), "")->payload_type, 98) << "without the parameter it is profile 0";
}

DownSectionContent h264(const char* track, std::uint32_t ssrc, const char* profile, int mode = 1) {
  auto out = video(track, ssrc);
  out.codec = find_codec("H264");
  out.fmtp = "level-asymmetry-allowed=1;packetization-mode=" + std::to_string(mode) + ";profile-level-id=" + profile;
  return out;
}

TEST(SubscriberOffers, EveryFormatHasAPayloadTypeOfItsOwn) {
  SubscriberOffers offers;
  offers.add(h264("TR_a", 11, "42e01f"));
  offers.add(h264("TR_b", 21, "42e028"));  // another level
  offers.add(h264("TR_c", 31, "640c1f"));
  offers.add(h264("TR_d", 41, "42e01f", 0));
  const auto offer = offers.next(kLocal);
  std::vector<std::uint8_t> types;
  for (std::size_t i = 1; i < offer->session.media.size(); ++i) {
    const sdp::Media& m = offer->session.media[i];
    types.push_back(m.payload_types.front());
    EXPECT_EQ(m.rtpmap(types.back())->name, "H264");
    EXPECT_EQ(sdp::fmtp_parameter(m.fmtp(m.payload_types.back()), "apt"), std::to_string(types.back()));
  }
  EXPECT_EQ(types, (std::vector<std::uint8_t>{96, 96, 98, 100}));
}

TEST(SubscriberOffers, WhatIsSentHasThePayloadTypeOfTheAnswer) {
  SubscriberOffers offers;
  offers.add(h264("TR_a", 11, "42e01f"));
  const auto offer = offers.next(kLocal);
  auto answer = accept(offer->session);
  answer.media[1].payload_types = {107};
  answer.media[1].rtpmaps = {{107, "H264", 90000, 1}};
  answer.media[1].fmtps = {{107, "packetization-mode=1;profile-level-id=42e034"}};
  const auto answered = offers.on_answer(offer->id, answer);
  ASSERT_EQ((*answered)->started.size(), 1U);
  EXPECT_EQ((*answered)->started[0].format.payload_type, 107);
}

TEST(SubscriberOffers, AnotherProfileIsAnotherCodec) {
  SubscriberOffers offers;
  offers.add(h264("TR_a", 11, "640c1f"));
  const auto offer = offers.next(kLocal);
  auto answer = accept(offer->session);
  answer.media[1].fmtps = {{96, "packetization-mode=1;profile-level-id=42e01f"}};
  EXPECT_EQ((*offers.on_answer(offer->id, answer))->refused.size(), 1U);
}

TEST(SubscriberOffers, ATrackRemovedWhileItsOfferIsOutIsNotStarted) {
  SubscriberOffers offers;
  offers.add(video("TR_a", 11));
  const auto first = offers.next(kLocal);
  offers.remove(media::TrackSid{"TR_a"});
  const auto answered = offers.on_answer(first->id, accept(first->session));
  EXPECT_TRUE((*answered)->started.empty());
  EXPECT_EQ(offers.next(kLocal)->session.media[1].direction, sdp::Direction::recvonly);
}

// To the client the section changes its codec and nothing else.
TEST(SubscriberOffers, AnotherCodecOfATrackTakesItsSectionOver) {
  SubscriberOffers offers;
  offers.add(video("TR_a", 11));
  const auto first = offers.next(kLocal);
  (void)offers.on_answer(first->id, accept(first->session));
  auto other = h264("TR_a+backup", 21, "42e01f");
  other.shown_as = media::TrackSid{"TR_a"};
  offers.remove(media::TrackSid{"TR_a"});
  offers.add(other);
  const auto second = offers.next(kLocal);
  ASSERT_EQ(second->session.media.size(), 2U);
  EXPECT_EQ(second->session.media[1].msids, first->session.media[1].msids);
  EXPECT_EQ(second->session.media[1].rtpmaps.front().name, "H264");
  ASSERT_EQ(second->tracks.size(), 1U);
  EXPECT_EQ(second->tracks[0].track, media::TrackSid{"TR_a"});
  const auto answered = offers.on_answer(second->id, accept(second->session));
  ASSERT_EQ((*answered)->started.size(), 1U);
  EXPECT_EQ((*answered)->started[0].content.ssrc, 21U);
}

TEST(SubscriberOffers, AfterARefusalTheOtherCodecGoesIntoTheSameSection) {
  SubscriberOffers offers;
  offers.add(h264("TR_a", 11, "42e01f"));
  const auto first = offers.next(kLocal);
  auto refused = accept(first->session);
  refused.media[1].rtpmaps = {{98, "VP8", 90000, 1}};
  (void)offers.on_answer(first->id, refused);
  auto other = video("TR_a+backup", 21);
  other.shown_as = media::TrackSid{"TR_a"};
  offers.add(other);
  const auto second = offers.next(kLocal);
  ASSERT_EQ(second->session.media.size(), 2U);
  EXPECT_EQ(second->session.media[1].rtpmaps.front().name, "VP8");
  EXPECT_EQ((*offers.on_answer(second->id, accept(second->session)))->started.size(), 1U);
}

TEST(SubscriberOffers, ARestartDoesNotWaitForAnAnswer) {
  SubscriberOffers offers;
  offers.add(video("TR_a", 11));
  const auto first = offers.next(kLocal);
  offers.restart();
  const auto second = offers.next(kLocal);
  ASSERT_TRUE(second);
  EXPECT_FALSE(*offers.on_answer(first->id, accept(first->session)));
  EXPECT_EQ((*offers.on_answer(second->id, accept(second->session)))->started.size(), 1U);
}

}  // namespace
}  // namespace costage::sfu
