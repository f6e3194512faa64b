#include "loadgen/scenario.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <stdexcept>
#include <vector>

#include "adapters/media_io/clock.hpp"
#include "loadgen/participant.hpp"
#include "loadgen/process.hpp"

namespace costage::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using media_io::monotonic_now;

constexpr auto kTick = 5ms;  // MediaSource wants no more
constexpr auto kPatience = 15s;
constexpr int kJoiningAtOnce = 16;
constexpr auto kKeyFramePause = 1200ms;  // servers ask a publisher for at most one key frame a second
constexpr auto kSilence = 400ms;         // after which a removed stream counts as ended: 8 audio packets and 12 frames

asio::awaitable<void> pause(Duration duration) {
  asio::steady_timer timer(co_await asio::this_coro::executor, duration);
  co_await timer.async_wait(asio::use_awaitable);
}

// The people of one scenario, and the ticks that keep them alive.
class Party {
 public:
  Party(LinkWorld& world, const Target& target) : world_(world), target_(target), timer_(world.io) { tick(); }

  Participant& add(const std::string& identity, bool may_publish) {
    const std::string grant = fmt::format(R"({{"roomJoin":true,"room":"{}","canPublish":{},"canSubscribe":true}})",
                                          target_.room, may_publish);
    people_.push_back(std::make_unique<Participant>(world_, target_.server, make_token(target_.api, identity, grant)));
    people_.back()->join();
    return *people_.back();
  }

  void remove(Participant& who) {
    std::erase_if(people_, [&](const auto& person) { return person.get() == &who; });
  }

  template <class Condition>
  asio::awaitable<void> until(Condition condition, std::string what) {
    const Instant deadline = monotonic_now() + kPatience;
    while (!condition()) {
      for (const auto& person : people_)
        if (!person->closed_because().empty() && !person->joined()) throw std::runtime_error(person->closed_because());
      if (monotonic_now() > deadline) throw std::runtime_error("waited 15 s for " + what);
      co_await pause(1ms);
    }
  }

  asio::awaitable<Participant*> add_publisher(std::string identity) {
    Participant& who = add(identity, true);
    co_await until([&] { return who.joined(); }, "the publisher to join");
    who.publish(target_.codec);
    co_await until([&] { return who.publishing(); }, "the publisher to connect");
    co_return &who;
  }

  asio::awaitable<void> room_service(std::string method, std::string json) {
    const std::string grant = fmt::format(R"({{"roomAdmin":true,"room":"{}"}})", target_.room);
    const unsigned status =
        co_await bench::room_service(target_.server, make_token(target_.api, "bench", grant), method, json);
    if (status != 200) throw std::runtime_error(fmt::format("{} answered {}", method, status));
  }

  void dismiss() {
    for (auto& person : people_) person->leave();
    people_.clear();
  }

 private:
  void tick() {
    timer_.expires_after(kTick);
    timer_.async_wait([this](boost::system::error_code error) {
      if (error) return;
      const Instant now = monotonic_now();
      for (auto& person : people_) person->on_time(now);
      tick();
    });
  }

  LinkWorld& world_;
  const Target& target_;
  asio::steady_timer timer_;
  std::vector<std::unique_ptr<Participant>> people_;
};

double milliseconds(Duration d) { return static_cast<double>(d.count()) / 1000; }

std::string summary(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return fmt::format(R"({{"p50":{:.1f},"p95":{:.1f},"n":{}}})", at(0.5), at(0.95), values.size());
}

std::size_t media_streams(const Participant& viewer, const Participant& publisher) {
  return viewer.streams_of(publisher.sid()).size();
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

struct Totals {
  std::uint64_t received = 0;
  std::uint64_t expected = 0;
};

Totals totals_of(const std::vector<Participant*>& viewers, const Participant& publisher) {
  Totals out;
  for (const auto* viewer : viewers) {
    for (const auto& [ssrc, stream] : viewer->streams_of(publisher.sid())) {
      out.received += stream.packets;
      out.expected += stream.expected();
    }
  }
  return out;
}

asio::awaitable<std::vector<Participant*>> add_viewers(Party& party, const Participant& publisher, int count) {
  std::vector<Participant*> viewers;
  for (int i = 0; i < count; ++i) {
    viewers.push_back(&party.add(fmt::format("viewer-{}", i), false));
    if (i % kJoiningAtOnce != kJoiningAtOnce - 1 && i + 1 != count) continue;
    const auto all_watch = [&] {
      return std::all_of(viewers.begin(), viewers.end(), [&](auto* v) { return media_streams(*v, publisher) == 2; });
    };
    co_await party.until(all_watch, "viewers to get audio and video");
  }
  co_return viewers;
}

}  // namespace

asio::awaitable<std::string> measure_fanout(LinkWorld& world, Target target, int viewers, std::chrono::seconds window) {
  const std::uint64_t idle_kib = resident_kib(target.pid);
  Party party(world, target);
  Participant& publisher = *co_await party.add_publisher("publisher");
  const auto watching = co_await add_viewers(party, publisher, viewers);
  co_await pause(2s);  // until joining has left no more work behind

  for (auto* viewer : watching) viewer->forget_counts();
  const double cpu_before = cpu_seconds(target.pid);
  const double own_before = cpu_seconds(getpid());
  const Instant begun = monotonic_now();
  co_await pause(window);
  const double seconds = milliseconds(monotonic_now() - begun) / 1000;
  const double cpu = cpu_seconds(target.pid) - cpu_before;
  const double own = cpu_seconds(getpid()) - own_before;
  const Totals totals = totals_of(watching, publisher);
  const std::uint64_t loaded_kib = resident_kib(target.pid);
  party.dismiss();
  co_return fmt::format(
      R"({{"viewers":{},"seconds":{:.2f},"packets":{},"lost":{},"serverCpuSeconds":{:.2f},"packetsPerCpuSecond":{:.0f},)"
      R"("microsecondsPerPacket":{:.2f},"loadgenCpuSeconds":{:.2f},"idleKib":{},"loadedKib":{}}})",
      viewers, seconds, totals.received, totals.expected - totals.received, cpu,
      static_cast<double>(totals.received) / std::max(cpu, 0.01), cpu * 1e6 / static_cast<double>(totals.received), own,
      idle_kib, loaded_kib);
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
