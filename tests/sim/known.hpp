// What the simulation found and what is not repaired yet: counted, and no failure. Each line goes with its repair.
#pragma once

#include <array>
#include <string_view>

#include "world.hpp"

namespace costage::sim {

struct Known {
  std::string_view name;
  Invariant invariant{};
  std::string_view says;  // a part of what is said of it
};

inline constexpr std::array<Known, 9> kKnown{{
    // Followers::written() forgets a place that start() has just set back and that waits for a retry.
    {"a follower's place is forgotten while it is retried", Invariant::lives, "map::at"},
    // App::follow() of a client's snapshot counts as told here what was not; an old leader writes an older position.
    {"a follower stays behind", Invariant::answered, "media_rights is at"},
    {"a node does not know a show that a client of it does", Invariant::known_here, " does not know "},
    // Looks go 15 s back and a read that failed is not tried again: who was paused or cut off for longer has holes.
    {"a node never hears what was written while it could not look", Invariant::whole, " is at "},
    {"a node never hears that a show is over", Invariant::known_here, " still knows "},
    // What is not followed (a show that is over) is told with the commit, and again from a hint.
    {"a node's gate admits a lease whose end it never heard of", Invariant::rights, " admits the dead "},
    {"a client hears twice of a show that is over", Invariant::whole, " again after "},
    // A chat that is not followed yet is told from the middle to who waits for an answer.
    {"a client has a hole in a chat that its node began to follow", Invariant::whole, "of the chat misses what is"},
    // A late report about an older seat is decided about the newer one, and what would correct it is dropped.
    {"somebody who left counts as connected", Invariant::known_here, " is not connected and counts as up"},
}};

}  // namespace costage::sim
