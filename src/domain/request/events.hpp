#pragma once

#include "domain/request/request.hpp"

namespace costage::domain {

struct RequestChange {
  StageRequest request;
  bool operator==(const RequestChange&) const = default;
};

}  // namespace costage::domain
