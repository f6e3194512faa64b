#pragma once

#include "domain/moderation/standing.hpp"

namespace costage::domain {

struct ModerationChange {
  Standing standing;  // as it is now, also where nothing is left of it
  bool operator==(const ModerationChange&) const = default;
};

}  // namespace costage::domain
