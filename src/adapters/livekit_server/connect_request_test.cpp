#include "adapters/livekit_server/connect_request.hpp"

#include <gtest/gtest.h>

namespace costage::livekit_server {
namespace {

TEST(ConnectRequest, ReadsWhatClientsSend) {
  http::Request request;
  request.query = {{"auto_subscribe", "0"},  {"sdk", "js"},
                   {"version", "2.23.0"},    {"protocol", "17"},
                   {"client_protocol", "2"}, {"reconnect", "1"},
                   {"sid", "PA_x"},          {"capabilities", "CAP_PACKET_TRAILER,CAP_UNHEARD_OF"}};
  const ConnectRequest out = read_connect_request(request);
  EXPECT_FALSE(out.auto_subscribe);
  EXPECT_TRUE(out.reconnect);
  EXPECT_EQ(out.participant.value(), "PA_x");
  EXPECT_EQ(out.client.sdk(), livekit::ClientInfo::JS);
  EXPECT_EQ(out.client.protocol(), 17);
  EXPECT_EQ(out.client.client_protocol(), 2);
  ASSERT_EQ(out.client.capabilities_size(), 1);
  EXPECT_EQ(out.client.capabilities(0), livekit::ClientInfo::CAP_PACKET_TRAILER);
}

TEST(ConnectRequest, SeesFirefoxByItself) {
  http::Request request;
  request.headers = {{"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}};
  EXPECT_EQ(read_connect_request(request).client.browser(), "firefox");
  request.headers = {{"user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"}};
  EXPECT_EQ(read_connect_request(request).client.browser(), "");
  request.query = {{"browser", "Firefox"}};
  EXPECT_EQ(read_connect_request(request).client.browser(), "firefox");
}

TEST(ConnectRequest, NothingSaidMeansDefaults) {
  const ConnectRequest out = read_connect_request({});
  EXPECT_TRUE(out.auto_subscribe);
  EXPECT_FALSE(out.reconnect);
}

}  // namespace
}  // namespace costage::livekit_server
