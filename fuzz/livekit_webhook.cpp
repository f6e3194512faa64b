// Webhooks of a LiveKit server as JSON: whatever they hold, what is made of them can be stored and shown.
#include <string>

#include "adapters/livekit_client/egress_info.hpp"
#include "adapters/livekit_client/media_room.hpp"
#include "adapters/livekit_client/webhook_receiver.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

using namespace costage;

namespace {

void expect_storable(const domain::Egress& egress) {
  COSTAGE_CHECK(!bad_text(egress.error) && !bad_text(egress.file), "texts of an egress can be stored");
  for (const std::string& url : egress.destinations) {
    COSTAGE_CHECK(!bad_text(url), "a destination can be stored");
    COSTAGE_CHECK(url.find('?') == std::string::npos, "without its key");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = livekit_client::parse_webhook(std::string(as_text(Bytes(data, size))));
  if (!event) return 0;
  if (const auto report = livekit_client::report_of(event->egress_info())) expect_storable(report->egress);
  livekit_client::MediaRoom room{domain::RoomId{"r"}};
  static_cast<void>(room.on_webhook(*event, 1));
  static_cast<void>(room.on_webhook(*event, 2));
  COSTAGE_CHECK(room.people().size() <= 1, "one event is about one person");
  return 0;
}
