#include "sfu/peer/virtual_clock_test.hpp"

#include <gtest/gtest.h>
#include <sys/time.h>
#include <time.h>

#include <atomic>

namespace {
// Microseconds; 0 shows the real time.
std::atomic<std::int64_t> g_virtual_time{0};
constexpr std::int64_t kEpoch = 1'700'000'000'000'000;
}  // namespace

// Takes the place of libc's for every library in this program.
extern "C" int gettimeofday(timeval* out, void*) noexcept {
  const std::int64_t us = g_virtual_time.load();
  if (us != 0) {
    *out = {us / 1'000'000, us % 1'000'000};
    return 0;
  }
  timespec real{};
  clock_gettime(CLOCK_REALTIME, &real);
  *out = {real.tv_sec, real.tv_nsec / 1000};
  return 0;
}

namespace costage::sfu {

VirtualClock::VirtualClock(Instant now) { set(now); }
VirtualClock::~VirtualClock() { g_virtual_time = 0; }
void VirtualClock::set(Instant now) { g_virtual_time = kEpoch + now.time_since_epoch().count(); }

namespace {

TEST(VirtualClock, IsWhatLibrariesSee) {
  timeval before{};
  timeval after{};
  VirtualClock clock{Instant{std::chrono::seconds(5)}};
  gettimeofday(&before, nullptr);
  clock.set(Instant{std::chrono::seconds(8)});
  gettimeofday(&after, nullptr);
  EXPECT_EQ(after.tv_sec - before.tv_sec, 3);
}

}  // namespace
}  // namespace costage::sfu
