#include "adapters/config/import_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace costage::config {
namespace {

using ::testing::HasSubstr;

const Environment kNothing = [](const std::string&) { return std::nullopt; };

std::string sentence(const std::vector<std::string>& arguments) {
  const auto loaded = load_import(arguments, kNothing);
  return loaded ? "" : loaded.error();
}

TEST(ImportCommand, ArgumentsGoBeforeTheEnvironment) {
  const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "COSTAGE_DATA") return "there";
    if (name == "COSTAGE_DATABASE") return "postgresql://user:word@host/name";
    return {};
  };
  const auto loaded = load_import({"--data", "here"}, environment);
  ASSERT_TRUE(loaded) << loaded.error();
  const auto& command = std::get<ImportCommand>(*loaded);
  EXPECT_EQ(command.data, "here");
  EXPECT_EQ(command.database.reveal(), "postgresql://user:word@host/name");
}

TEST(ImportCommand, SaysWhatIsMissing) {
  EXPECT_THAT(sentence({"--database", "postgresql://host/name"}), HasSubstr("--data, or COSTAGE_DATA"));
  EXPECT_THAT(sentence({"--data", "here"}), HasSubstr("COSTAGE_DATABASE"));
  EXPECT_THAT(sentence({"--data", "here", "--database", "mysql://host/name"}), HasSubstr("PostgreSQL"));
  EXPECT_THAT(sentence({"--dat"}), HasSubstr("costage import --help"));
}

TEST(ImportCommand, HelpIsForPrinting) {
  EXPECT_TRUE(std::holds_alternative<Print>(load_import({"--help"}, kNothing).value()));
}

}  // namespace
}  // namespace costage::config
