// A broken assumption of our own stops the program, with the place and the reason. Never for input from outside.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace costage::detail {

[[noreturn]] inline void check_failed(const char* what, const char* why, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken assumption: %s (%s)\n", file, line, what, why);
  std::abort();
}

}  // namespace costage::detail

#define COSTAGE_CHECK(condition, why)                                       \
  do {                                                                      \
    if (!(condition)) [[unlikely]]                                          \
      ::costage::detail::check_failed(#condition, why, __FILE__, __LINE__); \
  } while (false)
