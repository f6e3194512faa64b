#pragma once

#include "domain/run_of_show/run_of_show.hpp"

namespace costage::domain {

struct RunOfShowChange {
  RunOfShow run_of_show;
  bool operator==(const RunOfShowChange&) const = default;
};

}  // namespace costage::domain
