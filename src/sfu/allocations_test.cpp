// Nothing on the packet path allocates: whatever is asked of malloc in this program while a packet or a turn is at work
// is counted, be it by us or by a library. A sanitizer brings its own malloc, so there this file is empty.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COSTAGE_SANITIZED 1
#endif
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(COSTAGE_SANITIZED)

#include <execinfo.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "sfu/peer/srtp.hpp"
#include "sfu/peer/srtp_cipher.hpp"
#include "sfu/testing/sim_show.hpp"
#include "sfu/wire/packet_kind.hpp"
#include "sfu/wire/rtcp/receiver_report.hpp"
#include "sfu/wire/rtcp/remb.hpp"

namespace {

thread_local bool g_counting = false;
thread_local std::size_t g_count = 0;
thread_local std::array<void*, 24> g_first{};  // who asked first
thread_local int g_first_depth = 0;

void count() noexcept {
  if (!g_counting) return;
  g_counting = false;  // backtrace() itself may allocate
  if (g_count++ == 0) g_first_depth = backtrace(g_first.data(), static_cast<int>(g_first.size()));
  g_counting = true;
}

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) noexcept {
  count();
  return __libc_malloc(size);
}
void* calloc(std::size_t n, std::size_t size) noexcept {
  count();
  return __libc_calloc(n, size);
}
void* realloc(void* old, std::size_t size) noexcept {
  count();
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  count();
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) noexcept {
  count();
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}
}

namespace costage::sfu {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Counted {
 public:
  Counted() {
    g_count = 0;
    g_counting = true;
  }
  ~Counted() { g_counting = false; }
};

std::string first_asked() {
  std::string out;
  char** const lines = backtrace_symbols(g_first.data(), g_first_depth);
  for (int i = 0; i < g_first_depth; ++i) out += std::string("\n  ") + lines[i];
  std::free(lines);
  return out;
}

TEST(Allocations, AreSeen) {
  {
    Counted counted;
  }
  EXPECT_EQ(g_count, 0U);
  std::unique_ptr<int> kept;
  {
    Counted counted;
    kept = std::make_unique<int>(1);
  }
  EXPECT_EQ(g_count, 1U);
}

// What a client says besides NACKs.
void report(SimShow& show, SimBrowser& viewer) {
  std::array<std::uint8_t, 200> space;
  ByteWriter out(space);
  const std::uint32_t video = viewer.screen_of("TR_Vhost")->ssrc;
  const std::array blocks{rtcp::ReportBlock{.ssrc = video, .fraction_lost = 3, .jitter = 90}};
  rtcp::ReceiverReport{.ssrc = 1}.write(out, blocks);
  rtcp::Pli{1, video}.write(out);
  rtcp::Remb{1, 3'000'000, {}}.write(out, std::array{video});
  const std::array arrivals{show.now, kNever, show.now};
  rtcp::TransportFeedback::write(out, {1, video, 7, 0}, arrivals);
  ASSERT_TRUE(out.ok());
  viewer.subscriber.send_rtcp(out.written());
}

// Under loss and with everything that is sent in return: NACKs both ways, reports, feedback, key frame requests.
TEST(Allocations, ThePacketPathMakesNone) {
  SimShow show(91, {.loss_percent = 3, .duplicate_percent = 1, .delay = milliseconds(15), .jitter = milliseconds(12)});
  show.join("host", true);
  std::vector<SimBrowser*> viewers;
  for (const char* name : {"ann", "bob", "cem", "dan", "eve"}) viewers.push_back(&show.join(name, false));
  show.run(seconds(8));  // long enough for a first repeated packet of every layer

  std::map<PacketKind, std::size_t> packets;
  std::size_t turns = 0;
  std::optional<Counted> counted;
  show.before_input = [&](Bytes datagram) {
    const PacketKind kind = packet_kind(datagram);
    ++(datagram.empty() ? turns : packets[kind]);
    if (datagram.empty() || kind == PacketKind::rtp || kind == PacketKind::rtcp) counted.emplace();
  };
  std::string asked;
  show.after_input = [&] {
    counted.reset();
    const auto is_stun = [&](const auto& p) { return packet_kind(show.sfu.outgoing().bytes(p)) == PacketKind::stun; };
    const bool checks = std::ranges::any_of(show.sfu.outgoing().packets(), is_stun);  // none of the packet path
    if (std::exchange(g_count, 0) != 0 && !checks && asked.empty()) asked = first_asked();
  };
  const Stats before = show.sfu.stats();
  for (int i = 0; i < 10; ++i) {
    for (SimBrowser* viewer : viewers) report(show, *viewer);
    show.run(milliseconds(100));
  }
  EXPECT_EQ(asked, "") << "addr2line -Cfie build/.../sfu_test OFFSET tells where that is";
  const Stats& after = show.sfu.stats();
  EXPECT_GT(packets[PacketKind::rtp], 200U);
  EXPECT_GT(packets[PacketKind::rtcp], 50U);
  EXPECT_GT(turns, 50U);
  EXPECT_GT(after.rtp_forwarded - before.rtp_forwarded, 500U);
  EXPECT_GT(after.nacks_sent, before.nacks_sent);
  EXPECT_GT(after.retransmitted, before.retransmitted);
  EXPECT_GT(after.plis_sent, before.plis_sent);
}

// The show takes the faster engine; the other is for machines without it.
TEST(Allocations, NeitherEngineOfSrtpMakesOne) {
  for (const auto& engine : {make_evp_engine(), make_ipsec_mb_engine()})
    for (const auto profile : {SrtpProfile::aead_aes_128_gcm, SrtpProfile::aes128_cm_sha1_80}) {
      if (!engine) continue;
      SCOPED_TRACE(engine->name());
      SrtpSender sender(profile, {}, *engine);
      SrtpReceiver receiver(profile, {}, *engine);
      std::array<std::uint8_t, 300> packet{0x80, 96};
      packet[11] = 1;  // SSRC
      int good = 0;
      const auto pass = [&] {
        ++packet[3];  // sequence number
        std::array<std::uint8_t, 400> datagram;
        const std::size_t size = sender.protect_rtp(Bytes(packet).first(12), Bytes(packet).subspan(12), datagram);
        good += receiver.unprotect_rtp(MutableBytes(datagram).first(size)).verdict == SrtpVerdict::ok;
      };
      pass();
      {
        Counted counted;
        for (int i = 0; i < 100; ++i) pass();
      }
      EXPECT_EQ(good, 101);
      EXPECT_EQ(g_count, 0U) << first_asked();
    }
}

}  // namespace
}  // namespace costage::sfu

#endif
