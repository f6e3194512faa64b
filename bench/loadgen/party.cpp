#include "loadgen/party.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "loadgen/process.hpp"

namespace costage::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using media_io::monotonic_now;

constexpr auto kTick = 5ms;  // MediaSource wants no more
constexpr int kJoiningAtOnce = 16;

}  // namespace

asio::awaitable<void> pause(Duration duration) {
  asio::steady_timer timer(co_await asio::this_coro::executor, duration);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<Usage> use_during(pid_t server, Duration window) {
  const double cpu_before = cpu_seconds(server);
  const double own_before = cpu_seconds(getpid());
  const Instant begun = monotonic_now();
  co_await pause(window);
  const double seconds = std::chrono::duration<double>(monotonic_now() - begun).count();
  co_return Usage{seconds, cpu_seconds(server) - cpu_before, cpu_seconds(getpid()) - own_before};
}

Party::Party(LinkWorld& world, const Target& target) : world_(world), target_(target), timer_(world.io) { tick(); }

Participant& Party::add(const std::string& identity, bool may_publish) {
  const std::string grant =
      fmt::format(R"({{"roomJoin":true,"room":"{}","canPublish":{},"canSubscribe":true}})", target_.room, may_publish);
  people_.push_back(std::make_unique<Participant>(world_, target_.server, make_token(target_.api, identity, grant),
                                                  may_publish ? SignalPath::v0 : target_.viewers_path));
  people_.back()->join();
  return *people_.back();
}

void Party::remove(Participant& who) {
  std::erase_if(people_, [&](const auto& person) { return person.get() == &who; });
}

asio::awaitable<Participant*> Party::add_publisher(std::string identity) {
  Participant& who = add(identity, true);
  co_await until([&] { return who.joined(); }, "the publisher to join");
  who.publish(target_.codec);
  co_await until([&] { return who.publishing(); }, "the publisher to connect");
  co_return &who;
}

asio::awaitable<std::vector<Participant*>> Party::add_viewers(const Participant& publisher, int count) {
  std::vector<Participant*> viewers;
  for (int i = 0; i < count; ++i) {
    viewers.push_back(&add(fmt::format("viewer-{}", i), false));
    if (i % kJoiningAtOnce != kJoiningAtOnce - 1 && i + 1 != count) continue;
    const auto all_watch = [&] {
      return std::all_of(viewers.begin(), viewers.end(), [&](auto* v) { return media_streams(*v, publisher) == 2; });
    };
    co_await until(all_watch, "viewers to get audio and video");
    co_await pause(std::chrono::milliseconds{100});  // an audience comes more slowly than a server can let it in
  }
  co_return viewers;
}

asio::awaitable<void> Party::room_service(std::string method, std::string json) {
  const std::string grant = fmt::format(R"({{"roomAdmin":true,"room":"{}"}})", target_.room);
  const unsigned status =
      co_await bench::room_service(target_.server, make_token(target_.api, "bench", grant), method, json);
  if (status != 200) throw std::runtime_error(fmt::format("{} answered {}", method, status));
}

void Party::dismiss() {
  for (auto& person : people_) person->leave();
  people_.clear();
}

void Party::check_alive() const {
  for (const auto& person : people_)
    if (!person->closed_because().empty() && !person->joined()) throw std::runtime_error(person->closed_because());
}

void Party::tick() {
  timer_.expires_after(kTick);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    const Instant now = monotonic_now();
    for (auto& person : people_) person->on_time(now);
    tick();
  });
}

std::size_t media_streams(const Participant& viewer, const Participant& publisher) {
  return viewer.streams_of(publisher.sid()).size();
}

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

}  // namespace costage::bench
