// Times as text (RFC 3339), both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace costage::contract {

[[nodiscard]] std::string iso8601(WallTime time);  // "2026-11-21T10:00:00.000Z"
// With any fraction of a second, of which milliseconds are kept, and any offset from UTC. Section 5.6; no leap seconds.
[[nodiscard]] std::optional<WallTime> time_from(std::string_view text);

}  // namespace costage::contract
