// Every text of a JSON document from outside, checked in one go (base/text.hpp).
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "base/text.hpp"

namespace costage::json_text {

struct BadField {
  std::string path;  // "policies.name", "tags[2]"; empty for the document itself
  BadText why{};

  // "title cannot be used: it holds control characters."
  [[nodiscard]] std::string sentence() const;
};

// The first text or name of a field, at any depth, that is none.
[[nodiscard]] std::optional<BadField> find_bad(const boost::json::value& value);

}  // namespace costage::json_text
