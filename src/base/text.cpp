#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace costage {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15: Bidi_Control, the zero-width characters and the soft hyphen; fillers and tags that fonts draw as nothing.
constexpr std::array kUnseen{Range{0xAD, 0xAD},     Range{0x34F, 0x34F},   Range{0x61C, 0x61C},
                             Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F},
                             Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x206F},
                             Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF},
                             Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFFB}, Range{0xE0000, 0xE0FFF}};
constexpr std::array kSpaces{Range{' ', ' '},       Range{0xA0, 0xA0},     Range{0x1680, 0x1680},
                             Range{0x2000, 0x200A}, Range{0x2028, 0x2029}, Range{0x202F, 0x202F},
                             Range{0x205F, 0x205F}, Range{0x3000, 0x3000}};

template <class Ranges>
constexpr bool is_in(const Ranges& ranges, char32_t c) {
  for (const Range& range : ranges)
    if (range.first <= c && c <= range.last) return true;
  return false;
}

constexpr bool is_line_control(char32_t c) { return c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_control(char32_t c) { return c < 0x20 || (0x7F <= c && c <= 0x9F); }
constexpr bool is_noncharacter(char32_t c) { return (0xFDD0 <= c && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE; }

constexpr char32_t kNone = 0xFFFFFFFF;

// RFC 3629 section 4, as a table by first byte: how many bytes follow and what the second may be.
struct Tail {
  int size;
  std::uint8_t low, high;
};
constexpr Tail tail_of(std::uint8_t first) {
  if (first < 0xC2 || first > 0xF4) return {0, 0, 0};
  if (first < 0xE0) return {1, 0x80, 0xBF};
  if (first == 0xE0) return {2, 0xA0, 0xBF};
  if (first == 0xED) return {2, 0x80, 0x9F};
  if (first < 0xF0) return {2, 0x80, 0xBF};
  if (first == 0xF0) return {3, 0x90, 0xBF};
  if (first == 0xF4) return {3, 0x80, 0x8F};
  return {3, 0x80, 0xBF};
}

// Takes one code point from a text that is not empty; kNone where it is not UTF-8.
char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  text.remove_prefix(1);
  if (first < 0x80) return first;
  Tail tail = tail_of(first);
  if (tail.size == 0 || text.size() < static_cast<std::size_t>(tail.size)) return kNone;
  char32_t value = first & (0x3Fu >> tail.size);
  for (; tail.size > 0; --tail.size, tail.low = 0x80, tail.high = 0xBF) {
    const auto next = static_cast<std::uint8_t>(text.front());
    if (next < tail.low || next > tail.high) return kNone;
    value = value << 6 | (next & 0x3Fu);
    text.remove_prefix(1);
  }
  return value;
}

std::optional<BadText> bad_character(char32_t c) {
  if (c == kNone) return BadText::not_utf8;
  if (is_control(c) && !is_line_control(c)) return BadText::control;
  if (is_noncharacter(c)) return BadText::noncharacter;
  return {};
}

}  // namespace

std::string_view sentence(BadText bad) {
  switch (bad) {
    case BadText::too_long:
      return "it is too long";
    case BadText::not_utf8:
      return "it is not valid UTF-8";
    case BadText::control:
      return "it holds control characters";
    case BadText::noncharacter:
      return "it holds code points that are no characters";
    case BadText::blank:
      return "it is blank";
    case BadText::misleading:
      return "it holds characters that cannot be seen or change its direction";
  }
  return "";
}

std::optional<BadText> bad_text(std::string_view text, std::size_t max) {
  if (text.size() > max) return BadText::too_long;
  while (!text.empty())
    if (const auto bad = bad_character(take_code_point(text))) return bad;
  return {};
}

std::size_t characters(std::string_view text) {
  const auto begins_one = [](char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0u) != 0x80u; };
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_one));
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto folded = [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, folded, folded);
}

std::optional<BadText> bad_id(std::string_view id, std::size_t max) {
  if (id.size() > max) return BadText::too_long;
  bool blank = true, misleading = false;
  for (std::string_view rest = id; !rest.empty();) {
    const bool at_start = rest.size() == id.size();
    const char32_t c = take_code_point(rest);
    if (const auto bad = bad_character(c)) return bad;
    if (is_line_control(c)) return BadText::control;
    const bool space = is_in(kSpaces, c), unseen = is_in(kUnseen, c);
    blank = blank && (space || unseen);
    misleading = misleading || unseen || (space && (at_start || rest.empty()));
  }
  if (blank) return BadText::blank;
  return misleading ? std::optional{BadText::misleading} : std::nullopt;
}

}  // namespace costage
