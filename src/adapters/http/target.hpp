// The request target (RFC 9112 section 3.2): origin-form and absolute-form, percent-decoded. What decodes to something
// that is no text (base/text.hpp) is no target.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace costage::http {

struct Target {
  std::string path;                                       // decoded; begins with '/', leading slashes collapsed to one
  std::vector<std::string> segments;                      // decoded one by one, so that %2F stays inside its segment
  std::map<std::string, std::string, std::less<>> query;  // the first value of a name that repeats
  std::vector<std::pair<std::string, std::string>> query_list;  // in order, with repetitions
};

[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

}  // namespace costage::http
