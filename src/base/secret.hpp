// What must not be logged cannot be printed: no operator<<, no fmt formatter, only reveal() where it is used.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace costage {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& reveal() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace costage
