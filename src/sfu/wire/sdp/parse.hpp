// SDP text to model. Line ends may be CRLF or LF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::sdp {

inline constexpr std::size_t kMaxText = 256 * 1024;
inline constexpr std::size_t kMaxSections = 256;
inline constexpr std::size_t kMaxLine = 8 * 1024;

// Empty: over a limit, not SDP, or an attribute that is understood but malformed. Unknown attributes are skipped.
[[nodiscard]] std::optional<Session> parse(std::string_view text);

}  // namespace costage::sfu::sdp
