#include "adapters/config/config.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace costage::config {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kLongSecret = "0123456789abcdef0123456789abcdef";

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() {
    std::string name = (fs::temp_directory_path() / "costage-config-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~ConfigTest() override { fs::remove_all(folder_); }

  Result<std::variant<Config, Information>, std::string> load_with(std::vector<std::string> arguments) {
    return load({std::move(arguments),
                 [this](const std::string& name) -> std::optional<std::string> {
                   const auto found = environment_.find(name);
                   if (found == environment_.end()) return {};
                   return found->second;
                 },
                 folder_ / "build" / "release" / "costage"},
                "0.1.0");
  }
  Config good(std::vector<std::string> arguments) {
    const auto loaded = load_with(std::move(arguments));
    EXPECT_TRUE(loaded.has_value()) << loaded.error();
    return loaded ? std::get<Config>(*loaded) : Config{};
  }
  std::string wrong(std::vector<std::string> arguments) {
    const auto loaded = load_with(std::move(arguments));
    EXPECT_FALSE(loaded.has_value());
    return loaded ? "" : loaded.error();
  }
  std::string file(const std::string& text) {
    std::ofstream{folder_ / "costage.yaml"} << text;
    return (folder_ / "costage.yaml").string();
  }
  std::string wrong_file(const std::string& text) { return wrong({"--config", file(text)}); }

  fs::path folder_;
  std::map<std::string, std::string> environment_;
};

TEST_F(ConfigTest, DevNeedsNothing) {
  const Config config = good({"--dev"});
  EXPECT_EQ(config.keys.at("devkey").reveal(), "secret");
  EXPECT_EQ(config.signing_key, "devkey");
  EXPECT_EQ(config.port, 7880);
  EXPECT_EQ(config.media_port, 7882);
  EXPECT_EQ(config.public_url, "ws://127.0.0.1:7880");
}

TEST_F(ConfigTest, DevIsForLoopbackOnly) {
  EXPECT_THAT(wrong({"--dev", "--bind", "0.0.0.0"}), HasSubstr("loopback only"));
  EXPECT_THAT(wrong({"--dev", "--bind", "::"}), HasSubstr("loopback only"));
  EXPECT_EQ(good({"--dev", "--bind", "127.0.0.9"}).bind, "127.0.0.9");
  EXPECT_EQ(good({"--dev", "--bind", "::1"}).public_url, "ws://[::1]:7880");
}

TEST_F(ConfigTest, NothingIsSecretByDefault) {
  EXPECT_THAT(wrong({}), HasSubstr("no API key"));
  environment_["COSTAGE_KEYS"] = "mine: short";
  EXPECT_THAT(wrong({}), HasSubstr("API key mine is shorter"));
  environment_["COSTAGE_KEYS"] = "rubbish";
  EXPECT_THAT(wrong({}), HasSubstr("COSTAGE_KEYS"));
  environment_["COSTAGE_KEYS"] = std::string{"mine: "} + kLongSecret;
  EXPECT_EQ(good({}).keys.at("mine").reveal(), kLongSecret);
}

TEST_F(ConfigTest, AMessageNeverHoldsTheSecret) {
  environment_["COSTAGE_KEYS"] = "mine: [hidden]";
  EXPECT_THAT(wrong({}), testing::Not(HasSubstr("hidden")));
  environment_["COSTAGE_KEYS"] = "mine: hidden";
  EXPECT_THAT(wrong({}), testing::Not(HasSubstr("hidden")));
}

TEST_F(ConfigTest, FlagsWinOverTheFile) {
  const auto path = file(std::string{"port: 9000\nbind: 0.0.0.0\nadvertise: [203.0.113.5]\nkeys: {a: "} + kLongSecret + "}\n");
  const Config config = good({"--config", path, "--port", "9100"});
  EXPECT_EQ(config.port, 9100);
  EXPECT_EQ(config.media_port, 9102);
  EXPECT_EQ(config.bind, "0.0.0.0");
  EXPECT_THAT(config.advertise, testing::ElementsAre("203.0.113.5"));
}

TEST_F(ConfigTest, BadFilesSayWhatIsWrong) {
  EXPECT_THAT(wrong({"--config", "/nowhere/costage.yaml"}), HasSubstr("/nowhere/costage.yaml"));
  EXPECT_THAT(wrong_file("prot: 7880\n"), HasSubstr("prot is not a setting"));
  EXPECT_THAT(wrong_file("port: many\n"), HasSubstr("port must be a port number"));
  EXPECT_THAT(wrong_file("port: 70000\n"), HasSubstr("port must be a port number"));
  EXPECT_THAT(wrong_file("keys: 7\n"), HasSubstr("keys must be pairs"));
  EXPECT_THAT(wrong_file("- a\n"), HasSubstr("setting: value"));
  EXPECT_THAT(wrong_file("a: [\n"), HasSubstr("is not YAML"));
  EXPECT_THAT(wrong_file("log_level: loud\n"), HasSubstr("loud"));
}

TEST_F(ConfigTest, BadFlagsAreOneSentence) {
  EXPECT_THAT(wrong({"--nonsense"}), HasSubstr("nonsense"));
  EXPECT_THAT(wrong({"--dev", "--port", "x"}), HasSubstr("--port"));
  EXPECT_THAT(wrong({"--dev", "--port", "70000"}), HasSubstr("--port"));
}

TEST_F(ConfigTest, TellsItsVersionAndItsFlags) {
  EXPECT_EQ(std::get<Information>(*load_with({"--version"})).text, "costage 0.1.0\n");
  EXPECT_THAT(std::get<Information>(*load_with({"--help"})).text, HasSubstr("--media-port"));
}

TEST_F(ConfigTest, FindsItsFilesBesideTheProgram) {
  fs::create_directories(folder_ / "web" / "apps" / "studio" / "dist");
  fs::create_directories(folder_ / "build" / "release");
  std::ofstream{folder_ / "web" / "apps" / "studio" / "dist" / "index.html"} << "studio";
  EXPECT_EQ(good({"--dev"}).web, fs::weakly_canonical(folder_ / "web" / "apps" / "studio" / "dist"));
  EXPECT_EQ(good({"--dev", "--web", "/elsewhere"}).web, "/elsewhere");
}

}  // namespace
}  // namespace costage::config
