#include "sfu/wire/sdp/parse.hpp"

#include "sfu/wire/sdp/attributes.hpp"
#include "sfu/wire/sdp/words.hpp"

namespace costage::sfu::sdp {
namespace {

template <class Target>
bool read_attribute(Target& target, std::span<const Attribute<Target>> known, std::string_view line) {
  const std::string_view name = cut(line, ':');
  for (const Attribute<Target>& attribute : known)
    if (attribute.name == name) return attribute.read(target, line);
  return true;
}

// o=<username> <session id> <version> IN IP4 <address>
bool read_origin(Origin& origin, std::string_view line) {
  origin.username = next_word(line);
  return !origin.username.empty() && store(origin.session_id, number<std::uint64_t>(next_word(line))) &&
         store(origin.session_version, number<std::uint64_t>(next_word(line)));
}

bool read_formats(Media& media, std::string_view line) {
  if (!media.is_rtp()) {
    media.format = trimmed(line);
    return true;
  }
  for (auto text = next_word(line); !text.empty(); text = next_word(line)) {
    const auto payload_type = number<std::uint8_t>(text, 127);
    if (!payload_type || media.payload_types.size() == kMaxPayloadTypes) return false;
    media.payload_types.push_back(*payload_type);
  }
  return true;
}

// m=<kind> <port> <protocol> <formats>
bool read_media(Session& session, std::string_view line) {
  Media& media = session.media.emplace_back();
  media.kind = next_word(line);
  if (media.kind.empty() || !store(media.port, number<std::uint16_t>(next_word(line)))) return false;
  media.protocol = next_word(line);
  return !media.protocol.empty() && read_formats(media, line);
}

bool read_line(Session& session, char type, std::string_view value) {
  if (type == 'm') return read_media(session, value);
  if (type == 'o') return read_origin(session.origin, value);
  if (type != 'a') return true;
  if (session.media.empty()) return read_attribute(session, session_attributes(), value);
  return read_attribute(session.media.back(), media_attributes(), value);
}

// "<letter>=<value>" without the end of the line.
bool well_formed(std::string_view line) {
  return line.size() >= 2 && line.size() <= kMaxLine && line[1] == '=' &&
         line.find_first_of(std::string_view("\r\0", 2)) == std::string_view::npos;
}

}  // namespace

bool fits(std::string_view text, const Limits& limits) {
  if (text.size() > limits.text) return false;
  std::size_t lines = 0;
  std::size_t sections = 0;
  for (std::size_t at = 0; at < text.size(); ++lines) {
    sections += text.substr(at, 2) == "m=";
    const std::size_t end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return lines <= limits.lines && sections <= limits.sections;
}

std::optional<Session> parse(std::string_view text, const Limits& limits) {
  if (!fits(text, limits) || !text.starts_with("v=0")) return {};
  Session session;
  bool has_origin = false;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!well_formed(line) || !read_line(session, line[0], line.substr(2))) return {};
    has_origin = has_origin || line[0] == 'o';
  }
  if (!has_origin) return {};
  return session;
}

}  // namespace costage::sfu::sdp
