#include "sfu/peer/srtp.hpp"

#include <gtest/gtest.h>
#include <srtp2/srtp.h>

#include <cstring>

#include "base/rng.hpp"

namespace costage::sfu {
namespace {

constexpr SrtpProfile kProfiles[] = {SrtpProfile::aead_aes_128_gcm, SrtpProfile::aes128_cm_sha1_80};

SrtpMasterKey master_key(SrtpProfile profile, std::uint64_t seed) {
  SeededRng rng{seed};
  SrtpMasterKey out;
  rng.fill(out.key);
  rng.fill(out.salt);
  if (profile == SrtpProfile::aead_aes_128_gcm) out.salt[12] = out.salt[13] = 0;
  return out;
}

Buffer rtp(std::uint32_t ssrc, std::uint16_t sequence, std::size_t payload) {
  Buffer out(20 + payload);
  ByteWriter w{out};
  w.u8(0x90);  // with a header extension of one word
  w.u8(96);
  w.u16(sequence);
  w.u32(1234);
  w.u32(ssrc);
  w.u32(0xbede0001);
  w.u32(0x10ff0000);
  for (std::size_t i = 0; i < payload; ++i) w.u8(static_cast<std::uint8_t>(i * 3 + sequence));
  return out;
}

Buffer rtcp(std::uint32_t ssrc) {
  Buffer out(28);
  ByteWriter w{out};
  w.u32(0x80c80006);
  w.u32(ssrc);
  w.zeros(20);
  return out;
}

// In place, as the fan-out does it.
std::size_t protect_rtp(SrtpSender& sender, MutableBytes buffer, std::size_t size) {
  const std::size_t header = srtp_header_size(buffer.first(size));
  return sender.protect_rtp(buffer.first(header), buffer.subspan(header, size - header), buffer);
}

Buffer protect(SrtpSender& sender, const Buffer& packet, bool is_rtcp = false) {
  Buffer out = packet;
  out.resize(packet.size() + kSrtpMaxOverhead);
  out.resize(is_rtcp ? sender.protect_rtcp(out, packet.size()) : protect_rtp(sender, out, packet.size()));
  return out;
}

// libsrtp2, which nothing but this test links.
class Oracle {
 public:
  Oracle(SrtpProfile profile, SrtpMasterKey master, bool sends) {
    static const bool initialised = srtp_init() == srtp_err_status_ok;
    EXPECT_TRUE(initialised);
    key_.assign(master.key.begin(), master.key.end());
    key_.insert(key_.end(), master.salt.begin(), master.salt.end());
    srtp_policy_t policy{};
    if (profile == SrtpProfile::aead_aes_128_gcm) {
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    } else {
      srtp_crypto_policy_set_rtp_default(&policy.rtp);
      srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    }
    policy.ssrc.type = sends ? ssrc_any_outbound : ssrc_any_inbound;
    policy.key = key_.data();
    policy.window_size = 1024;
    EXPECT_EQ(srtp_create(&session_, &policy), srtp_err_status_ok);
  }
  ~Oracle() { srtp_dealloc(session_); }

  Buffer run(srtp_err_status_t (*f)(srtp_t, void*, int*), Buffer packet) {
    int size = static_cast<int>(packet.size());
    packet.resize(packet.size() + 64);
    EXPECT_EQ(f(session_, packet.data(), &size), srtp_err_status_ok);
    packet.resize(static_cast<std::size_t>(size));
    return packet;
  }

 private:
  Buffer key_;
  srtp_t session_ = nullptr;
};

struct Case {
  SrtpProfile profile;
  bool ipsec_mb;
};

class SrtpTest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    engine = GetParam().ipsec_mb ? make_ipsec_mb_engine() : make_evp_engine();
    if (!engine) GTEST_SKIP() << "no ipsec-mb on this machine";
    sender.emplace(profile, master, *engine);
    receiver.emplace(profile, master, *engine);
  }

  const SrtpProfile profile = GetParam().profile;
  const SrtpMasterKey master = master_key(profile, 7);
  std::unique_ptr<SrtpEngine> engine;
  std::optional<SrtpSender> sender;
  std::optional<SrtpReceiver> receiver;
};

TEST_P(SrtpTest, LibsrtpReadsOursAndWeReadIts) {
  Oracle reads{profile, master, false};
  Oracle writes{profile, master, true};
  // 70,000 packets pass the rollover of the sequence number, in sizes around the blocks of the ciphers.
  for (std::uint32_t i = 0; i < 70'000; ++i) {
    const Buffer plain = rtp(0x11223344, static_cast<std::uint16_t>(30'000 + i), i % 67);
    const Buffer ours = protect(*sender, plain);
    Buffer theirs = writes.run(srtp_protect, plain);
    ASSERT_EQ(ours, theirs) << i;
    ASSERT_EQ(reads.run(srtp_unprotect, ours), plain);
    const auto opened = receiver->unprotect_rtp(theirs);
    ASSERT_EQ(opened.verdict, SrtpVerdict::ok);
    ASSERT_TRUE(std::ranges::equal(opened.packet, plain));
  }
}

TEST_P(SrtpTest, LibsrtpReadsOurRtcpAndWeReadIts) {
  Oracle reads{profile, master, false};
  Oracle writes{profile, master, true};
  for (std::uint32_t i = 0; i < 200; ++i) {
    const Buffer plain = rtcp(1000 + i % 3);
    EXPECT_EQ(reads.run(srtp_unprotect_rtcp, protect(*sender, plain, true)), plain);
    Buffer theirs = writes.run(srtp_protect_rtcp, plain);
    const auto opened = receiver->unprotect_rtcp(theirs);
    ASSERT_EQ(opened.verdict, SrtpVerdict::ok);
    EXPECT_TRUE(std::ranges::equal(opened.packet, plain));
  }
}

TEST_P(SrtpTest, BothBackEndsWriteTheSameBytes) {
  const auto other = make_evp_engine();
  SrtpSender evp{profile, master, *other};
  for (std::size_t size = 0; size < 1400; size += 7) {
    const Buffer plain = rtp(5, static_cast<std::uint16_t>(size), size);
    ASSERT_EQ(protect(*sender, plain), protect(evp, plain));
  }
}

TEST_P(SrtpTest, OnePayloadForManyReceivers) {
  const Buffer plain = rtp(9, 1, 1160);
  SrtpSender in_place{profile, master, *engine};
  Buffer out(1500);
  const std::size_t size = sender->protect_rtp(Bytes{plain}.first(20), Bytes{plain}.subspan(20), out);
  out.resize(size);
  EXPECT_EQ(out, protect(in_place, plain));
}

TEST_P(SrtpTest, RefusesReplayedChangedAndForeignPackets) {
  const Buffer wire = protect(*sender, rtp(1, 100, 50));
  for (std::size_t i = 2; i < wire.size(); ++i) {
    Buffer changed = wire;
    changed[i] ^= 0x40;
    EXPECT_NE(receiver->unprotect_rtp(changed).verdict, SrtpVerdict::ok) << "byte " << i;
  }
  Buffer first = wire;
  Buffer again = wire;
  EXPECT_EQ(receiver->unprotect_rtp(first).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtp(again).verdict, SrtpVerdict::replayed);

  SrtpSender foreign{profile, master_key(profile, 8), *engine};
  Buffer stranger = protect(foreign, rtp(1, 101, 50));
  EXPECT_EQ(receiver->unprotect_rtp(stranger).verdict, SrtpVerdict::unauthenticated);

  const Buffer report = protect(*sender, rtcp(1), true);
  Buffer report_first = report;
  Buffer report_again = report;
  EXPECT_EQ(receiver->unprotect_rtcp(report_first).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtcp(report_again).verdict, SrtpVerdict::replayed);
}

TEST_P(SrtpTest, TruncatedAndRandomBytesAreRefused) {
  const Buffer wire = protect(*sender, rtp(1, 100, 50));
  const Buffer report = protect(*sender, rtcp(1), true);
  for (std::size_t n = 0; n < wire.size(); ++n) {
    Buffer cut{wire.begin(), wire.begin() + n};
    EXPECT_NE(receiver->unprotect_rtp(cut).verdict, SrtpVerdict::ok);
  }
  for (std::size_t n = 0; n < report.size(); ++n) {
    Buffer cut{report.begin(), report.begin() + n};
    EXPECT_NE(receiver->unprotect_rtcp(cut).verdict, SrtpVerdict::ok);
  }
  SeededRng rng{3};
  for (int i = 0; i < 2000; ++i) {
    Buffer noise(rng.below(100));
    rng.fill(noise);
    EXPECT_NE(receiver->unprotect_rtp(noise).verdict, SrtpVerdict::ok);
    EXPECT_NE(receiver->unprotect_rtcp(noise).verdict, SrtpVerdict::ok);
  }
}

TEST_P(SrtpTest, LatePacketsWithinTheWindowPass) {
  std::vector<Buffer> wire;
  for (std::uint16_t i = 0; i < 1200; ++i) wire.push_back(protect(*sender, rtp(1, 65000 + i, 10)));
  EXPECT_EQ(receiver->unprotect_rtp(wire[0]).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtp(wire[1199]).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtp(wire[176]).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtp(wire[175]).verdict, SrtpVerdict::replayed);
}

TEST_P(SrtpTest, LateReportsWithinTheWindowPass) {
  std::vector<Buffer> wire;
  for (int i = 0; i < 1200; ++i) wire.push_back(protect(*sender, rtcp(1), true));
  EXPECT_EQ(receiver->unprotect_rtcp(wire[1199]).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtcp(wire[176]).verdict, SrtpVerdict::ok);
  EXPECT_EQ(receiver->unprotect_rtcp(wire[175]).verdict, SrtpVerdict::replayed);
}

// What comes late is also taken once, at either edge of the window; in another stream the number is another packet.
TEST_P(SrtpTest, ALatePacketIsTakenOnceToo) {
  std::vector<Buffer> wire;
  for (std::uint16_t i = 0; i < 1024; ++i) wire.push_back(protect(*sender, rtp(1, 1000 + i, 10)));
  const auto arrives = [&](Buffer packet) { return receiver->unprotect_rtp(packet).verdict; };
  EXPECT_EQ(arrives(wire[1023]), SrtpVerdict::ok);
  for (const std::size_t late : {0, 1, 500, 1022}) {
    EXPECT_EQ(arrives(wire[late]), SrtpVerdict::ok) << late;
    EXPECT_EQ(arrives(wire[late]), SrtpVerdict::replayed) << late;
  }
  EXPECT_EQ(arrives(wire[1023]), SrtpVerdict::replayed);
  EXPECT_EQ(arrives(protect(*sender, rtp(2, 1000, 10))), SrtpVerdict::ok);
}

// The window moves for authenticated packets alone: a forged number far ahead must not make the next ones too old.
TEST_P(SrtpTest, AForgedPacketDoesNotMoveTheWindow) {
  const auto arrives = [&](Buffer packet) { return receiver->unprotect_rtp(packet).verdict; };
  EXPECT_EQ(arrives(protect(*sender, rtp(1, 100, 50))), SrtpVerdict::ok);
  Buffer forged = protect(*sender, rtp(1, 101, 50));
  forged[2] = 0x40;  // sequence number 16,485
  EXPECT_EQ(arrives(forged), SrtpVerdict::unauthenticated);
  EXPECT_EQ(arrives(protect(*sender, rtp(1, 102, 50))), SrtpVerdict::ok);

  const auto reported = [&](Buffer packet) { return receiver->unprotect_rtcp(packet).verdict; };
  EXPECT_EQ(reported(protect(*sender, rtcp(1), true)), SrtpVerdict::ok);
  Buffer forged_report = protect(*sender, rtcp(1), true);
  // The index's second byte: 65,536 reports ahead.
  const std::size_t behind = profile == SrtpProfile::aes128_cm_sha1_80 ? srtp_tag_size(profile) : 0;
  forged_report[forged_report.size() - behind - 3] ^= 1;
  EXPECT_EQ(reported(forged_report), SrtpVerdict::unauthenticated);
  EXPECT_EQ(reported(protect(*sender, rtcp(1), true)), SrtpVerdict::ok);
}

TEST_P(SrtpTest, WillNotRepeatANonce) {
  const Buffer plain = rtp(1, 100, 50);
  EXPECT_FALSE(protect(*sender, plain).empty());
  const bool repeated = !protect(*sender, plain).empty();
  EXPECT_EQ(repeated, profile == SrtpProfile::aes128_cm_sha1_80);
}

TEST_P(SrtpTest, WhatDoesNotFitIsNotWritten) {
  const Buffer plain = rtp(1, 100, 50);
  Buffer tight(plain.size() + srtp_tag_size(profile) - 1);
  std::copy(plain.begin(), plain.end(), tight.begin());
  EXPECT_EQ(protect_rtp(*sender, tight, plain.size()), 0u);
  EXPECT_EQ(protect_rtp(*sender, tight, 11), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, SrtpTest,
                         testing::Values(Case{kProfiles[0], false}, Case{kProfiles[0], true}, Case{kProfiles[1], false},
                                         Case{kProfiles[1], true}),
                         [](const auto& info) {
                           return std::string(info.param.ipsec_mb ? "IpsecMb" : "Evp") +
                                  (info.param.profile == kProfiles[0] ? "Gcm" : "Cm");
                         });

}  // namespace
}  // namespace costage::sfu
