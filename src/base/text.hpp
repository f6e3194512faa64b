// Text from outside is checked once, where it comes in, by bad_text(): what passes can be stored, signed, logged and
// shown anywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace costage {

enum class BadText {
  too_long,
  not_utf8,      // RFC 3629: also overlong forms, surrogates, what lies above U+10FFFF
  control,       // U+0000..U+001F but tab, line feed and carriage return; U+007F..U+009F
  noncharacter,  // U+FDD0..U+FDEF and the last two of every plane (Unicode section 23.7)
  blank,         // an id of nothing but spaces and characters that nobody sees
  misleading,    // an id with characters that change its direction or are not seen, or with a space at an end
};

// Follows "it", as in "title: it holds control characters".
[[nodiscard]] std::string_view sentence(BadText bad);

// Any text: titles, names, metadata, descriptions. `max` in bytes.
[[nodiscard]] std::optional<BadText> bad_text(std::string_view text, std::size_t max = static_cast<std::size_t>(-1));

// How many code points a text has that passed bad_text(): what people, and the contract's maxLength, count.
[[nodiscard]] std::size_t characters(std::string_view text);

// Text that names somebody or something, and that two people must not see as the same: one line, nothing hidden.
[[nodiscard]] std::optional<BadText> bad_id(std::string_view id, std::size_t max);

// As HTTP compares names and codings: only A-Z are folded. (What Boost 1.81 has for it reads past the end.)
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace costage
