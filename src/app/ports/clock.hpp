// What time it is. Only the use cases ask; the domain is told.
#pragma once

#include "base/time.hpp"

namespace costage::app {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
};

}  // namespace costage::app
