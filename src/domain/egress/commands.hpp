#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/egress/egress.hpp"

namespace costage::domain {

// What somebody wants to be started.
struct EgressPlan {
  EgressKind kind{};
  std::vector<std::string> urls;  // of a restream: with their keys
};

// The media server says so, of one that it carries out. `started_by`: whose wish it was, where that is known.
struct EgressReported {
  Egress egress;
  std::optional<UserId> started_by;
};
using EgressCommand = std::variant<EgressReported>;

}  // namespace costage::domain
