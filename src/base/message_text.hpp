// The text of a chat message: what may be said, how it is shortened, and what two texts that look alike have in common.
// All of it takes text that has passed bad_text(), is pure, and takes time in proportion to the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace costage {

enum class BadMessage {
  blank,           // nothing that anybody sees
  too_many_lines,  // more than kMessageLines
  stacked_marks,   // accents piled up on one letter until they cover other messages
  misleading,      // characters that change the direction of others, or that nobody sees
};
inline constexpr std::size_t kMessageLines = 20;
// On one letter. Scripts that stack their own marks (Hebrew with points, Tibetan) need more of those.
inline constexpr std::size_t kStackedMarks = 4;
inline constexpr std::size_t kStackedScriptMarks = 8;

// Follows "it", as in "text: it is blank".
[[nodiscard]] std::string_view sentence(BadMessage bad);

// In NFC; every line end is one line feed, a tab is a space, of more than two line feeds two are left, and nothing
// unseen stands at its ends. Given its own answer, it answers the same.
[[nodiscard]] Result<std::string, BadMessage> message_text(std::string_view text);

// What people count as characters: extended grapheme clusters.
[[nodiscard]] std::size_t graphemes(std::string_view text);

// One line of at most `max` graphemes; the last is an ellipsis where something was cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t max);

// One emoji as people see it: with its skin tone, a family, a flag, a keycap. Also those of a Unicode newer than ICU's.
[[nodiscard]] bool is_one_emoji(std::string_view text);

// An address (https://, www.) or the name of a host with an ending that is known. Endings that are also words (.me,
// .so) count only with a path.
[[nodiscard]] bool holds_link(std::string_view text);

// The words of a text, separated by single spaces, so that texts that look alike become equal: without case, accents
// and punctuation, look-alike letters (UTS 39) and digits as one letter, letters that are spelled apart as one word.
// It is to compare, not to show: i, l and 1 are all "l". A character of Chinese or Japanese is a word, so is an emoji.
// Given its own answer, it answers the same.
[[nodiscard]] std::string skeleton(std::string_view text);

}  // namespace costage
