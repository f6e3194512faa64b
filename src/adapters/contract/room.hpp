// A room's JSON, both ways.
#pragma once

#include "adapters/contract/fields.hpp"
#include "domain/room/room.hpp"

namespace costage::contract {

[[nodiscard]] json::object to_json(const domain::Room& room);
// Sets what the object has; what it does not have stays.
void read(Fields& fields, domain::RoomDetails& details);

}  // namespace costage::contract
