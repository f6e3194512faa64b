// What is stored as JSON text: the bodies of events and of remembered answers. Names are part of the database's
// format: a renamed field needs a migration.
#pragma once

#include <string>
#include <string_view>

#include "app/ports/store.hpp"

namespace costage::storage {

// Decoding throws std::exception when the text is not what was written: the database is damaged.
std::string encode(const domain::EventData& data);
domain::EventData decode_event(domain::EventType type, std::string_view text);
std::string encode(const app::StoredAnswer& answer);
app::StoredAnswer decode_answer(std::string_view text);

}  // namespace costage::storage
