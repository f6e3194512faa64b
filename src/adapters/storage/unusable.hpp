// Why a database cannot be used, as the end of a sentence: thrown while it is opened.
#pragma once

#include <stdexcept>

namespace costage::storage {

class Unusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace costage::storage
