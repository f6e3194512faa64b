#include "domain/chat/chat.hpp"

#include "base/check.hpp"
#include "domain/chat/events.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<Writers>, 3> kWriters{
    {{Writers::everybody, "everybody"}, {Writers::stage, "stage"}, {Writers::nobody, "nobody"}}};

}  // namespace

std::string_view name(Writers writers) { return name_in(kWriters, writers); }
std::optional<Writers> writers_from(std::string_view name) { return value_in(kWriters, name); }

bool is_pinned(const ChatPin& pin, WallTime now) { return !pin.text.empty() && (!pin.until || now < *pin.until); }

Chat apply(Chat chat, const ChatEvent& event) {
  COSTAGE_CHECK(event.seq == chat.seq + 1, "events are applied in order, without a hole");
  chat.seq = event.seq;
  if (const auto* change = std::get_if<SettingsChange>(&event.data)) chat.settings = change->settings;
  if (const auto* change = std::get_if<PinChange>(&event.data)) chat.pin = change->pin;
  return chat;
}

}  // namespace costage::domain
