#include "simulation.hpp"

#include <fmt/format.h>

namespace costage::sim {

using namespace domain;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kNodes = 3;
constexpr milliseconds kTrouble = 90s, kQuiet = 90s;
constexpr milliseconds kLookEvery = 1s;
// While nothing fails, nobody is connected longer than that with a lease that is dead..
constexpr milliseconds kRightsBound = 5s;
// ..which holds once what failed before was tried again: followers wait up to 30 s before a try.
constexpr milliseconds kRightsSettle = 45s;
constexpr milliseconds kDeadlineBound = 15s;  // a retry after 5 s, and who does not lead is patient

}  // namespace

Simulation::Simulation(std::uint64_t seed, Plant plant, bool strict)
    : world_(seed, plant, strict), all_(world_), nodes_(all_, kNodes), people_(world_, all_, nodes_) {}

Result Simulation::run() {
  const WallTime begin = world_.now();
  people_.begin();
  nodes_.begin_trouble();
  world_.after(kLookEvery, [this] { look(); });
  world_.run_until(begin + kTrouble);
  if (!world_.found()) {
    world_.note("calm");
    world_.calm_down();
    calm_since_ = world_.now();
    nodes_.calm_down();
    world_.run_until(begin + kTrouble + kQuiet);
  }
  if (!world_.found()) check_end();
  Result out{world_.found(), world_.trail()};
  out.commits = all_.database.ledger().commits();
  out.requests = people_.requests().answered();
  out.accepted = people_.requests().accepted();
  out.heard = people_.events_heard();
  out.simulated = world_.now() - begin;
  out.known = world_.known();
  out.answers = people_.requests().answers();
  out.events = all_.database.ledger().counts();
  return out;
}

void Simulation::look() {
  people_.requests().look();
  if (world_.is_calm() && world_.now() - calm_since_ > kRightsSettle) look_at_rights();
  world_.after(kLookEvery, [this] { look(); });
}

void Simulation::look_at_rights() {
  const auto& leases = all_.database.ledger().leases();
  for (const auto& [place, link] : all_.media.links()) {
    const auto lease = leases.find(link.lease);
    const bool is_dead =
        lease == leases.end() || (lease->second.died_at && world_.now() - *lease->second.died_at > kRightsBound);
    if (is_dead)
      world_.broken(Invariant::rights,
                    place.second.value() + " publishes with " + link.lease.value() + ", which is dead");
  }
}

void Simulation::check_end() {
  people_.check_end();
  look_at_rights();
  check_deadlines();
  check_links();
  check_followers();
  for (const auto& node : nodes_.living()) {
    check_node(*node);
    check_gate(*node);
  }
  world_.run_until(world_.now() + kLookEvery);  // gates may ask the database
}

void Simulation::check_node(Node& node) {
  for (const auto& [room, book] : all_.database.ledger().rooms()) {
    const bool open = is_open(book.state.room.status);
    if (node.app().gate().region_of(room).has_value() != open)
      world_.broken(Invariant::known_here, node.id() + (open ? " does not know " : " still knows ") + room.value());
    if (node.app().rooms().admits_guests(room) != (open && book.state.room.policies.guests_may_watch))
      world_.broken(Invariant::known_here, node.id() + " lets other guests into " + room.value());
  }
}

void Simulation::check_gate(Node& node) {
  for (const auto& [id, lease] : all_.database.ledger().leases()) {
    const bool lives = !lease.died_at;
    node.app().gate().may_publish(
        lease.room, app::on_stage_as(lease.user), id, [this, &node, lives, id = id](bool may) {
          if (may != lives)
            world_.broken(lives ? Invariant::known_here : Invariant::rights,
                          node.id() + (lives ? " refuses the living " : " admits the dead ") + id.value());
        });
  }
}

void Simulation::check_deadlines() {
  for (const auto& [room, book] : all_.database.ledger().rooms()) {
    const auto due = next_deadline(book.state);
    if (due && *due < world_.now() - kDeadlineBound)
      world_.broken(Invariant::answered,
                    fmt::format("{} has not done what was due {} s ago", room.value(), (world_.now() - *due) / 1000ms));
  }
}

// Who is connected, and known as that.
void Simulation::check_links() {
  for (const auto& [room, book] : all_.database.ledger().rooms())
    for (const Seat& seat : book.state.stage.seats) {
      const auto at = all_.media.links().find({room, app::on_stage_as(seat.user)});
      const bool is_there = at != all_.media.links().end() && at->second.lease == seat.lease;
      if (is_there != (seat.link == Link::up))
        world_.broken(Invariant::known_here,
                      seat.user.value() +
                          (is_there ? " is connected and counts as " : " is not connected and counts as ") +
                          std::string(domain::name(seat.link)) + " in " + room.value());
    }
}

void Simulation::check_followers() {
  constexpr std::size_t kSome = 10;
  for (const auto& one : all_.database.memory.history().behind("media_rights", {}, kSome))
    world_.broken(Invariant::answered,
                  fmt::format("media_rights is at {} of {} in {}", one.followed, one.last, one.room.value()));
}

}  // namespace costage::sim
