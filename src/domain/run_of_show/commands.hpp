#pragma once

#include <variant>

#include "domain/actor.hpp"
#include "domain/run_of_show/run_of_show.hpp"

namespace costage::domain {

// The run of show as it shall be, all of it.
struct SetRunOfShow {
  Actor actor;
  RunOfShow run_of_show;
};
using RunOfShowCommand = std::variant<SetRunOfShow>;

}  // namespace costage::domain
