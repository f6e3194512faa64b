// What a client of signalling v1 says before its WebSocket opens: ?join_request=, base64url of a WrappedJoinRequest
// whose content may be compressed.
#pragma once

#include <livekit/signal.pb.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace costage::livekit_server {

// Decompressed. A URL of 64 KiB could grow to 50 MiB; LiveKit has the same limit.
inline constexpr std::size_t kMaxJoinRequest = 1024 * 1024;

// The error is a sentence for the client's developer.
[[nodiscard]] Result<livekit::JoinRequest, std::string> read_join_request(std::string_view text);

// RFC 1952; empty: not gzip, cut off, or longer than `most`.
[[nodiscard]] std::optional<std::string> gunzip(std::string_view compressed, std::size_t most);

}  // namespace costage::livekit_server
