#include "adapters/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/config/system_rng.hpp"

namespace costage::config {
namespace {

using ::testing::HasSubstr;
using Arguments = std::vector<std::string>;

const std::string kSecret(32, 's');

Environment environment(std::map<std::string, std::string> values = {}) {
  return [values](const std::string& name) -> std::optional<std::string> {
    const auto it = values.find(name);
    return it == values.end() ? std::nullopt : std::optional{it->second};
  };
}

Config good(const Arguments& arguments, const Environment& env = environment()) {
  const auto loaded = load(arguments, env, "1.2.3");
  EXPECT_TRUE(loaded.has_value()) << loaded.error();
  return std::get<Config>(loaded.value());
}

std::string sentence(const Arguments& arguments, const Environment& env = environment()) {
  const auto loaded = load(arguments, env, "1.2.3");
  EXPECT_FALSE(loaded.has_value());
  const std::string text = loaded ? "" : loaded.error();
  EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  return text;
}

class File {
 public:
  explicit File(const std::string& text)
      : path_(std::filesystem::temp_directory_path() / ("costage-config-" + std::to_string(getpid()) + ".yaml")) {
    std::ofstream{path_} << text;
  }
  ~File() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Config, DevHasLiveKitsKeyOnLoopback) {
  const Config config = good({"--dev"});
  EXPECT_EQ(config.keys.at("devkey").reveal(), "secret");
  EXPECT_EQ(config.signing_key, "devkey");
  EXPECT_EQ(config.bind, "127.0.0.1");
  EXPECT_EQ(config.port, 7880);
  EXPECT_EQ(config.media_port, 7882);
  EXPECT_EQ(config.media_tcp_port, 7881);
  EXPECT_EQ(config.url, "ws://127.0.0.1:7880");
}

TEST(Config, DevRefusesToListenBeyondLoopback) {
  EXPECT_THAT(sentence({"--dev", "--bind", "0.0.0.0"}), HasSubstr("loopback only"));
}

TEST(Config, WithoutDevThereIsNoDefaultKey) { EXPECT_THAT(sentence({}), HasSubstr("There is no API key")); }

TEST(Config, AShortSecretIsRefusedAndNeverShown) {
  const std::string text = sentence({}, environment({{"COSTAGE_KEYS", "app: hunter2"}}));
  EXPECT_THAT(text, HasSubstr("'app' has 7 characters"));
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
}

TEST(Config, KeysComeFromTheEnvironment) {
  const Config config = good({}, environment({{"COSTAGE_KEYS", "b: " + kSecret + ",\n a : " + kSecret + "x"}}));
  EXPECT_EQ(config.keys.size(), 2u);
  EXPECT_EQ(config.keys.at("a").reveal(), kSecret + "x");
  EXPECT_EQ(config.signing_key, "a");
  EXPECT_THAT(sentence({}, environment({{"COSTAGE_KEYS", "nonsense"}})), HasSubstr("must look like"));
}

TEST(Config, WhatBecomesOfShowsWhenANodeIsToEnd) {
  EXPECT_TRUE(good({"--dev"}).drain_moves);
  EXPECT_EQ(good({"--dev"}).drain_within, std::chrono::seconds{60});
  const auto with = [](const std::string& text) { return File("drain: {" + text + "}\n"); };
  const File stay = with("shows: stay, within: 14400");
  const Config config = good({"--dev", "--config", stay.path()});
  EXPECT_FALSE(config.drain_moves);
  EXPECT_EQ(config.drain_within, std::chrono::hours{4});
  EXPECT_THAT(sentence({"--dev", "--config", with("shows: stop").path()}), HasSubstr("move or stay"));
  EXPECT_THAT(sentence({"--dev", "--config", with("within: 100000").path()}), HasSubstr("drain.within"));
}

TEST(Config, AddressesForMediaMayStandInTheEnvironment) {
  const auto env = environment({{"COSTAGE_MEDIA_ADDRESSES", "203.0.113.7, 2001:db8::7"}});
  EXPECT_EQ(good({"--dev"}, env).media_addresses, (std::vector<std::string>{"203.0.113.7", "2001:db8::7"}));
}

TEST(Config, FlagsWinOverEnvironmentAndFile) {
  const File file(
      "port: 1000\nbind: 0.0.0.0\nurl: wss://file.example\ndata: /file\nmedia: {port: 2000, tcpPort: 2001, loops: 2, "
      "addresses: "
      "[192.0.2.1]}\ngateways: 3\n"
      "livekit: {webhooks: ['http://127.0.0.1/hook'], remoteUnmute: true}\nkeys: {app: " +
      kSecret + "}\n");
  const Config config =
      good({"--config", file.path(), "--port", "3000"},
           environment({{"COSTAGE_DATA", "/environment"}, {"COSTAGE_URL", "wss://environment.example"}}));
  EXPECT_EQ(config.port, 3000);
  EXPECT_EQ(config.media_port, 2000);
  EXPECT_EQ(config.media_tcp_port, 2001);
  EXPECT_EQ(config.media_loops, 2u);
  EXPECT_EQ(config.gateways, 3u);
  EXPECT_EQ(good({"--dev"}).gateways, 1u);
  EXPECT_EQ(good({"--dev", "--gateways", "0"}).gateways, 0u);
  EXPECT_THAT(sentence({"--dev", "--gateways", "-1"}), HasSubstr("gateways must be"));
  EXPECT_EQ(config.media_addresses, std::vector<std::string>{"192.0.2.1"});
  EXPECT_EQ(config.bind, "0.0.0.0");
  EXPECT_EQ(config.data, "/environment");
  EXPECT_EQ(config.url, "wss://environment.example");
  EXPECT_EQ(config.livekit_webhooks.size(), 1u);
  EXPECT_TRUE(config.livekit_remote_unmute);
  EXPECT_FALSE(good({"--dev"}).livekit_remote_unmute);
}

TEST(Config, PostgreSqlIsNamedByFlagEnvironmentOrFile) {
  EXPECT_TRUE(good({"--dev"}).database.empty());
  const File file("database: postgresql://file/costage");
  EXPECT_EQ(good({"--dev", "--config", file.path()}).database.reveal(), "postgresql://file/costage");
  const auto named = environment({{"COSTAGE_DATABASE", "postgresql://environment/costage"}});
  EXPECT_EQ(good({"--dev", "--config", file.path()}, named).database.reveal(), "postgresql://environment/costage");
  EXPECT_EQ(good({"--dev", "--database", "postgres://flag/costage"}, named).database.reveal(),
            "postgres://flag/costage");
  EXPECT_THAT(sentence({"--dev", "--database", "mysql://host/costage"}), HasSubstr("postgresql://user:password@host"));
}

TEST(Config, NatsServersAreAListAndNeedADatabase) {
  const std::vector<std::string> shared{"--dev", "--database", "postgresql://host/costage"};
  const auto nats = [&](const std::string& text) {
    std::vector<std::string> out;
    for (const Secret& one : good(shared, environment({{"COSTAGE_NATS", text}})).nats) out.push_back(one.reveal());
    return out;
  };
  EXPECT_EQ(nats("nats://a, tls://user:word@b:4223 ,"),
            (std::vector<std::string>{"nats://a", "tls://user:word@b:4223"}));
  EXPECT_EQ(nats(""), std::vector<std::string>{});
  EXPECT_THAT(sentence({"--dev", "--nats", "nats://a"}), HasSubstr("give --database, too"));
}

TEST(Config, AFileThatIsWrongSaysWhere) {
  EXPECT_THAT(sentence({"--config", "/no/such/file"}), HasSubstr("cannot be read"));
  const File misspelt("prot: 7880");
  EXPECT_THAT(sentence({"--config", misspelt.path()}), HasSubstr("there is no setting 'prot'"));
  const File wrong_type("port: many");
  EXPECT_THAT(sentence({"--config", wrong_type.path()}), HasSubstr("'port' must be a whole number"));
  const File no_map("- a\n- b");
  EXPECT_THAT(sentence({"--config", no_map.path()}), HasSubstr("must be a list of"));
  const File no_yaml("a: [1");
  EXPECT_THAT(sentence({"--config", no_yaml.path()}), HasSubstr("is not YAML"));
}

TEST(Config, NumbersOutOfRangeAreRefused) {
  EXPECT_THAT(sentence({"--dev", "--port", "70000"}), HasSubstr("70000 is not between"));
  EXPECT_THAT(sentence({"--dev", "--port", "0"}), HasSubstr("0 is not between"));
  EXPECT_THAT(sentence({"--dev", "--media-port", "-1"}), HasSubstr("-1"));
  EXPECT_THAT(sentence({"--dev", "--media-tcp-port", "65536"}), HasSubstr("65536 is not between 0 (none)"));
  EXPECT_THAT(sentence({"--dev", "--media-tcp-port", "7880"}), HasSubstr("7880 is for HTTP and for media over TCP"));
  const File loops("media: {tcpPort: 7879, loops: 2}");
  EXPECT_THAT(sentence({"--dev", "--config", loops.path()}), HasSubstr("7880 is for HTTP and for media over TCP"));
  EXPECT_EQ(good({"--dev", "--media-tcp-port", "0"}).media_tcp_port, 0);
  EXPECT_EQ(good({"--dev", "--port", "65535"}).media_tcp_port, 0) << "there is none behind it";
  EXPECT_THAT(sentence({"--dev", "--log-level", "loud"}), HasSubstr("'loud'"));
  EXPECT_THAT(sentence({"--nonsense"}), HasSubstr("--nonsense"));
}

TEST(Config, ListeningEverywhereNeedsAUrl) {
  const auto keys = environment({{"COSTAGE_KEYS", "app: " + kSecret}});
  EXPECT_THAT(sentence({"--bind", "0.0.0.0"}, keys), HasSubstr("give --url"));
  EXPECT_THAT(sentence({"--url", "http://x"}, keys), HasSubstr("does not begin with ws://"));
  EXPECT_EQ(good({"--bind", "::1"}, keys).url, "ws://[::1]:7880");
}

TEST(Config, ALiveKitServerIsNamedByFileEnvironmentAndFlags) {
  EXPECT_TRUE(good({"--dev"}).livekit.empty());
  const File file("media: {engine: livekit, url: 'https://lk.example/', apiKey: k, apiSecret: from-file}");
  const auto by_file = good({"--dev", "--config", file.path()}).livekit;
  ASSERT_EQ(by_file.size(), 1u);
  EXPECT_EQ(by_file[0].url, "wss://lk.example");
  EXPECT_EQ(by_file[0].api_url, "https://lk.example");
  EXPECT_EQ(by_file[0].api_secret.reveal(), "from-file");
  const auto env = environment({{"COSTAGE_MEDIA_API_URL", "http://10.0.0.3:7880"}, {"COSTAGE_MEDIA_API_SECRET", "e"}});
  const auto by_environment = good({"--dev", "--config", file.path()}, env).livekit;
  EXPECT_EQ(by_environment.at(0).url, "wss://lk.example");
  EXPECT_EQ(by_environment.at(0).api_url, "http://10.0.0.3:7880");
  EXPECT_EQ(by_environment.at(0).api_secret.reveal(), "e");
}

TEST(Config, ALiveKitSecretIsReadFromAFile) {
  const File secret("from-its-file\n");
  const auto livekit = good({"--dev", "--media-engine", "livekit", "--media-url", "ws://127.0.0.1:7980",
                             "--media-api-key", "k", "--media-api-secret-file", secret.path()})
                           .livekit;
  ASSERT_EQ(livekit.size(), 1u);
  EXPECT_EQ(livekit[0].api_url, "http://127.0.0.1:7980");
  EXPECT_EQ(livekit[0].api_secret.reveal(), "from-its-file");
}

TEST(Config, FurtherRegionsHaveServersOfTheirOwn) {
  const File file(
      "media: {engine: livekit, url: wss://eu.example, apiKey: k, apiSecret: s,\n"
      "        regions: {us: {url: wss://us.example, apiKey: k2, apiSecret: s2}, asia: {url: wss://asia.example}}}");
  const auto all = good({"--dev", "--config", file.path()}).livekit;
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].region, "");
  EXPECT_EQ(all[1].region, "asia");
  EXPECT_EQ(all[1].api_key, "k") << "as in the first";
  EXPECT_EQ(all[2].region, "us");
  EXPECT_EQ(all[2].api_key, "k2");
  const File nameless(
      "media: {engine: livekit, url: wss://e, apiKey: k, apiSecret: s, regions: {'a b': {url: wss://a}}}");
  EXPECT_THAT(sentence({"--dev", "--config", nameless.path()}), HasSubstr("'a b' is no name"));
  const File wrong("media: {engine: livekit, url: wss://e, apiKey: k, apiSecret: s, regions: {us: {uri: wss://a}}}");
  EXPECT_THAT(sentence({"--dev", "--config", wrong.path()}), HasSubstr("no setting 'media.regions.us.uri'"));
  const File without("media: {engine: livekit, url: wss://e, apiKey: k, apiSecret: s, regions: {us: {apiKey: a}}}");
  EXPECT_THAT(sentence({"--dev", "--config", without.path()}), HasSubstr("media.regions.us.url"));
}

TEST(Config, ServicesOfLiveKitAreSaidToBeThere) {
  const std::string livekit = "media: {engine: livekit, url: wss://e, apiKey: k, apiSecret: s";
  const File neither(livekit + "}");
  const auto none = good({"--dev", "--config", neither.path()}).livekit.at(0);
  EXPECT_FALSE(none.egress || none.ingress);
  EXPECT_EQ(none.recording_path, "{room_name}-{time}.mp4");
  const auto by_flags = good({"--dev", "--config", neither.path(), "--media-egress"}).livekit.at(0);
  EXPECT_TRUE(by_flags.egress && !by_flags.ingress);
  const auto env = environment({{"COSTAGE_MEDIA_INGRESS", "true"}, {"COSTAGE_MEDIA_EGRESS", "false"}});
  const auto by_environment = good({"--dev", "--config", neither.path()}, env).livekit.at(0);
  EXPECT_TRUE(by_environment.ingress && !by_environment.egress);
  EXPECT_THAT(sentence({"--dev"}, environment({{"COSTAGE_MEDIA_EGRESS", "yes"}})), HasSubstr("true or false"));
  const File file(livekit +
                  ", egress: true, recordingPath: 'a/{time}', recordingTemplate: 'https://p', regions: {us: {url: "
                  "wss://u, egress: false}}}");
  const auto all = good({"--dev", "--config", file.path()}).livekit;
  EXPECT_TRUE(all[0].egress && !all[1].egress);
  EXPECT_EQ(all[1].recording_path, "a/{time}");
  EXPECT_EQ(all[1].recording_template, "https://p");
  const File page(livekit + ", recordingTemplate: 'a page'}");
  EXPECT_THAT(sentence({"--dev", "--config", page.path()}), HasSubstr("no address like https://page"));
}

TEST(Config, AnEngineThatIsHalfNamedSaysWhatIsMissing) {
  EXPECT_THAT(sentence({"--dev", "--media-engine", "janus"}), HasSubstr("embedded or livekit"));
  EXPECT_THAT(sentence({"--dev", "--media-engine", "livekit"}), HasSubstr("media.apiSecret are needed"));
  EXPECT_THAT(sentence({"--dev", "--media-url", "ws://x"}), HasSubstr("media.engine is not livekit"));
  const auto env = environment({{"COSTAGE_MEDIA_API_KEY", "k"}, {"COSTAGE_MEDIA_API_SECRET", "s3cret"}});
  const std::string text = sentence({"--dev", "--media-engine", "livekit", "--media-url", "ftp://x"}, env);
  EXPECT_THAT(text, HasSubstr("no address like wss://"));
  EXPECT_EQ(text.find("s3cret"), std::string::npos);
  EXPECT_THAT(sentence({"--dev", "--media-api-secret-file", "/no/such"}), HasSubstr("cannot be read"));
}

TEST(Config, HelpAndVersionArePrinted) {
  EXPECT_THAT(std::get<Print>(load({"--version"}, environment(), "1.2.3").value()).text, HasSubstr("1.2.3"));
  EXPECT_THAT(std::get<Print>(load({"--help"}, environment(), "1.2.3").value()).text, HasSubstr("--media-port"));
}

TEST(SystemRng, GivesDifferentNumbers) {
  SystemRng a, b;
  EXPECT_NE(a.next(), b.next());
  EXPECT_NE(a.text(20), a.text(20));
}

}  // namespace
}  // namespace costage::config
