#pragma once

#include <vector>

#include "domain/egress/egress.hpp"

namespace costage::domain {

struct EgressChange {
  Egress egress;
  std::vector<Egress> running;  // after that
  bool operator==(const EgressChange&) const = default;
};

}  // namespace costage::domain
