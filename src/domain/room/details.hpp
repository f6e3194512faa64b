// What a host says about a show, and may change as long as they like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/room/policy.hpp"

namespace costage::domain {

struct RoomDetails {
  std::string title;
  std::string description;
  std::string metadata = "{}";    // a JSON object, opaque to us (D15)
  std::vector<std::string> tags;  // words to find the show by, each once
  Policies policies;
  // When the host means to go live: told to everybody, nothing happens by itself.
  std::optional<WallTime> scheduled_at;

  bool operator==(const RoomDetails&) const = default;
};

// Why these cannot be, or nothing.
std::optional<Refusal> bad_details(const RoomDetails& details);
// One that is kept may be over; a new one is ahead.
std::optional<Refusal> bad_schedule(const RoomDetails& details, const std::optional<WallTime>& kept, WallTime now);
std::optional<Refusal> bad_tags(const std::vector<std::string>& tags, const char* field);
bool is_blank(const std::string& text);
// Of a text that is not longer than that many characters: nothing.
std::optional<Refusal> too_long(const std::string& text, std::size_t limit, const char* field);

}  // namespace costage::domain
