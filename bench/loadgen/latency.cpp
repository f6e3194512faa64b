#include <fmt/core.h>

#include <algorithm>

#include "loadgen/party.hpp"
#include "loadgen/process.hpp"
#include "loadgen/scenario.hpp"

namespace costage::bench {
namespace {

using namespace std::chrono_literals;

std::string percentiles(std::vector<std::int32_t>& microseconds) {
  if (microseconds.empty()) throw std::runtime_error("no packet came with a stamp");
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds[static_cast<std::size_t>(share * static_cast<double>(microseconds.size() - 1) + 0.5)];
  };
  return fmt::format(R"("p50Us":{},"p90Us":{},"p99Us":{},"maxUs":{},"packets":{})", at(0.5), at(0.9), at(0.99), at(1),
                     microseconds.size());
}

}  // namespace

boost::asio::awaitable<std::string> measure_latency(LinkWorld& world, Target target, int viewers,
                                                    std::chrono::seconds window) {
  world.kernel_times = true;
  Party party(world, target);
  Participant& publisher = *co_await party.add_publisher("publisher");
  const auto watching = co_await party.add_viewers(publisher, viewers);
  co_await pause(2s);

  std::vector<std::int32_t> microseconds;
  microseconds.reserve(static_cast<std::size_t>(viewers * 300 * window.count()));
  for (auto* viewer : watching) {
    viewer->forget_counts();
    viewer->set_on_latency([&](Duration d) { microseconds.push_back(static_cast<std::int32_t>(d.count())); });
  }
  const Usage used = co_await use_during(target.pid, window);
  for (auto* viewer : watching) viewer->set_on_latency({});
  const Totals totals = totals_of(watching, publisher);
  party.dismiss();
  co_return fmt::format(R"({{"viewers":{},{},"lost":{},"serverCores":{:.2f},"loadgenCores":{:.2f}}})", viewers,
                        percentiles(microseconds), totals.expected - totals.received, used.cpu / used.seconds,
                        used.own_cpu / used.seconds);
}

}  // namespace costage::bench
