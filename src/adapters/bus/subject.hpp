// What messages are about, as the server knows it. It would take a space or a wildcard for something else.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.hpp"

namespace costage::bus {

constexpr std::string_view kPrefix = "costage.";
constexpr const char* kEverything = "costage.>";  // one subscription, so that the order is kept across subjects

[[nodiscard]] inline bool is_subject(std::string_view text) {
  const auto fits = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), fits);
}

[[nodiscard]] inline std::string full_subject(std::string_view subject) {
  COSTAGE_CHECK(is_subject(subject), "a subject is a constant or made of ids");
  return std::string{kPrefix}.append(subject);
}

}  // namespace costage::bus
