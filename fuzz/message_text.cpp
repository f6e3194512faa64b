// What is tidied stays as it is, an excerpt is never longer than asked for, and a word that is listed is found in a
// message that is just that word. The first byte says how long the excerpt is.
#include "base/message_text.hpp"

#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/chat/word_list.hpp"

using namespace costage;

namespace {

void tidy(std::string_view text) {
  const auto once = message_text(text);
  if (!once) return;
  COSTAGE_CHECK(!bad_text(*once), "a message is text");
  COSTAGE_CHECK(message_text(*once) == *once, "what is tidied stays as it is");
}

void shorten(std::string_view text, std::size_t max) {
  const std::string line = excerpt(text, max);
  COSTAGE_CHECK(graphemes(line) <= max, "an excerpt is not longer than asked for");
  COSTAGE_CHECK(!bad_text(line) && line.find('\n') == std::string::npos, "an excerpt is one line of text");
}

void compare(std::string_view text) {
  const std::string alike = skeleton(text);
  COSTAGE_CHECK(!bad_text(alike), "a skeleton is text");
  COSTAGE_CHECK(skeleton(alike) == alike, "a skeleton is its own");
}

void look_through(std::string_view text) {
  using domain::WordAction;
  const domain::WordList list{{{"spam*", WordAction::hold}, {"go away", WordAction::refuse}}, WordAction::hold};
  (void)domain::verdict(text, list);
  const domain::WordList itself{{{std::string{text}, WordAction::refuse}}, {}};
  const bool is_listed = !domain::bad_list(itself);
  if (is_listed) COSTAGE_CHECK(domain::verdict(text, itself) == WordAction::refuse, "a listed word is found in itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = as_text(Bytes(data + 1, size - 1));
  if (bad_text(text)) return 0;
  tidy(text);
  shorten(text, data[0]);
  compare(text);
  look_through(text);
  COSTAGE_CHECK(!is_one_emoji(text) || graphemes(text) == 1, "one emoji is one grapheme");
  return 0;
}
