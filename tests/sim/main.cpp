// Whole nodes in virtual time: sim --seeds N --first S, or sim --prove.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <array>

#include "simulation.hpp"

namespace costage::sim {
namespace {

struct Planted {
  const char* name;
  Plant plant;
};
constexpr std::array<Planted, 5> kPlants{{{"deaf", Plant::deaf},
                                          {"early", Plant::early},
                                          {"forgetful", Plant::forgetful},
                                          {"off-by-one", Plant::off_by_one},
                                          {"unchecked", Plant::unchecked}}};

struct Totals {
  std::uint64_t seeds = 0, commits = 0, requests = 0, accepted = 0, heard = 0;
  milliseconds simulated{0};
  std::map<std::string_view, int> known;
  std::map<std::string, int> answers;
  std::map<domain::EventType, int> events;

  void add(const Result& result) {
    ++seeds;
    commits += result.commits;
    requests += result.requests;
    accepted += result.accepted;
    heard += result.heard;
    simulated += result.simulated;
    for (const auto& [what, count] : result.known) known[what] += count;
    for (const auto& [answer, count] : result.answers) answers[answer] += count;
    for (const auto& [type, count] : result.events) events[type] += count;
  }
};

constexpr std::size_t kShown = 40;  // of what happened before

void print_failure(const Result& result, std::uint64_t seed, const std::string& plant, std::size_t shown, bool strict) {
  fmt::print("FAIL seed {}: {}\n  {}\n", seed, name(result.found->invariant), result.found->what);
  const std::size_t from = result.trail.size() > shown ? result.trail.size() - shown : 0;
  for (std::size_t i = from; i < result.trail.size(); ++i) fmt::print("    {}\n", result.trail[i]);
  fmt::print("  again: ./dev sim --seeds 1 --first {}{}{}\n", seed, plant.empty() ? "" : " --plant " + plant,
             strict ? " --strict" : "");
}

void print_totals(const Totals& totals, bool verbose) {
  const auto hours = std::chrono::duration_cast<std::chrono::minutes>(totals.simulated).count() / 60.0;
  fmt::print(
      "  {} seeds, {:.1f} simulated hours, {} commits, {} requests of which {} were carried out, {} events heard\n",
      totals.seeds, hours, totals.commits, totals.requests, totals.accepted, totals.heard);
  for (const auto& [what, count] : totals.known) fmt::print("  known, {} times: {}\n", count, what);
  if (!verbose) return;
  for (const auto& [answer, count] : totals.answers) fmt::print("    {:7} {}\n", count, answer);
  for (const auto& [type, count] : totals.events) fmt::print("    {:7} {}\n", count, domain::name(type));
}

struct Options {
  std::uint64_t seeds = 500, first = 1;
  std::size_t shown = kShown;
  std::string plant;
  bool prove = false, strict = false, verbose = false, go_on = false;
};

Plant plant_of(const std::string& name) {
  for (const Planted& one : kPlants)
    if (one.name == name) return one.plant;
  return Plant::nothing;
}

int simulate(const Options& options) {
  Totals totals;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
    const Result result = Simulation(seed, plant_of(options.plant), options.strict).run();
    totals.add(result);
    if (result.found) {
      ++failed;
      print_failure(result, seed, options.plant, options.shown, options.strict);
      if (!options.go_on) break;
    }
  }
  print_totals(totals, options.verbose);
  fmt::print("sim: {} passed, {} failed\n", totals.seeds - failed, failed);
  return failed == 0 ? 0 : 1;
}

// What is broken on purpose must be found.
int prove(const Options& options) {
  int passed = 0, failed = 0;
  for (const Planted& one : kPlants) {
    std::optional<Broken> found;
    std::uint64_t seed = options.first;
    for (; seed < options.first + options.seeds && !found; ++seed)
      found = Simulation(seed, one.plant, false).run().found;
    if (found)
      fmt::print("  {:10} found after {} seeds: {}: {}\n", one.name, seed - options.first, name(found->invariant),
                 found->what);
    else
      fmt::print("FAIL {} was not found in {} seeds\n", one.name, options.seeds);
    ++(found ? passed : failed);
  }
  fmt::print("sim: {} passed, {} failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace costage::sim

int main(int argc, char** argv) {
  using namespace costage::sim;
  Options options;
  CLI::App cli{"Whole nodes in one process in virtual time: people, trouble, and what must hold all the same."};
  cli.add_option("--seeds", options.seeds, "How many");
  cli.add_option("--first", options.first, "The first");
  cli.add_option("--plant", options.plant, "Something broken on purpose")
      ->check(CLI::IsMember({"deaf", "early", "forgetful", "off-by-one", "unchecked"}));
  cli.add_option("--shown", options.shown, "How much of what happened is printed of a seed that failed");
  cli.add_flag("--prove", options.prove, "Every fault that can be planted must be found");
  cli.add_flag("--strict", options.strict, "What is known already counts as a failure (known.hpp)");
  cli.add_flag("--verbose", options.verbose, "What was answered and what happened, in numbers");
  cli.add_flag("--go-on", options.go_on, "After a seed that failed");
  CLI11_PARSE(cli, argc, argv);
  spdlog::set_level(spdlog::level::off);  // the database's health says what is wrong with it
  return options.prove ? prove(options) : simulate(options);
}
