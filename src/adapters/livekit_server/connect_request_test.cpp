#include "adapters/livekit_server/connect_request.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include "adapters/base64/base64.hpp"

#include "adapters/livekit_server/join_request.hpp"

namespace costage::livekit_server {
namespace {

std::string gzip(std::string text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// With padding, as livekit-client writes it.
std::string base64url(const std::string& bytes) {
  std::string out = base64(bytes);
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::string browser_of(const http::Request& request) {
  return read_connect_request(request, Signalling::v0)->join.client_info().browser();
}

std::string join_request(const livekit::JoinRequest& join, bool zipped = true) {
  livekit::WrappedJoinRequest wrapped;
  std::string bytes = join.SerializeAsString();
  if (zipped) wrapped.set_compression(livekit::WrappedJoinRequest::GZIP);
  wrapped.set_join_request(zipped ? gzip(bytes) : bytes);
  return base64url(wrapped.SerializeAsString());
}
http::Request v1(const livekit::JoinRequest& join, bool zipped = true) {
  http::Request request;
  request.query = {{"join_request", join_request(join, zipped)}};
  return request;
}

TEST(ConnectRequest, ReadsWhatClientsSend) {
  http::Request request;
  request.query = {{"auto_subscribe", "0"},  {"sdk", "js"},
                   {"version", "2.23.0"},    {"protocol", "17"},
                   {"client_protocol", "2"}, {"reconnect", "1"},
                   {"sid", "PA_x"},          {"capabilities", "CAP_PACKET_TRAILER,CAP_UNHEARD_OF"}};
  const ConnectRequest out = *read_connect_request(request, Signalling::v0);
  EXPECT_EQ(out.connections, media::Connections::pair);
  EXPECT_FALSE(out.join.connection_settings().auto_subscribe());
  EXPECT_TRUE(out.join.reconnect());
  EXPECT_EQ(out.join.participant_sid(), "PA_x");
  const livekit::ClientInfo& client = out.join.client_info();
  EXPECT_EQ(client.sdk(), livekit::ClientInfo::JS);
  EXPECT_EQ(client.protocol(), 17);
  EXPECT_EQ(client.client_protocol(), 2);
  ASSERT_EQ(client.capabilities_size(), 1);
  EXPECT_EQ(client.capabilities(0), livekit::ClientInfo::CAP_PACKET_TRAILER);
}

TEST(ConnectRequest, SeesFirefoxByItself) {
  http::Request request;
  request.headers = {{"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}};
  EXPECT_EQ(browser_of(request), "firefox");
  request.headers = {{"user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"}};
  EXPECT_EQ(browser_of(request), "");
  request.query = {{"browser", "Firefox"}};
  EXPECT_EQ(browser_of(request), "firefox");
}

TEST(ConnectRequest, NothingSaidMeansDefaults) {
  const ConnectRequest out = *read_connect_request({}, Signalling::v0);
  EXPECT_TRUE(out.join.connection_settings().auto_subscribe());
  EXPECT_FALSE(out.join.reconnect());
  EXPECT_TRUE(out.first_requests().empty());
}

TEST(ConnectRequest, AJoinRequestIsASingleConnectionOnEitherPath) {
  livekit::JoinRequest join;
  join.mutable_client_info()->set_protocol(17);
  join.mutable_client_info()->set_os(std::string(1000, 'o'));
  join.mutable_publisher_offer()->set_sdp("v=0");
  join.add_add_track_requests()->set_cid("camera");
  join.mutable_sync_state();
  for (const bool zipped : {true, false})
    for (const Signalling signalling : {Signalling::v0, Signalling::v1}) {
      const auto out = read_connect_request(v1(join, zipped), signalling);
      ASSERT_TRUE(out) << out.error().text;
      EXPECT_EQ(out->connections, media::Connections::single);
      EXPECT_EQ(out->join.client_info().os().size(), 128U);
      const auto first = out->first_requests();
      ASSERT_EQ(first.size(), 2U) << "sync state is for a resume";
      EXPECT_EQ(first[0].add_track().cid(), "camera");
      EXPECT_EQ(first[1].offer().sdp(), "v=0");
    }
  join.set_reconnect(true);
  EXPECT_TRUE(read_connect_request(v1(join), Signalling::v1)->first_requests()[1].has_sync_state());
}

TEST(ConnectRequest, BadJoinRequestsAreRefusedByName) {
  const auto error = [](const http::Request& request) {
    const auto out = read_connect_request(request, Signalling::v1);
    return out ? std::string{} : std::to_string(out.error().status) + " " + out.error().text;
  };
  const auto text = [&](const std::string& text) {
    http::Request request;
    request.query = {{"join_request", text}};
    return error(request);
  };
  livekit::JoinRequest join;
  EXPECT_EQ(error(v1(join)), "");
  EXPECT_EQ(error({}), "400 join_request is required");
  EXPECT_EQ(text("%%%"), "400 join_request is not base64url");
  EXPECT_EQ(text("____"), "400 join_request holds no WrappedJoinRequest");
  livekit::WrappedJoinRequest wrapped;
  wrapped.set_compression(livekit::WrappedJoinRequest::GZIP);
  wrapped.set_join_request("no gzip");
  EXPECT_EQ(text(base64url(wrapped.SerializeAsString())), "400 join_request is not gzip, or too large");
  wrapped.set_join_request(gzip(std::string(kMaxJoinRequest + 1, 'x')));
  EXPECT_EQ(text(base64url(wrapped.SerializeAsString())), "400 join_request is not gzip, or too large");
  wrapped.set_join_request(gzip("\xff\xff"));
  EXPECT_EQ(text(base64url(wrapped.SerializeAsString())), "400 join_request holds no JoinRequest");
  join.mutable_client_info()->set_os("a\x01");
  EXPECT_EQ(error(v1(join)), "400 a text of the request holds control characters");
}

TEST(ConnectRequest, GunzipsUpToItsLimit) {
  const std::string text(kMaxJoinRequest, 'x');
  EXPECT_EQ(gunzip(gzip(text), kMaxJoinRequest), text);
  EXPECT_FALSE(gunzip(gzip(text + "x"), kMaxJoinRequest));
  const std::string cut = gzip("a text").substr(0, 12);
  EXPECT_FALSE(gunzip(cut, 100));
}

TEST(ConnectRequest, MetadataOfItsOwnNeedsTheRightToChangeIt) {
  livekit::JoinRequest join;
  join.set_metadata("mine");
  (*join.mutable_participant_attributes())["seat"] = "3";
  (*join.mutable_participant_attributes())["role"] = "";
  signal::Grants grants;
  grants.attributes = {{"role", "viewer"}};
  EXPECT_EQ(with_own_metadata(grants, join).error().status, 401U);
  EXPECT_TRUE(with_own_metadata(grants, {}));
  grants.permission.set_can_update_metadata(true);
  const auto out = with_own_metadata(grants, join);
  EXPECT_EQ(out->metadata, "mine");
  EXPECT_EQ(out->attributes, (std::map<std::string, std::string>{{"role", "viewer"}, {"seat", "3"}}));

  http::Request request;
  request.query = {{"attributes", base64url(R"({"seat":"4","n":5})")}};
  const auto v0 = read_connect_request(request, Signalling::v0);
  EXPECT_EQ(with_own_metadata(grants, v0->join)->attributes.at("seat"), "4");
}

}  // namespace
}  // namespace costage::livekit_server
