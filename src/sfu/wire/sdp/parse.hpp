// SDP text to model. Line ends may be CRLF or LF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::sdp {

// What a description may hold. It is counted in one pass before anything else is done with it, and the time to parse it
// grows with its length only.
struct Limits {
  std::size_t text = 256 * 1024;
  std::size_t sections = 256;
  std::size_t lines = 32 * 1024;
};
inline constexpr std::size_t kMaxLine = 8 * 1024;
[[nodiscard]] bool fits(std::string_view text, const Limits& limits);

// Empty: over a limit, not SDP, or an attribute that is understood but malformed. Unknown attributes are skipped.
[[nodiscard]] std::optional<Session> parse(std::string_view text, const Limits& limits = {});

}  // namespace costage::sfu::sdp
