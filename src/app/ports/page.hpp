// Pages: `cursor` is opaque text from the page before, empty for the first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace costage::app {

struct PageRequest {
  std::size_t limit = 20;
  std::string cursor;
};
template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty: this was the last page
};

}  // namespace costage::app
