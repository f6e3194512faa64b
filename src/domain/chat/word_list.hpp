// What a host does not want to read in the chat of a room: words, phrases and links.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace costage::domain {

// `hold`: somebody who moderates looks at the message first. `refuse`: it is not said.
enum class WordAction { hold, refuse };
std::string_view name(WordAction action);
std::optional<WordAction> word_action_from(std::string_view name);

// A word or a phrase, found as whole words by skeleton(); with "*" at its end also what begins so: "spam*" finds
// "spammer".
struct ListedWord {
  std::string text;
  WordAction action = WordAction::hold;

  bool operator==(const ListedWord&) const = default;
};

// In a room's state: 500 * (100 * 4 bytes + 40) = 220 kB at most.
inline constexpr std::size_t kListedWords = 500;
inline constexpr std::size_t kListedWordLength = 100;  // characters

struct WordList {
  std::vector<ListedWord> words;
  std::optional<WordAction> links;  // nothing: they are allowed

  bool operator==(const WordList&) const = default;
};

// A sentence about what is wrong with it.
std::optional<std::string> bad_list(const WordList& list);

// A list made ready to look through many messages.
class WordFilter {
 public:
  explicit WordFilter(const WordList& list);
  // The strictest of what matches.
  [[nodiscard]] std::optional<WordAction> verdict(std::string_view message) const;

 private:
  [[nodiscard]] std::optional<WordAction> in_words(std::string text) const;
  [[nodiscard]] std::optional<WordAction> begins_with(std::string_view words) const;

  std::vector<ListedWord> patterns_;  // "word " or "beginning", in the order of their first bytes
  std::optional<WordAction> links_;
};

std::optional<WordAction> verdict(std::string_view message, const WordList& list);

}  // namespace costage::domain
