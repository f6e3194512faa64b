// Calls of LiveKit's server API: Twirp v7, protobuf over HTTP, with a token for each call.
#pragma once

#include <google/protobuf/message.h>

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "adapters/http_client/http_client.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

namespace costage::livekit_client {

enum class Refused {
  not_found,
  unauthenticated,
  nobody,         // the server answers, but the node of this room or participant does not
  timed_out,      // the server answers, but who should do it did not say whether it is done
  wrong_request,  // whatever else is the caller's fault
  unavailable     // nothing was answered, or that it cannot now: may be tried again
};

struct CallFailure {
  Refused why = Refused::unavailable;
  std::string sentence;  // what was answered, for a log
};

template <class T>
using Called = Result<T, CallFailure>;

struct CallCounts {
  std::uint64_t calls = 0, failed = 0;  // since the start; that something is not there is no failure
};

class TwirpClient {
 public:
  static constexpr std::chrono::seconds kTimeout{5};

  TwirpClient(boost::asio::io_context& loop, const boost::urls::url_view& url, std::string key, Secret secret,
              const Clock& clock, std::chrono::seconds timeout = kTimeout);

  // "RoomService", "ListRooms"; `grant`: the claim `video` of the token.
  template <class Response>
  boost::asio::awaitable<Called<Response>> call(std::string service, std::string method,
                                                const google::protobuf::Message& request, boost::json::object grant) {
    std::string path = service + '/' + method;
    std::string message = request.SerializeAsString();
    auto body = co_await exchange(std::move(path), std::move(message), std::move(grant));
    ++counts_.calls;
    if (!body && body.error().why != Refused::not_found) ++counts_.failed;
    if (!body) co_return fail(std::move(body.error()));
    Response response;
    if (!response.ParseFromString(*body)) co_return fail(CallFailure{Refused::unavailable, "it is no LiveKit server"});
    co_return response;
  }

  // By how much its clock goes before ours, by the last answer; whole seconds.
  [[nodiscard]] std::optional<std::chrono::seconds> clock_ahead() const { return clock_ahead_; }
  [[nodiscard]] const std::string& name() const { return http_.name(); }
  [[nodiscard]] const CallCounts& counts() const { return counts_; }

 private:
  boost::asio::awaitable<Called<std::string>> exchange(std::string path, std::string body, boost::json::object grant);
  [[nodiscard]] std::string token(boost::json::object grant) const;

  http_client::HttpClient http_;
  std::string key_;
  Secret secret_;
  const Clock& clock_;
  CallCounts counts_;
  std::optional<std::chrono::seconds> clock_ahead_;
};

// RFC 9110 section 5.6.7, as HTTP servers write it: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::optional<WallTime> parse_http_date(const std::string& text);

}  // namespace costage::livekit_client
