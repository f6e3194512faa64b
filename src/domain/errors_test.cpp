#include "domain/errors.hpp"

#include <gtest/gtest.h>

#include <set>

namespace costage::domain {
namespace {

TEST(Refusals, EveryCodeHasItsOwnNameAStatusAndASentence) {
  std::set<std::string_view> names;
  for (const CodeInfo& row : all_codes()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_GE(row.http_status, 400) << row.name;
    EXPECT_EQ(row.sentence.back(), '.') << row.name << ": a sentence for people";
    EXPECT_EQ(&info(row.code), &row) << "info() finds the row";
  }
  EXPECT_EQ(info(Code::unavailable).name, "unavailable") << "the last code has a row";
}

TEST(Refusals, DetailReplacesTheSentence) {
  EXPECT_EQ(Refusal{Code::stage_full}.sentence(), info(Code::stage_full).sentence);
  EXPECT_EQ(Refusal::invalid("title", "A room needs a title.").sentence(), "A room needs a title.");
}

}  // namespace
}  // namespace costage::domain
