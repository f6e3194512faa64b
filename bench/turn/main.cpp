// turn [PEERS]: what a turn costs that one peer asks for, while so many others are connected and idle. Prints the
// median and the sum of one second of each case. Needs no network.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "turn/show.hpp"

namespace {

using namespace costage;
using std::chrono::milliseconds;

template <class Step>
void measure(const char* name, bench::Show& show, Step step) {
  std::vector<double> costs;
  for (int i = 0; i < 100; ++i) {
    step();
    const auto more = show.run_until(show.now() + milliseconds(10));
    costs.insert(costs.end(), more.begin(), more.end());
  }
  std::ranges::sort(costs);
  fmt::print("{:<40} {:>6} turns, median {:>8.2f} us, all {:>8.2f} ms\n", name, costs.size(),
             costs.empty() ? 0 : costs[costs.size() / 2], std::accumulate(costs.begin(), costs.end(), 0.0) / 1000);
}

}  // namespace

int main(int argc, char** argv) {
  const int peers = argc > 1 ? std::atoi(argv[1]) : 2000;
  bench::Show show;
  auto& host = show.join("RM_show", true);
  auto& viewer = show.join("RM_show", false);
  for (int i = 0; i < peers; ++i) show.join("RM_" + std::to_string(i / 500), false);
  show.run_until(show.now() + milliseconds(300));
  fmt::print("{} of {} peers are connected\n", show.connected(), show.stats().peers);
  measure("nobody has anything to do", show, [] {});
  show.clients_answer = false;
  measure("one publisher, packets lost for good", show, [&] { show.film(host); });
  show.run_until(show.now() + milliseconds(1500));  // until they are given up
  measure("one data channel that is not read", show, [&] { show.send_data(viewer); });
}
