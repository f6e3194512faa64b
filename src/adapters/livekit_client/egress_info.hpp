// LiveKit's messages about egress, as what the use cases ask for and hear. Pure.
#pragma once

#include <livekit/egress.pb.h>

#include <optional>
#include <string>
#include <string_view>

#include "app/ports/egress_server.hpp"

namespace costage::livekit_client {

// Nothing: it is not about a whole room.
[[nodiscard]] std::optional<app::EgressReport> report_of(const livekit::EgressInfo& info);

struct RecordingSettings {
  std::string path;          // where recordings go, in the words of LiveKit's egress: "{room_name}-{time}.mp4"
  std::string template_url;  // the page that is recorded; empty: LiveKit's own
};
[[nodiscard]] livekit::RoomCompositeEgressRequest request_for(const app::EgressOrder& order,
                                                              const RecordingSettings& settings);

// The name that LiveKit's own page for recording has for it.
[[nodiscard]] std::string template_of(domain::Layout layout);

// The platform and its application, without user, password and key. LiveKit shortens keys ("{abc...xyz}"): that is
// kept, to tell two apart.
[[nodiscard]] std::string without_key(std::string_view url);

// What LiveKit says of an error: one line that can be stored and shown.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace costage::livekit_client
