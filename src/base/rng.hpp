// Randomness is a parameter: tests pass SeededRng and print the seed, the program passes a cryptographic one
// (adapters/config/system_rng.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace costage {

class Rng {
 public:
  virtual ~Rng() = default;
  virtual std::uint64_t next() = 0;

  std::uint32_t u32() { return static_cast<std::uint32_t>(next() >> 32); }
  // Uniform in [0, n), n > 0, by rejection.
  std::uint64_t below(std::uint64_t n) {
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
    std::uint64_t v = next();
    while (v >= limit) v = next();
    return v % n;
  }
  void fill(MutableBytes out) {
    for (auto& b : out) b = static_cast<std::uint8_t>(next() >> 56);
  }
  // Text of letters and digits that are hard to confuse (no 0 O I l 1), e.g. for ids.
  std::string text(std::size_t length) {
    static constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::string out(length, ' ');
    for (char& c : out) c = kAlphabet[below(kAlphabet.size())];
    return out;
  }
};

// splitmix64: for tests and simulations only, never for secrets.
class SeededRng final : public Rng {
 public:
  explicit SeededRng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace costage
