#include "sfu/wire/sdp/serialize.hpp"

#include <fmt/format.h>

#include <iterator>

#include "sfu/wire/sdp/attributes.hpp"

namespace costage::sfu::sdp {
namespace {

void append_media(std::string& out, const Media& media) {
  fmt::format_to(std::back_inserter(out), "m={} {} {}", media.kind, media.port, media.protocol);
  for (const unsigned payload_type : media.payload_types) fmt::format_to(std::back_inserter(out), " {}", payload_type);
  if (!media.format.empty()) out.append(" ").append(media.format);
  out += "\r\nc=IN IP4 0.0.0.0\r\n";
  for (const auto& attribute : media_attributes()) attribute.write(out, attribute.name, media);
}

}  // namespace

std::string serialize(const Session& session) {
  const Origin& origin = session.origin;
  std::string out = fmt::format("v=0\r\no={} {} {} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n", origin.username,
                                origin.session_id, origin.session_version);
  for (const auto& attribute : session_attributes()) attribute.write(out, attribute.name, session);
  for (const Media& media : session.media) append_media(out, media);
  return out;
}

}  // namespace costage::sfu::sdp
