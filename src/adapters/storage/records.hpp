// Domain objects as the JSON text that both databases keep in their `body` columns. What queries filter or sort by has
// a column of its own beside it. decode_* throws std::exception on text that encode() did not write.
#pragma once

#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "domain/state.hpp"

namespace costage::storage {

// A room's row: its state without the invitations, which have rows of their own.
struct RoomRecord {
  domain::Room room;
  domain::Stage stage;
  std::vector<WallTime> recent_invites;
  std::uint64_t seq = 0;
};

std::string encode(const RoomRecord& record);
std::string encode(const domain::Invitation& invitation);
std::string encode(const domain::Event& event);
std::string encode(const app::IdempotencyRecord& record);

RoomRecord decode_room(const std::string& body);
domain::Invitation decode_invitation(const std::string& body);
domain::Event decode_event(const std::string& body);
app::IdempotencyRecord decode_answer(const std::string& body);

}  // namespace costage::storage
