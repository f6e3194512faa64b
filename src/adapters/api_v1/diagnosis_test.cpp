#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include "adapters/api_v1/testing/test_world.hpp"
#include "domain/diagnosis/finding.hpp"

namespace costage::api_v1 {
namespace {

using boost::asio::awaitable;

class DiagnosisRoute : public TestWorld {};

TEST_F(DiagnosisRoute, SaysWhatIsFoundInCodesAndSentences) {  // S-093
  run([&]() -> awaitable<void> {
    const auto host = as("hanna"), guest = as("victor");
    co_await ask("GET", "/v1/me", "", guest);
    const auto room = co_await ask("POST", "/v1/rooms", R"({"title":"P"})", host);
    const std::string path = "/v1/rooms/" + room.text("roomId");
    co_await ask("POST", path + "/invitations", R"({"userId":"victor"})", host);
    const auto about = co_await ask("GET", path + "/diagnosis?userId=victor", "", host);
    EXPECT_EQ(about.text("userId"), "victor") << about.raw.body;
    const json::value& first = about.body.at("findings").at(0);
    EXPECT_EQ(first.at("code"), "not_watching");
    EXPECT_EQ(first.at("severity"), "problem");
    EXPECT_THAT(std::string{first.at("detail").as_string()}, testing::HasSubstr("not watching"));
    EXPECT_THAT(std::string{first.at("advice").as_string()}, testing::HasSubstr("send the invitation again"));
    EXPECT_FALSE(first.as_object().contains("at"));
    const json::value& last = about.body.at("findings").as_array().back();
    EXPECT_EQ(last.at("code"), "invitation_pending");
    EXPECT_EQ(last.at("at"), "2027-01-15T08:01:00.000Z");
    const auto mine = co_await ask("GET", path + "/diagnosis", "", guest);
    EXPECT_EQ(mine.body.at("findings").at(0).at("code"), "room_not_live") << mine.raw.body;
    const auto bad = co_await ask("GET", path + "/diagnosis?userId=%20", "", host);
    EXPECT_EQ(bad.text("field"), "userId");
  });
}

TEST(DiagnosisContract, NamesEveryFinding) {
  std::vector<std::string> listed, known;
  const YAML::Node contract = YAML::LoadFile(COSTAGE_SOURCE_DIR "/api/openapi.yaml");
  for (const YAML::Node& code : contract["components"]["schemas"]["Finding"]["properties"]["code"]["enum"])
    listed.push_back(code.as<std::string>());
  for (const domain::FindingInfo& one : domain::all_findings()) known.emplace_back(one.name);
  EXPECT_EQ(listed, known);
}

}  // namespace
}  // namespace costage::api_v1
