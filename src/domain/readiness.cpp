#include "domain/readiness.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<DeviceReadiness>, 6> kDevices{{{DeviceReadiness::unknown, "unknown"},
                                                          {DeviceReadiness::ready, "ready"},
                                                          {DeviceReadiness::silent, "silent"},
                                                          {DeviceReadiness::off, "off"},
                                                          {DeviceReadiness::blocked, "blocked"},
                                                          {DeviceReadiness::missing, "missing"}}};
constexpr std::array<Named<ConnectionGrade>, 4> kGrades{{{ConnectionGrade::unknown, "unknown"},
                                                         {ConnectionGrade::good, "good"},
                                                         {ConnectionGrade::fair, "fair"},
                                                         {ConnectionGrade::poor, "poor"}}};

using Version = std::array<int, 4>;

std::optional<Version> parse(std::string_view text) {
  constexpr std::ptrdiff_t kMostDigits = 6;
  Version out{};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (int& part : out) {
    const auto [stop, error] = std::from_chars(at, end, part);
    if (error != std::errc{} || *at == '-' || stop - at > kMostDigits) return {};
    if (stop == end) return out;
    if (*stop != '.') return {};
    at = stop + 1;
  }
  return {};
}

}  // namespace

std::string_view name(DeviceReadiness readiness) { return name_in(kDevices, readiness); }
std::string_view name(ConnectionGrade grade) { return name_in(kGrades, grade); }
std::optional<DeviceReadiness> device_readiness_from(std::string_view name) { return value_in(kDevices, name); }
std::optional<ConnectionGrade> connection_grade_from(std::string_view name) { return value_in(kGrades, name); }

bool works(DeviceReadiness device) { return device == DeviceReadiness::ready || device == DeviceReadiness::silent; }

bool is_version(std::string_view text) { return parse(text).has_value(); }

bool is_older(std::string_view version, std::string_view than) {
  const auto one = parse(version), other = parse(than);
  if (!one || !other) return other.has_value();
  return *one < *other;
}

}  // namespace costage::domain
