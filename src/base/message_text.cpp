#include "base/message_text.hpp"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/errorcode.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

#include "base/check.hpp"

namespace costage {
namespace {

using Points = std::u32string;  // code points
using PointsView = std::u32string_view;

constexpr char32_t kZwnj = 0x200C, kZwj = 0x200D, kEmojiStyle = 0xFE0F, kBlackFlag = 0x1F3F4, kTagsEnd = 0xE007F;

// ICU fails only where its own data are missing.
struct Status : icu::ErrorCode {
  ~Status() override { COSTAGE_CHECK(isSuccess(), errorName()); }
};

UChar32 icu_point(char32_t c) { return static_cast<UChar32>(c); }
bool has(char32_t c, UProperty property) { return u_hasBinaryProperty(icu_point(c), property); }
bool is_space(char32_t c) { return u_isUWhiteSpace(icu_point(c)); }
bool is_unseen(char32_t c) { return has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }
bool is_letter(char32_t c) { return u_isalpha(icu_point(c)); }
bool is_mark(char32_t c) { return (U_GET_GC_MASK(icu_point(c)) & U_GC_M_MASK) != 0; }
bool is_in(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

UScriptCode script_of(char32_t c) {
  Status status;
  return uscript_getScript(icu_point(c), status);
}

template <class T>
bool is_one_of(T value, std::initializer_list<T> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

Points points_of(std::string_view text) {
  Points out;
  out.reserve(text.size());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    out += static_cast<char32_t>(c);
  }
  return out;
}

std::string utf8(PointsView points) {
  std::string out;
  for (const char32_t c : points) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes;
    std::size_t size = 0;
    U8_APPEND_UNSAFE(bytes.data(), size, icu_point(c));
    out.append(reinterpret_cast<const char*>(bytes.data()), size);
  }
  return out;
}

icu::UnicodeString icu_text(PointsView points) {
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(points.data()),
                                       static_cast<std::int32_t>(points.size()));
}

// `form` is one of Normalizer2's get...Instance.
std::string normalized(const icu::Normalizer2* (*form)(UErrorCode&), std::string_view text) {
  Status status;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece in{text.data(), static_cast<std::int32_t>(text.size())};
  if (const auto* normalizer = form(status)) normalizer->normalizeUTF8(0, in, sink, nullptr, status);
  return out;
}

// ---- message_text

bool is_line_end(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
bool is_style(char32_t c) { return has(c, UCHAR_VARIATION_SELECTOR); }
bool is_direction(char32_t c) { return c == 0x200E || c == 0x200F || c == 0x61C; }
bool is_loose(char32_t c) { return is_space(c) || is_direction(c) || c == kZwj || c == kZwnj; }

Points with_tidy_lines(PointsView text) {
  Points out;
  std::size_t feeds = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    feeds = is_line_end(text[i]) ? feeds + 1 : 0;
    if (feeds > 2) continue;
    if (feeds > 0)
      out += '\n';
    else
      out += text[i] == '\t' ? ' ' : text[i];
  }
  return out;
}

PointsView trimmed(PointsView text) {
  while (!text.empty() && (is_loose(text.front()) || is_style(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_loose(text.back())) text.remove_suffix(1);
  return text;
}

bool is_visible(char32_t c) {
  constexpr char32_t kBrailleBlank = 0x2800;
  return !is_space(c) && !is_unseen(c) && c != kBrailleBlank;
}

// Unseen, and yet people's languages and emojis need it.
bool is_needed(char32_t c) {
  constexpr char32_t kSoftHyphen = 0xAD, kJoinedMarks = 0x34F;
  return is_loose(c) || is_style(c) || c == kSoftHyphen || c == kJoinedMarks || is_in(c, 0x17B4, 0x17B5);
}

// How many tags follow a black flag and make it the flag of a part of a country (UTS 51, ED-14a).
std::size_t tags_of_flag(PointsView after) {
  const auto is_tag = [](char32_t c) { return is_in(c, 0xE0030, 0xE0039) || is_in(c, 0xE0061, 0xE007A); };
  const auto end = std::find_if_not(after.begin(), after.end(), is_tag);
  const auto count = static_cast<std::size_t>(end - after.begin());
  return count >= 3 && count <= 6 && end != after.end() && *end == kTagsEnd ? count + 1 : 0;
}

bool misleads(PointsView text) {
  constexpr std::size_t kInARow = 3;  // a heart on fire has two
  std::size_t unseen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    unseen = is_unseen(c) ? unseen + 1 : 0;
    if (is_in(c, 0xFFF9, 0xFFFB) || unseen > kInARow || (unseen > 0 && !is_needed(c))) return true;
    if (c == kBlackFlag) i += tags_of_flag(text.substr(i + 1));
  }
  return false;
}

bool stacks_its_marks(UScriptCode script) {
  return is_one_of(script,
                   {USCRIPT_HEBREW, USCRIPT_ARABIC, USCRIPT_SYRIAC, USCRIPT_TIBETAN, USCRIPT_MYANMAR, USCRIPT_LANNA});
}

// Marks that take room of their own pile up nothing, but they carry on with the same letter.
bool has_stacked_marks(PointsView text) {
  std::size_t marks = 0, of_no_script = 0;
  for (const char32_t c : text) {
    if (is_unseen(c) || u_charType(icu_point(c)) == U_COMBINING_SPACING_MARK) continue;
    if (!is_mark(c)) marks = of_no_script = 0;
    if (!is_mark(c)) continue;
    ++marks;
    if (!stacks_its_marks(script_of(c))) ++of_no_script;
    if (of_no_script > kStackedMarks || marks > kStackedScriptMarks) return true;
  }
  return false;
}

// ---- graphemes and emojis

// Where each ends, in bytes.
std::vector<std::size_t> grapheme_ends(std::string_view text) {
  Status status;
  thread_local const std::unique_ptr<icu::BreakIterator> breaks{
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status)};
  const icu::LocalUTextPointer opened{
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), status)};
  std::vector<std::size_t> ends;
  if (status.isFailure()) return ends;
  breaks->setText(opened.getAlias(), status);
  for (auto end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next())
    ends.push_back(static_cast<std::size_t>(end));
  return ends;
}

std::string in_one_line(std::string_view text) {
  Points out;
  for (const char32_t c : points_of(text)) {
    if (!is_line_end(c))
      out += c;
    else if (out.empty() || out.back() != ' ')
      out += ' ';
  }
  return utf8(out);
}

bool is_known_emoji(PointsView text) {
  const icu::UnicodeString in = icu_text(text);
  return u_stringHasBinaryProperty(in.getBuffer(), in.length(), UCHAR_RGI_EMOJI);
}

// ICU knows which code points will be emojis once.
bool is_emoji_to_come(PointsView part) {
  const char32_t c = part.front();
  if (u_charType(icu_point(c)) != U_UNASSIGNED || !has(c, UCHAR_EXTENDED_PICTOGRAPHIC)) return false;
  return part.size() == 1 || (part.size() == 2 && (part[1] == kEmojiStyle || has(part[1], UCHAR_EMOJI_MODIFIER)));
}

// Between two joiners. Keyboards differ in where they write that the emoji is coloured.
bool is_emoji_part(PointsView part) {
  if (part.empty()) return false;
  if (is_known_emoji(part) || is_emoji_to_come(part)) return true;
  if (part.back() == kEmojiStyle) return is_known_emoji(part.substr(0, part.size() - 1));
  constexpr char32_t kLatinLast = 0xFF;  // not the sign of copyright
  return part.size() == 1 && part.front() > kLatinLast && is_known_emoji(Points{part} + kEmojiStyle);
}

// ---- links

// Of countries and of what is sold to everybody. Not all that exist: what people write by hand is not to be mistaken.
constexpr std::array<std::string_view, 124> kEndings{
    "com",    "net",    "org",    "info",  "biz",    "edu",   "gov",      "io",   "gg",     "tv",      "ly",
    "xyz",    "top",    "online", "site",  "shop",   "store", "club",     "live", "stream", "link",    "click",
    "app",    "dev",    "page",   "blog",  "cloud",  "games", "casino",   "bet",  "porn",   "sex",     "xxx",
    "adult",  "cam",    "social", "news",  "media",  "tech",  "website",  "vip",  "wtf",    "mobi",    "ai",
    "co",     "eu",     "uk",     "de",    "fr",     "nl",    "pl",       "cz",   "sk",     "hu",      "ro",
    "bg",     "gr",     "dk",     "fi",    "ee",     "lv",    "lt",       "ru",   "ua",     "kz",      "cn",
    "jp",     "kr",     "tw",     "hk",    "sg",     "th",    "vn",       "ph",   "au",     "nz",      "ca",
    "mx",     "br",     "ar",     "cl",    "ch",     "ie",    "il",       "ir",   "ae",     "za",      "ng",
    "ke",     "gh",     "eg",     "tr",    "pk",     "lk",    "cc",       "ws",   "tk",     "ml",      "ga",
    "cf",     "gq",     "pw",     "icu",   "buzz",   "fm",    "pt",       "si",   "hr",     "rip",     "monster",
    "agency", "center", "email",  "group", "studio", "trade", "download", "loan", "poker",  "finance", "money",
    "chat",   "video",  "рф"};
// These are words, or the ends of names of files.
constexpr std::array<std::string_view, 34> kWordEndings{
    "me", "to", "so", "is", "it", "in", "at", "be", "do", "my", "no", "us",  "am",  "as",  "by",  "la",  "id",
    "es", "se", "im", "pe", "ve", "sh", "py", "md", "rs", "ps", "st", "zip", "mov", "run", "now", "one", "fun"};
// No sentence ends, or goes on, with these alone.
constexpr std::array<std::string_view, 6> kPlainEndings{"com", "net", "org", "gg", "ru", "io"};

template <std::size_t N>
bool is_listed(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_name_point(char32_t c) { return u_isalnum(icu_point(c)); }

// As the eye reads it: full width as usual width, nothing unseen, every look-alike dot as a dot.
Points read_plainly(std::string_view text) {
  Points points = points_of(normalized(icu::Normalizer2::getNFKCInstance, text));
  std::erase_if(points, is_unseen);
  std::replace(points.begin(), points.end(), char32_t{0x3002}, U'.');
  return points;
}

bool begins(PointsView text, std::string_view lower_case) {
  const auto same = [](char32_t c, char wanted) {
    return (is_in(c, 'A', 'Z') ? c + 0x20 : c) == static_cast<char32_t>(wanted);
  };
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [&](char w, char32_t c) { return same(c, w); });
}

bool has_address(PointsView text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    for (const std::string_view start : {"http://", "https://", "www."}) {
      if (!begins(text.substr(at), start)) continue;
      if (start == "www." && at > 0 && is_name_point(text[at - 1])) continue;
      const PointsView rest = text.substr(at + start.size());
      if (!rest.empty() && (is_name_point(rest.front()) || rest.front() == '[')) return true;
    }
  return false;
}

// A dot between two names, or what stands for one: " . ", "[.]", "(dot)".
struct Dot {
  std::size_t before, after;
  bool is_apart;
};

Dot widened(PointsView text, Dot dot) {
  if (dot.before > 0 && text[dot.before] == ' ') --dot.before;
  if (dot.after + 1 < text.size() && text[dot.after] == ' ') ++dot.after;
  return dot;
}

std::optional<Dot> bracketed_dot(PointsView text, std::size_t at) {
  const std::size_t kind = std::string_view{"([{<"}.find(static_cast<char>(text[at] & 0x7F));
  if (text[at] > 0x7F || kind == std::string_view::npos) return {};
  std::size_t end = at + 1;
  while (end < text.size() && text[end] == ' ' && end < at + 3) ++end;
  for (const std::string_view word : {".", "dot"}) {
    if (!begins(text.substr(end), word)) continue;
    std::size_t close = end + word.size();
    while (close < text.size() && text[close] == ' ' && close < end + word.size() + 2) ++close;
    if (close + 1 < text.size() && text[close] == static_cast<char32_t>(std::string_view{")]}>"}[kind]))
      return widened(text, {at - 1, close + 1, true});
  }
  return {};
}

std::optional<Dot> dot_at(PointsView text, std::size_t at) {
  if (at == 0 || at + 1 >= text.size()) return {};
  if (text[at] != '.') return bracketed_dot(text, at);
  const Dot dot{at - 1, at + 1, text[at - 1] == ' ' && text[at + 1] == ' '};
  return dot.is_apart ? widened(text, dot) : dot;
}

bool is_path(PointsView text) { return text.size() >= 2 && text[0] == '/' && is_name_point(text[1]); }

// "So", where a sentence begins without a space before it.
bool is_capitalized(PointsView word) {
  return word.size() > 1 && u_isupper(icu_point(word[0])) && !u_isupper(icu_point(word[1]));
}

bool ends_a_host(PointsView text, const Dot& dot) {
  PointsView rest = text.substr(dot.after);
  const auto is_in_name = [](char32_t c) { return is_name_point(c) || c == '-' || c == '_' || is_mark(c); };
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_in_name);
  const PointsView word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(word.size());
  constexpr std::size_t kLongest = 16;
  if (word.size() > kLongest || (rest.size() > 1 && rest[0] == '.' && is_name_point(rest[1]))) return false;
  std::string ending;
  icu_text(word).toLower(icu::Locale::getRoot()).toUTF8String(ending);
  if (dot.is_apart || is_capitalized(word)) return is_listed(kPlainEndings, ending);
  return is_listed(kEndings, ending) || (is_listed(kWordEndings, ending) && is_path(rest));
}

// ---- skeleton

// Accents, points and harakat. Vowels of Indic scripts and Thai, and the dots of kana, make other words.
bool is_accent(char32_t c) {
  if (!is_mark(c) || c == 0x3099 || c == 0x309A) return false;
  return is_one_of(script_of(c), {USCRIPT_INHERITED, USCRIPT_COMMON, USCRIPT_HEBREW, USCRIPT_ARABIC, USCRIPT_SYRIAC,
                                  USCRIPT_CYRILLIC});
}

Points without_case_and_accents(std::string_view text) {
  const std::string folded = normalized(icu::Normalizer2::getNFKCCasefoldInstance, text);
  Points points = points_of(normalized(icu::Normalizer2::getNFDInstance, folded));
  std::erase_if(points, [](char32_t c) { return is_accent(c) || is_unseen(c); });
  return points_of(normalized(icu::Normalizer2::getNFCInstance, utf8(points)));
}

// Written without spaces: each is a word, so that words are found in a sentence. So is an emoji.
bool is_word_by_itself(char32_t c) {
  if (u_charType(icu_point(c)) == U_OTHER_SYMBOL) return true;
  return is_letter(c) && is_one_of(script_of(c), {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO});
}

bool is_in_word(char32_t c) {
  constexpr std::uint32_t kWord = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
  return (U_GET_GC_MASK(icu_point(c)) & kWord) != 0 || c == '@' || c == '$';
}

bool is_within_words(char32_t c) { return PointsView{U".-_*'’·~^`+=\\|‐‑•"}.find(c) != PointsView::npos; }

struct Word {
  Points text;
  bool is_joined = false;  // to the one before: nothing but punctuation within words between them
  [[nodiscard]] bool is_one_letter() const { return text.size() == 1 && !is_word_by_itself(text[0]); }
};

std::vector<Word> pieces_of(PointsView text) {
  std::vector<Word> out;
  Points between;
  bool follows = false;  // the point before is of the same word
  for (const char32_t c : text) {
    const bool by_itself = is_word_by_itself(c);
    if (!by_itself && !is_in_word(c)) {
      between += c;
      follows = false;
      continue;
    }
    if (by_itself || !follows) out.push_back({{}, between.size() == 1 && is_within_words(between[0])});
    out.back().text += c;
    between.clear();
    follows = !by_itself;
  }
  return out;
}

bool belongs_together(const Word& before, const Word& word) {
  if (is_word_by_itself(before.text[0]) || is_word_by_itself(word.text[0])) return false;
  return word.is_joined || (before.is_one_letter() && word.is_one_letter());
}

std::vector<Points> words_of(PointsView text) {
  const std::vector<Word> pieces = pieces_of(text);
  std::vector<Points> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0 && belongs_together(pieces[i - 1], pieces[i]))
      out.back() += pieces[i].text;
    else
      out.push_back(pieces[i].text);
  }
  return out;
}

constexpr char32_t letter_for(char32_t c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    default:
      return c;
  }
}

void read_digits_as_letters(Points& word) { std::transform(word.begin(), word.end(), word.begin(), letter_for); }

// Of ASCII, all that look like others have been read as letters. UTS 39 takes Hangul and such apart into strokes.
bool has_look_alikes(PointsView word) {
  if (std::all_of(word.begin(), word.end(), [](char32_t c) { return c < 0x80; })) return false;
  return std::none_of(word.begin(), word.end(), [](char32_t c) {
    return is_word_by_itself(c) || is_one_of(script_of(c), {USCRIPT_HANGUL, USCRIPT_THAI, USCRIPT_LAO, USCRIPT_KHMER,
                                                            USCRIPT_MYANMAR, USCRIPT_TIBETAN});
  });
}

Points with_prototypes(PointsView word) {
  Status status;
  static const icu::LocalUSpoofCheckerPointer checker{uspoof_open(status)};
  icu::UnicodeString out;
  uspoof_getSkeletonUnicodeString(checker.getAlias(), 0, icu_text(word), out, status);
  std::string text;
  return without_case_and_accents(out.toUTF8String(text));
}

// Runs of three or more become one; of "l" two, which stands for "i" too: "ill" is not "I".
Points without_runs(PointsView word) {
  Points out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t end = std::min(word.find_first_not_of(word[at], at), word.size());
    const std::size_t most = word[at] == 'l' ? 2 : 1;
    const bool is_long = end - at > 2 && is_letter(word[at]);
    out.append(is_long ? most : end - at, word[at]);
    at = end;
  }
  return out;
}

// UTS 39's prototype of "m" is "rn".
Points with_rn_joined(PointsView word) {
  Points out;
  for (const char32_t c : word) {
    if (c == 'n' && !out.empty() && out.back() == 'r')
      out.back() = 'm';
    else
      out += c;
  }
  return out;
}

// Numbers stay numbers: "455" is no insult.
Points look_alike(Points word) {
  if (std::none_of(word.begin(), word.end(), is_letter)) {
    std::erase_if(word, [](char32_t c) { return c == '@' || c == '$'; });
    return word;
  }
  read_digits_as_letters(word);
  if (has_look_alikes(word)) word = with_prototypes(word);
  read_digits_as_letters(word);
  std::erase_if(word, [](char32_t c) { return !is_in_word(c) && !is_word_by_itself(c); });
  word = without_runs(with_rn_joined(word));
  std::replace(word.begin(), word.end(), U'i', U'l');
  return without_runs(word);
}

std::string skeleton_once(std::string_view text) {
  Points out;
  for (Points& word : words_of(without_case_and_accents(text))) {
    const Points alike = look_alike(std::move(word));
    if (alike.empty()) continue;
    if (!out.empty()) out += ' ';
    out += alike;
  }
  return normalized(icu::Normalizer2::getNFCInstance, utf8(out));
}

}  // namespace

std::string_view sentence(BadMessage bad) {
  switch (bad) {
    case BadMessage::blank:
      return "it is blank";
    case BadMessage::too_many_lines:
      static_assert(kMessageLines == 20);
      return "it has more than 20 lines";
    case BadMessage::stacked_marks:
      return "it piles up too many accents on one letter";
    case BadMessage::misleading:
      return "it holds characters that cannot be seen or change its direction";
  }
  return "";
}

Result<std::string, BadMessage> message_text(std::string_view text) {
  const Points tidy = with_tidy_lines(points_of(normalized(icu::Normalizer2::getNFCInstance, text)));
  const PointsView message = trimmed(tidy);
  if (std::none_of(message.begin(), message.end(), is_visible)) return fail(BadMessage::blank);
  if (misleads(message)) return fail(BadMessage::misleading);
  if (has_stacked_marks(message)) return fail(BadMessage::stacked_marks);
  if (std::count(message.begin(), message.end(), U'\n') >= static_cast<std::ptrdiff_t>(kMessageLines))
    return fail(BadMessage::too_many_lines);
  return utf8(message);
}

std::size_t graphemes(std::string_view text) { return grapheme_ends(text).size(); }

std::string excerpt(std::string_view text, std::size_t max) {
  std::string line = in_one_line(text);
  const std::vector<std::size_t> ends = grapheme_ends(line);
  if (ends.size() <= max) return line;
  if (max == 0) return {};
  line.resize(max == 1 ? 0 : ends[max - 2]);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + "…";
}

bool is_one_emoji(std::string_view text) {
  constexpr std::size_t kLongest = 64;  // bytes; the longest family has 41
  if (text.empty() || text.size() > kLongest || graphemes(text) != 1) return false;
  const Points points = points_of(text);
  if (is_known_emoji(points)) return true;
  PointsView rest = points;
  for (;;) {
    const std::size_t joiner = rest.find(kZwj);
    if (!is_emoji_part(rest.substr(0, joiner))) return false;
    if (joiner == PointsView::npos) return true;
    rest.remove_prefix(joiner + 1);
  }
}

bool holds_link(std::string_view text) {
  const Points points = read_plainly(text);
  if (has_address(points)) return true;
  for (std::size_t at = 0; at < points.size(); ++at) {
    const std::optional<Dot> dot = dot_at(points, at);
    if (dot && is_name_point(points[dot->before]) && is_name_point(points[dot->after]) && ends_a_host(points, *dot))
      return true;
  }
  return false;
}

// What became alike may make words of single letters, or look-alikes, anew; it settles within a few rounds.
std::string skeleton(std::string_view text) {
  constexpr int kRounds = 8;
  std::string before = skeleton_once(text);
  for (int round = 1; round < kRounds; ++round) {
    std::string after = skeleton_once(before);
    if (after == before) break;
    before = std::move(after);
  }
  return before;
}

}  // namespace costage
