// One row per attribute (a=) of a session or section: its name, how its value is read, and how it is written. Parser
// and serializer both walk these tables, so an attribute cannot be read one way and written another.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sfu/wire/sdp/session.hpp"

namespace costage::sfu::sdp {

// Of one section. They are looked up by walking through, so these bound what a section costs.
inline constexpr std::size_t kMaxPayloadTypes = 128;  // there are no more numbers
inline constexpr std::size_t kMaxSsrcs = 64;          // three layers with RTX and FEC are nine
inline constexpr std::size_t kMaxListed = 512;        // of anything else; Chromium lists 120 kinds of feedback

template <class Target>
struct Attribute {
  std::string_view name;
  // False: malformed. A flag has an empty value.
  bool (*read)(Target& target, std::string_view value);
  // Appends every line of this attribute that `target` has.
  void (*write)(std::string& out, std::string_view name, const Target& target);
};

// In the order in which they are written.
[[nodiscard]] std::span<const Attribute<Session>> session_attributes();
[[nodiscard]] std::span<const Attribute<Media>> media_attributes();

// "a=name:value\r\n", or "a=name\r\n" without a value.
void write_attribute(std::string& out, std::string_view name, std::string_view value = {});

}  // namespace costage::sfu::sdp
