// The bodies of events as JSON text, by the field lists. Keys are part of the database's format.
#pragma once

#include <string>
#include <string_view>

#include "domain/chat/events.hpp"
#include "domain/events.hpp"

namespace costage::storage {

std::string encode(const domain::EventData& data);
std::string encode(const domain::ChatEventData& data);
// Throws std::exception when the text is not what was written: the database is damaged.
domain::EventData decode_event(domain::EventType type, std::string_view text);
domain::ChatEventData decode_event(domain::ChatEventType type, std::string_view text);

}  // namespace costage::storage
