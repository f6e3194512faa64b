#include "domain/chat/word_list.hpp"

#include <algorithm>

#include "base/message_text.hpp"
#include "base/text.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<WordAction>, 2> kActions{{{WordAction::hold, "hold"}, {WordAction::refuse, "refuse"}}};

// As it stands in a skeleton with a space at its end; empty where there is nothing to find.
std::string pattern_of(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const bool is_beginning = text.ends_with('*');
  const std::string words = skeleton(text);
  if (words.empty()) return {};
  return is_beginning ? words : words + ' ';
}

std::optional<WordAction> stricter(std::optional<WordAction> a, std::optional<WordAction> b) {
  static_assert(WordAction::hold < WordAction::refuse);
  return std::max(a, b);
}

// A skeleton makes one of "sss", but the word that was stretched may be written with two.
std::string with_runs_of_two(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_letter = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
    const std::string_view last_two = std::string_view{out}.substr(out.size() < 2 ? 0 : out.size() - 2);
    if (!is_letter || !equals_ignoring_case(last_two, std::string(2, c))) out += c;
  }
  return out;
}

char first_of(const ListedWord& pattern) { return pattern.text.front(); }

}  // namespace

std::string_view name(WordAction action) { return name_in(kActions, action); }
std::optional<WordAction> word_action_from(std::string_view name) { return value_in(kActions, name); }

std::optional<std::string> bad_list(const WordList& list) {
  if (list.words.size() > kListedWords)
    return "There must not be more than " + std::to_string(kListedWords) + " words.";
  for (const ListedWord& word : list.words) {
    if (characters(word.text) > kListedWordLength)
      return "A word must not be longer than " + std::to_string(kListedWordLength) + " characters.";
    if (pattern_of(word.text).empty()) return "\"" + word.text + "\" holds no letter, digit or emoji to look for.";
  }
  return {};
}

WordFilter::WordFilter(const WordList& list) : links_(list.links) {
  patterns_.reserve(list.words.size());
  for (const ListedWord& word : list.words)
    if (std::string pattern = pattern_of(word.text); !pattern.empty())
      patterns_.push_back({std::move(pattern), word.action});
  std::ranges::sort(patterns_, {}, first_of);
}

std::optional<WordAction> WordFilter::verdict(std::string_view message) const {
  std::optional<WordAction> found;
  if (links_ && holds_link(message)) found = links_;
  found = stricter(found, in_words(skeleton(message)));
  if (const std::string shorter = with_runs_of_two(message); shorter != message)
    found = stricter(found, in_words(skeleton(shorter)));
  return found;
}

std::optional<WordAction> WordFilter::in_words(std::string text) const {
  text += ' ';
  std::optional<WordAction> found;
  for (std::size_t at = 0; at < text.size() && found != WordAction::refuse; at = text.find(' ', at) + 1)
    found = stricter(found, begins_with(std::string_view{text}.substr(at)));
  return found;
}

std::optional<WordAction> WordFilter::begins_with(std::string_view words) const {
  std::optional<WordAction> found;
  for (const ListedWord& pattern : std::ranges::equal_range(patterns_, words.front(), {}, first_of))
    if (words.starts_with(pattern.text)) found = stricter(found, pattern.action);
  return found;
}

std::optional<WordAction> verdict(std::string_view message, const WordList& list) {
  return WordFilter{list}.verdict(message);
}

}  // namespace costage::domain
