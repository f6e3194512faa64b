#include "domain/room/details.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

std::optional<Refusal> bad_title(const std::string& title) {
  if (is_blank(title)) return Refusal::invalid("title", "A room needs a title.");
  return too_long(title, limits::kTitle, "title");
}

std::optional<Refusal> bad_metadata(const std::string& metadata) {
  if (metadata.size() <= limits::kMetadata) return {};
  return Refusal::invalid("metadata", "It must not be longer than " + std::to_string(limits::kMetadata) + " bytes.");
}

}  // namespace

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

std::optional<Refusal> too_long(const std::string& text, std::size_t limit, const char* field) {
  if (characters(text) <= limit) return {};
  return Refusal::invalid(field, "It must not be longer than " + std::to_string(limit) + " characters.");
}

std::optional<Refusal> bad_tags(const std::vector<std::string>& tags, const char* field) {
  if (tags.size() > limits::kTags)
    return Refusal::invalid(field, "There must not be more than " + std::to_string(limits::kTags) + ".");
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    if (is_blank(*tag) || tag->find_first_of("\t\r\n") != std::string::npos)
      return Refusal::invalid(field, "Each must be one line that is not blank.");
    if (auto bad = too_long(*tag, limits::kTag, field)) return bad;
    if (std::find(tags.begin(), tag, *tag) != tag) return Refusal::invalid(field, "Each must be there once.");
  }
  return {};
}

std::optional<Refusal> bad_details(const RoomDetails& details) {
  if (auto bad = bad_title(details.title)) return bad;
  if (auto bad = too_long(details.description, limits::kDescription, "description")) return bad;
  if (auto bad = bad_metadata(details.metadata)) return bad;
  if (auto bad = bad_tags(details.tags, "tags")) return bad;
  return bad_policies(details.policies);
}

std::optional<Refusal> bad_schedule(const RoomDetails& details, const std::optional<WallTime>& kept, WallTime now) {
  const auto& at = details.scheduled_at;
  if (!at || at == kept) return {};
  if (*at < now) return Refusal::invalid("scheduledAt", "It must not be over.");
  if (*at > now + limits::kScheduledAhead) return Refusal::invalid("scheduledAt", "It must be within a year.");
  return {};
}

}  // namespace costage::domain
