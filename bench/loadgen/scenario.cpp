#include "loadgen/scenario.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "adapters/media_io/clock.hpp"
#include "loadgen/party.hpp"
#include "loadgen/process.hpp"

namespace costage::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using media_io::monotonic_now;

constexpr auto kKeyFramePause = 1200ms;  // servers ask a publisher for at most one key frame a second
constexpr auto kSilence = 400ms;         // after which a removed stream counts as ended: 8 audio packets and 12 frames

std::string summary(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return fmt::format(R"({{"p50":{:.1f},"p95":{:.1f},"n":{}}})", at(0.5), at(0.95), values.size());
}

struct FirstPackets {
  Instant either;  // of audio and video the earlier
  Instant both;
};

// Of a publisher whose two streams have arrived.
FirstPackets first_packets(const Participant& viewer, const Participant& publisher) {
  FirstPackets out{Instant::max(), Instant::min()};
  for (const auto& [ssrc, stream] : viewer.streams_of(publisher.sid())) {
    out.either = std::min(out.either, stream.first_at);
    out.both = std::max(out.both, stream.first_at);
  }
  return out;
}

Instant last_packet(const Participant& viewer, const Participant& publisher) {
  Instant last{};
  for (const auto& [ssrc, stream] : viewer.streams_of(publisher.sid())) last = std::max(last, stream.last_at);
  return last;
}

}  // namespace

asio::awaitable<std::string> measure_fanout(LinkWorld& world, Target target, int viewers, std::chrono::seconds window) {
  const std::uint64_t idle_kib = resident_kib(target.pid);
  Party party(world, target);
  Participant& publisher = *co_await party.add_publisher("publisher");
  const auto watching = co_await party.add_viewers(publisher, viewers);
  co_await pause(2s);  // until joining has left no more work behind

  for (auto* viewer : watching) viewer->forget_counts();
  const Usage used = co_await use_during(target.pid, window);
  const Totals totals = totals_of(watching, publisher);
  const std::uint64_t loaded_kib = resident_kib(target.pid);
  party.dismiss();
  co_return fmt::format(
      R"({{"viewers":{},"seconds":{:.2f},"packets":{},"lost":{},"serverCpuSeconds":{:.2f},"packetsPerCpuSecond":{:.0f},)"
      R"("microsecondsPerPacket":{:.2f},"loadgenCpuSeconds":{:.2f},"idleKib":{},"loadedKib":{}}})",
      viewers, used.seconds, totals.received, totals.expected - totals.received, used.cpu,
      static_cast<double>(totals.received) / std::max(used.cpu, 0.01),
      used.cpu * 1e6 / static_cast<double>(totals.received), used.own_cpu, idle_kib, loaded_kib);
}

asio::awaitable<std::string> measure_joins(LinkWorld& world, Target target, int rounds) {
  Party party(world, target);
  Participant& publisher = *co_await party.add_publisher("publisher");
  std::vector<double> either, both;
  for (int i = 0; i < rounds; ++i) {
    const Instant begun = monotonic_now();
    Participant& viewer = party.add(fmt::format("joiner-{}", i), false);
    co_await party.until([&] { return media_streams(viewer, publisher) == 2; }, "the first packets");
    const FirstPackets first = first_packets(viewer, publisher);
    either.push_back(milliseconds(first.either - begun));
    both.push_back(milliseconds(first.both - begun));
    viewer.leave();
    party.remove(viewer);
    co_await pause(kKeyFramePause);
  }
  party.dismiss();
  co_return fmt::format(R"({{"joinToFirstPacketMs":{},"joinToBothTracksMs":{}}})", summary(either), summary(both));
}

asio::awaitable<std::string> measure_stage(LinkWorld& world, Target target, int rounds) {
  Party party(world, target);
  Participant& publisher = *co_await party.add_publisher("publisher");
  Participant& viewer = party.add("viewer", false);
  co_await party.until([&] { return media_streams(viewer, publisher) == 2; }, "the viewer to watch");
  std::vector<double> promotions, removals;
  for (int i = 0; i < rounds; ++i) {
    const std::string identity = fmt::format("guest-{}", i);
    Participant& guest = party.add(identity, false);
    co_await party.until([&] { return media_streams(guest, publisher) == 2; }, "the guest to watch");
    guest.set_on_promoted([&guest] { guest.publish(); });

    const std::string who = fmt::format(R"("room":"{}","identity":"{}")", target.room, identity);
    const Instant promoted = monotonic_now();
    co_await party.room_service(
        "UpdateParticipant",
        fmt::format(R"({{{},"permission":{{"canPublish":true,"canSubscribe":true,"canPublishData":true}}}})", who));
    co_await party.until([&] { return media_streams(viewer, guest) == 2; }, "the guest's first packets");
    promotions.push_back(milliseconds(first_packets(viewer, guest).either - promoted));
    co_await pause(500ms);

    const Instant removed = monotonic_now();
    co_await party.room_service("RemoveParticipant", "{" + who + "}");
    const auto ended = [&] { return monotonic_now() - last_packet(viewer, guest) > kSilence; };
    co_await party.until(ended, "the removed guest's packets to end");
    removals.push_back(std::max(0.0, milliseconds(last_packet(viewer, guest) - removed)));
    guest.vanish();
    party.remove(guest);
  }
  party.dismiss();
  co_return fmt::format(R"({{"promotionToFirstPacketMs":{},"removalToLastPacketMs":{}}})", summary(promotions),
                        summary(removals));
}

}  // namespace costage::bench
