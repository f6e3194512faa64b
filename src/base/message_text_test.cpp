#include "base/message_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "base/text.hpp"

namespace costage {
namespace {

using namespace std::string_literals;

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

std::string said(std::string_view text) { return message_text(text).value_or("refused"); }

void expect_refused(std::string_view text, BadMessage reason) {
  const auto answer = message_text(text);
  ASSERT_FALSE(answer) << text;
  EXPECT_EQ(sentence(answer.error()), sentence(reason)) << text;
}

TEST(MessageText, IsTidiedAndOtherwiseLeftAlone) {
  EXPECT_EQ(said("Hello"), "Hello");
  EXPECT_EQ(said("  \t\n Hello, world \u3000\r\n"), "Hello, world");
  EXPECT_EQ(said("a\tb"), "a b");
  EXPECT_EQ(said("a\r\nb\rc\nd\u2028e"), "a\nb\nc\nd\ne");
  EXPECT_EQ(said("a\n\nb"), "a\n\nb");
  EXPECT_EQ(said("a\n\n\nb"), "a\n\nb");
  EXPECT_EQ(said("a\r\n\r\n\r\n\r\nb"), "a\n\nb");
  EXPECT_EQ(said("  two  spaces  within"), "two  spaces  within");
}

TEST(MessageText, IsInNfc) {
  EXPECT_EQ(said("Gru\u0308\u00dfe"), "Gr\u00fc\u00dfe");
  EXPECT_EQ(said("Vie\u0323\u0302t"), "Vi\u1ec7t");
  EXPECT_EQ(said("\u1112\u1161\u11ab"), "\ud55c");
}

TEST(MessageText, ScriptsOfTheWorldPass) {
  for (const auto text : {
           "Tiếng Việt có dấu",
           "สวัสดีครับ ที่นี่ น้ำ กี่",
           "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
           "ٱللَّٰهِ بِسْمِ ٱلرَّحْمَٰنِ",
           "بِسۡمِ ٱللَّهِ",
           "བསྒྲུབས་ ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
           "हिन्दी क्ष मैं",
           "বাংলা",
           "தமிழ்",
           "မြန်မာ ကြွှို့",
           "ភាសាខ្មែរ",
           "日本語、ひらがな、カタカナ",
           "中文",
           "한국어",
           "Русский й ё",
           "Ελληνικά",
           "ქართული",
           "አማርኛ",
           "می\u200cخواهم",
           "ක්\u200dෂ",
           "葛\U000E0100",
           "\u200Fשלום (abc)\u200E!",
           "soft\u00ADhyphen",
       })
    EXPECT_TRUE(message_text(text)) << text;
  EXPECT_EQ(said("می\u200cخواهم"), "می\u200cخواهم") << "joiners within words stay";
}

TEST(MessageText, EmojisPassAsTheyAre) {
  for (const auto text : {"👩‍👩‍👧‍👦", "❤️‍🔥", "1️⃣",
                          "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "🇺🇦", "🏳️‍🌈",
                          "👍🏽", "🧑🏽‍🤝‍🧑🏿", "❤️", "🏴‍☠️"})
    EXPECT_EQ(said(text), text);
}

TEST(MessageText, NothingSeenIsBlank) {  // N-051
  for (const auto text : {"", " ", "\n\r\n\t", "\u3000\u00A0", "\u200B", "\u200D\u200D", "\u3164", "\u200E\u200F",
                          "\u2800", "\uFE0F", "\u00AD"})
    expect_refused(text, BadMessage::blank);
}

TEST(MessageText, HasTwentyLinesAtMost) {  // N-051
  EXPECT_TRUE(message_text(times(19, "a\n") + "a"));
  EXPECT_TRUE(message_text(times(20, "a\n") + "\n\n")) << "line feeds at the end are no lines";
  expect_refused(times(20, "a\n") + "a", BadMessage::too_many_lines);
  expect_refused(times(20, "a\r") + "a", BadMessage::too_many_lines);
  expect_refused(times(20, "a\u2029") + "a", BadMessage::too_many_lines);
}

TEST(MessageText, MarksDoNotPileUp) {  // N-051
  EXPECT_TRUE(message_text("x" + times(4, "\u0336")));
  expect_refused("x" + times(5, "\u0336"), BadMessage::stacked_marks);
  EXPECT_TRUE(message_text(times(100, "x" + times(4, "\u0336"))));
  expect_refused("Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319a\u0324", BadMessage::stacked_marks);
  expect_refused("ก" + times(5, "\u0E47"), BadMessage::stacked_marks);
  expect_refused("x" + times(3, "\u0336") + "\u200D" + times(3, "\u0336"), BadMessage::stacked_marks);
  expect_refused(times(6, "\u0336"), BadMessage::stacked_marks);
  EXPECT_TRUE(message_text("\u0F40" + times(8, "\u0F90")));
  expect_refused("\u0F40" + times(9, "\u0F90"), BadMessage::stacked_marks);
  expect_refused("\u05D0" + times(5, "\u0301"), BadMessage::stacked_marks);
}

TEST(MessageText, NothingIsHidden) {  // N-051
  for (const auto hidden : {"\u202A", "\u202B", "\u202C",     "\u202D",     "\u202E", "\u2066", "\u2067", "\u2068",
                            "\u2069", "\u200B", "\u2060",     "\u2064",     "\uFEFF", "\u180E", "\u115F", "\u1160",
                            "\u3164", "\uFFA0", "\U000E0041", "\U000E007F", "\uFFF9", "\u206A"})
    expect_refused("a"s + hidden + "b", BadMessage::misleading);
  expect_refused("🏴\U000E0067\U000E0062", BadMessage::misleading);
  expect_refused("👍\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", BadMessage::misleading);
  expect_refused("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E0061\U000E0061\U000E007F",
                 BadMessage::misleading);
}

TEST(MessageText, JoinersStandBetweenWhatIsSeen) {  // N-051
  EXPECT_EQ(said("\u200Fשלום\u200E"), "שלום");
  EXPECT_EQ(said("\u200D\uFE0Fa\u200C"), "a");
  EXPECT_EQ(said("a\u061Cb"), "a\u061Cb");
  EXPECT_TRUE(message_text("a" + times(3, "\u200D") + "b"));
  expect_refused("a" + times(4, "\u200D") + "b", BadMessage::misleading);
  expect_refused("👍" + times(4, "\U000E0120"), BadMessage::misleading);
}

TEST(MessageText, TidiesOnce) {
  for (const auto text : {" a\r\r\r\nb ", "\u0301a", " \u0301", "a\n \u0308", "\u200F \u0301\u200F"}) {
    const auto once = message_text(text);
    ASSERT_TRUE(once) << text;
    EXPECT_EQ(said(*once), *once) << text;
  }
}

TEST(Graphemes, AreWhatPeopleCount) {
  EXPECT_EQ(graphemes(""), 0u);
  EXPECT_EQ(graphemes("Ann"), 3u);
  EXPECT_EQ(graphemes("e\u0301"), 1u);
  EXPECT_EQ(graphemes("👩‍👩‍👧‍👦🇺🇦👍🏽1️⃣"), 4u);
  EXPECT_EQ(graphemes("한국어"), 3u);
  EXPECT_EQ(graphemes("\u1112\u1161\u11ab"), 1u);
  EXPECT_EQ(graphemes("น้ำ"), 1u);
}

TEST(Excerpt, IsOneLineAndCutBetweenGraphemes) {
  EXPECT_EQ(excerpt("Hello", 5), "Hello");
  EXPECT_EQ(excerpt("Hello!", 5), "Hell…");
  EXPECT_EQ(excerpt("a\nb\n\nc\r\nd", 20), "a b c d");
  EXPECT_EQ(excerpt("ab cd", 4), "ab…");
  EXPECT_EQ(excerpt("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2),
            "👩‍👩‍👧‍👦…");
  EXPECT_EQ(excerpt("👩‍👩‍👧‍👦", 1), "👩‍👩‍👧‍👦");
  EXPECT_EQ(excerpt("ab", 1), "…");
  EXPECT_EQ(excerpt("ab", 0), "");
  EXPECT_EQ(excerpt("", 0), "");
}

TEST(OneEmoji, IsOne) {
  for (const auto text : {"😀",
                          "👍🏽",
                          "👩‍👩‍👧‍👦",
                          "🇺🇦",
                          "1️⃣",
                          "#️⃣",
                          "❤️",
                          "❤",
                          "☺",
                          "❤️‍🔥",
                          "🏴‍☠️",
                          "🏳️‍🌈",
                          "🕵🏻‍♂",
                          "😀️",
                          "©️",
                          "👩‍🦰",
                          "🙂‍↔️",
                          "🐦‍🔥",
                          "\U0001FAE9",
                          "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
                          "🧑🏽‍❤️‍💋‍🧑🏿"})
    EXPECT_TRUE(is_one_emoji(text)) << text;
}

TEST(OneEmoji, IsNothingElse) {
  for (const auto text : {"",   "a", "1",  "1️",   "#",   "©",       "😀😀",    "😀a", " 😀", "🇺",
                          "🇽🇽", "é", "中", "👍 ", "‍", "😀‍", "‍😀", "️",    "❤︎",   "ab"})
    EXPECT_FALSE(is_one_emoji(text)) << text;
  EXPECT_FALSE(is_one_emoji("😀" + times(5, "‍👩🏽‍👩🏽"))) << "longer than any";
}

TEST(Links, AreFound) {
  for (const auto text : {"https://example.com/a",
                          "look HTTP://x",
                          "www.example.test",
                          "Www.example",
                          "example.com",
                          "EXAMPLE.COM",
                          "Example.Com",
                          "see example.com.",
                          "(example.com)",
                          "t.me/x",
                          "youtu.be/abc",
                          "discord.gg/abc",
                          "bit.ly/2x",
                          "a.b.example.co.uk",
                          "ann@example.org",
                          "example . com",
                          "example[.]com",
                          "example (dot) com",
                          "example [ . ] com",
                          "example。com",
                          "example．com",
                          "ｅｘａｍｐｌｅ．ｃｏｍ",
                          "exam\u200Dple.com",
                          "http://[::1]/",
                          "пример.рф",
                          "münchen.de",
                          "my-shop.online!",
                          "twitch.tv/ann",
                          "привет example.ru"})
    EXPECT_TRUE(holds_link(text)) << text;
}

TEST(Links, AreNotSeenWhereThereAreNone) {
  for (const auto text : {"",
                          "I agree.So do I",
                          "3.5",
                          "e.g. this",
                          "i.e. that",
                          "e.g.this",
                          "z.B. so",
                          "Hello.World",
                          "...com",
                          "com",
                          "Wait...So what",
                          "U.S. of A.",
                          "p.m.",
                          "v1.2.3",
                          "main.py",
                          "notes.txt",
                          "yes.it is",
                          "tell me.to me",
                          "the .com bubble",
                          "the dot com bubble",
                          "St.Gallen",
                          "a.b",
                          "1.000.000",
                          "10.30",
                          "end. com",
                          "是的。So do I",
                          "好。好",
                          "http://",
                          "https:// x",
                          "wwww",
                          "awww.nice",
                          "www.",
                          "and/or",
                          "Ja. De heer",
                          "(.)",
                          "[.",
                          "."})
    EXPECT_FALSE(holds_link(text)) << text;
}

TEST(Skeleton, IsTheSameForWhatLooksAlike) {  // N-053
  for (const auto text : {"spam",     "SPAM",    "Spám",    "s.p.a.m",  "s p a m",    "S-P-A-M", "sp@m",       "$p4m",
                          "5pam",     "spaaaam", "ѕраm",    "ｓｐａｍ", "𝓼𝓹𝓪𝓶",       "ⓢⓟⓐⓜ",    "s\u200Dpam", "spam!",
                          "\"spam\"", "sp.am",   "s*p*a*m", "s_p_a_m",  "s, p, a, m", "sparn"})
    EXPECT_EQ(skeleton(text), "spam") << text;
  EXPECT_EQ(skeleton("IDIOT"), skeleton("1d10t"));
  EXPECT_EQ(skeleton("idiot"), skeleton("ldіоt"));
  EXPECT_EQ(skeleton("hello"), skeleton("he11o"));
  EXPECT_EQ(skeleton("hello"), skeleton("hellllo"));
  EXPECT_EQ(skeleton("shit"), skeleton("shiiiit"));
  EXPECT_EQ(skeleton("Straße"), skeleton("STRASSE"));
  EXPECT_EQ(skeleton("Привет"), skeleton("ПРИВЕТ"));
  EXPECT_EQ(skeleton("שָׁלוֹם"), skeleton("שלום"));
  EXPECT_EQ(skeleton("مُحَمَّد"), skeleton("محمد"));
  EXPECT_EQ(skeleton("나쁜 말"), "나쁜 말");
  EXPECT_EQ(skeleton("🖕🏽"), skeleton("🖕"));
}

TEST(Skeleton, KeepsWordsApart) {  // N-053
  EXPECT_EQ(skeleton("  you,   noob!\nbye "), "you noob bye");
  EXPECT_EQ(skeleton("you,noob"), "you noob");
  EXPECT_EQ(skeleton("yes...noob"), "yes noob");
  EXPECT_EQ(skeleton("don't"), "dont");
  EXPECT_EQ(skeleton("a dog"), "a dog");
  EXPECT_EQ(skeleton("good"), "good");
  EXPECT_EQ(skeleton("goood"), "god");
  EXPECT_NE(skeleton("illegal"), skeleton("legal"));
  EXPECT_NE(skeleton("all"), skeleton("AI"));
  EXPECT_NE(skeleton("กิน"), skeleton("กัน"));
  EXPECT_EQ(skeleton("你好"), "你 好");
  EXPECT_EQ(skeleton("ok👍👍ok"), "ok 👍 👍 ok");
}

TEST(Skeleton, LeavesNumbersAlone) {  // N-053
  EXPECT_EQ(skeleton("455 viewers"), "455 vlewers");
  EXPECT_EQ(skeleton("$100"), "100");
  EXPECT_EQ(skeleton("2024"), "2024");
}

TEST(Skeleton, OfNothingIsEmpty) {
  for (const auto text : {"", " ", "...", "?!", "@", "\u0301", "\u200B"}) EXPECT_EQ(skeleton(text), "") << text;
}

// Whatever people paste: letters of many scripts, marks, spaces, punctuation, emojis.
rc::Gen<std::string> anything() {
  const auto part = rc::gen::element<std::string>(
      "a", "i", "l", "r", "n", "m", "I", "O", "0", "1", "5", "@", "$", ".", ",", " ", "\n", "-", "\u0301", "\u0336",
      "\u200D", "\uFE0F", "й", "ы", "Ю", "з", "ß", "ﬁ", "ק", "ا", "ه", "ก", "ิ", "क", "ि", "中", "か", "\u3099", "한",
      "ㅋ", "👍", "🏽", "🇺", "⃣", "𝓼", "ǆ", "ŉ", "İ", "ı", "ﷺ", "㎏", "¼", "Ⅷ");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(part), [](const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& one : parts) out += one;
    return out;
  });
}

RC_GTEST_PROP(MessageTextProperties, AnswersItsOwnAnswer, ()) {
  const std::string text = *anything();
  if (const auto once = message_text(text)) RC_ASSERT(said(*once) == *once);
  const std::string alike = skeleton(text);
  RC_ASSERT(!bad_text(alike));
  RC_ASSERT(skeleton(alike) == alike);
  RC_ASSERT(graphemes(excerpt(text, 5)) <= 5);
}

// 10 kB of the worst: what takes ten times as long as this is no longer in proportion.
TEST(MessageText, TakesLittleTime) {
  for (const auto part : {"a", " .", "[ . ] ", "a.", "ﷺ", "x\u0336\u0336\u0336\u0336", "🏴", "http://", "s p ", "ilil",
                          "rn.", "\u200D"}) {
    const std::string text = times(10'000 / std::string_view{part}.size(), part);
    const auto start = std::chrono::steady_clock::now();
    (void)message_text(text);
    (void)excerpt(text, 100);
    (void)holds_link(text);
    (void)skeleton(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{2}) << part;
  }
}

}  // namespace
}  // namespace costage
