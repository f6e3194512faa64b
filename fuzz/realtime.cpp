// A client's message is read or refused with a sentence; a topic that was read has that very name.
#include "adapters/realtime/client_message.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"

using namespace costage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = realtime::parse(as_text(Bytes(data, size)));
  if (!message) {
    COSTAGE_CHECK(!message.error().detail.empty(), "a refusal says why");
    return 0;
  }
  if (const auto* subscribe = std::get_if<realtime::Subscribe>(&message->what))
    COSTAGE_CHECK(realtime::topic_from(realtime::name(subscribe->topic)) == subscribe->topic, "names are unique");
  return 0;
}
