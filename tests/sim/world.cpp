#include "world.hpp"

#include <fmt/format.h>

#include "known.hpp"

namespace costage::sim {

std::string_view name(Invariant invariant) {
  switch (invariant) {
    case Invariant::acknowledged:
      return "acknowledged: every acknowledged write is in the history";
    case Invariant::one_end:
      return "one end: an invitation ends once, and for everybody the same";
    case Invariant::limits:
      return "limits: every state that is told or stored is one that can be";
    case Invariant::whole:
      return "whole: every client hears every history whole and in order";
    case Invariant::rights:
      return "rights: a right to publish ends with its lease";
    case Invariant::one_effect:
      return "one effect: an idempotency key has one effect";
    case Invariant::answered:
      return "answered: nothing waits for ever";
    case Invariant::known_here:
      return "known here: what a node keeps in mind is what the database says";
    case Invariant::lives:
      return "lives: a node ends when it is told to, and not by itself";
  }
  return "";
}

void World::run_until(WallTime end) {
  while (!found_ && !acts_.empty() && acts_.begin()->first.first <= end) {
    const auto next = acts_.extract(acts_.begin());
    now_ = next.key().first;
    next.mapped()();
  }
  if (!found_) now_ = end;
}

void World::note(std::string what) {
  constexpr double kMsPerSecond = 1000;
  const auto passed = static_cast<double>((now_ - kBegin).count()) / kMsPerSecond;
  trail_.push_back(fmt::format("{:8.3f} s  {}", passed, what));
}

void World::broken(Invariant invariant, std::string what) {
  if (found_) return;
  for (const Known& known : kKnown)
    if (!strict_ && known.invariant == invariant && what.find(known.says) != std::string::npos) {
      note("known: " + what);
      ++known_[known.name];
      return;
    }
  note("BROKEN " + what);
  found_ = Broken{invariant, std::move(what)};
}

}  // namespace costage::sim
