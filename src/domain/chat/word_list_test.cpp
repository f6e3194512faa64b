#include "domain/chat/word_list.hpp"

#include <gtest/gtest.h>

namespace costage::domain {
namespace {

constexpr auto kHold = WordAction::hold, kRefuse = WordAction::refuse;

std::optional<WordAction> found(std::string_view word, std::string_view message) {
  return verdict(message, {{{std::string{word}, kHold}}, {}});
}

TEST(WordList, FindsWholeWords) {  // N-053
  EXPECT_EQ(found("ass", "you ass"), kHold);
  EXPECT_EQ(found("ass", "Ass!"), kHold);
  EXPECT_EQ(found("ass", "ass"), kHold);
  EXPECT_EQ(found("ass", "first class"), std::nullopt);
  EXPECT_EQ(found("ass", "assume"), std::nullopt);
  EXPECT_EQ(found("ass", "455 viewers"), std::nullopt);
  EXPECT_EQ(found("ass", ""), std::nullopt);
}

TEST(WordList, FindsThemHoweverTheyAreWritten) {  // N-053
  for (const auto message :
       {"such an IDIOT", "1d10t", "i.d.i.o.t", "i d i o t", "idiiiiot", "ídïøt", "іdіоt", "ｉｄｉｏｔ", "id\u200Diot",
        "you,idiot", "\U0001D4F2\U0001D4ED\U0001D4F2\U0001D4F8\U0001D4FD"})
    EXPECT_EQ(found("Idiot", message), kHold) << message;
  EXPECT_EQ(found("1D10T", "idiot"), kHold) << "an entry is read as a message is";
}

TEST(WordList, FindsThemStretched) {  // N-053
  for (const auto message : {"assss", "ASSS!", "AsSsS", "a\nasssss"})
    EXPECT_EQ(found("ass", message), kHold) << message;
  EXPECT_EQ(found("idiot", "idiooooot"), kHold);
  EXPECT_EQ(found("ass", "as"), std::nullopt);
  EXPECT_EQ(found("good", "goooood"), kHold);
}

TEST(WordList, FindsInEveryScript) {  // N-053
  EXPECT_EQ(found("дурак", "ты ДУРАК!"), kHold);
  EXPECT_EQ(found("дурак", "дураков"), std::nullopt);
  EXPECT_EQ(found("傻瓜", "你是傻瓜吗"), kHold);
  EXPECT_EQ(found("ばか", "おまえばかだ"), kHold);
  EXPECT_EQ(found("바보", "너 바보 야"), kHold);
  EXPECT_EQ(found("غبي", "أنت غَبِي"), kHold);
  EXPECT_EQ(found("मूर्ख", "तुम मूर्ख हो"), kHold);
  EXPECT_EQ(found("🖕", "take this🖕🏽"), kHold);
}

TEST(WordList, FindsPhrases) {  // N-053
  EXPECT_EQ(found("go away", "please GO   away, now"), kHold);
  EXPECT_EQ(found("go away", "go far away"), std::nullopt);
  EXPECT_EQ(found("go away", "ego away"), std::nullopt);
}

TEST(WordList, AStarFindsWhatBeginsSo) {  // N-053
  EXPECT_EQ(found("spam*", "a spammer"), kHold);
  EXPECT_EQ(found("spam* ", "spam"), kHold);
  EXPECT_EQ(found("spam*", "antispam"), std::nullopt);
  EXPECT_EQ(found("spam", "spammer"), std::nullopt);
  EXPECT_EQ(found("go awa*", "go away"), kHold);
}

TEST(WordList, RefusesRatherThanHolds) {  // N-053
  const WordList list{{{"mild", kHold}, {"rude", kRefuse}, {"tame", kHold}}, {}};
  EXPECT_EQ(verdict("a mild word", list), kHold);
  EXPECT_EQ(verdict("mild, rude and tame", list), kRefuse);
  EXPECT_EQ(verdict("rude", list), kRefuse);
  EXPECT_EQ(verdict("nice", list), std::nullopt);
}

TEST(WordList, LinksAreForTheHostToAllow) {  // N-053
  EXPECT_EQ(verdict("see example.com", {}), std::nullopt);
  EXPECT_EQ(verdict("see example.com", {{}, kHold}), kHold);
  EXPECT_EQ(verdict("see example.com", {{}, kRefuse}), kRefuse);
  EXPECT_EQ(verdict("see example.com", {{{"see", kRefuse}}, kHold}), kRefuse);
  EXPECT_EQ(verdict("no link", {{}, kRefuse}), std::nullopt);
}

TEST(WordList, HasLimits) {  // N-053
  WordList list{std::vector<ListedWord>(kListedWords, {"word", kHold}), {}};
  EXPECT_EQ(bad_list(list), std::nullopt);
  list.words.push_back({"word", kHold});
  EXPECT_EQ(bad_list(list), "There must not be more than 500 words.");
  std::string long_word;
  for (std::size_t i = 0; i < kListedWordLength / 2; ++i) long_word += "яб";
  EXPECT_EQ(bad_list({{{long_word, kHold}}, {}}), std::nullopt);
  EXPECT_EQ(bad_list({{{long_word + "я", kHold}}, {}}), "A word must not be longer than 100 characters.");
}

TEST(WordList, HoldsNothingThatFindsNothing) {  // N-053
  for (const auto text : {"", " ", "*", "...", "\u0301", "?!"}) {
    EXPECT_TRUE(bad_list({{{text, kRefuse}}, {}})) << text;
    EXPECT_EQ(verdict("anything at all", {{{text, kRefuse}}, {}}), std::nullopt) << text;
  }
  EXPECT_EQ(bad_list({{{"?!", kHold}}, {}}), "\"?!\" holds no letter, digit or emoji to look for.");
}

TEST(WordList, ActionsHaveNames) {
  for (const WordAction action : {kHold, kRefuse}) EXPECT_EQ(word_action_from(name(action)), action);
  EXPECT_EQ(name(kRefuse), "refuse");
  EXPECT_EQ(word_action_from("allow"), std::nullopt);
}

}  // namespace
}  // namespace costage::domain
