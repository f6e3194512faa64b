// Twirp v7 (https://twitchtv.github.io/twirp/docs/spec_v7.html): protobuf or JSON over POST, errors as JSON.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <string>

#include "adapters/http/server.hpp"
#include "base/result.hpp"

namespace costage::livekit_server::twirp {

struct Error {
  std::string code;  // "not_found"; decides the HTTP status
  std::string message;
  std::map<std::string, std::string> meta;
};

template <class Response>
using Answer = Result<Response, Error>;

[[nodiscard]] http::Response error_response(const Error& error);
[[nodiscard]] Error bad_route(const http::Request& request, const std::string& why);

// Parses the body by its Content-Type. Empty error code: all is well.
[[nodiscard]] Result<bool, Error> parse(const http::Request& request, google::protobuf::Message& out);  // true: JSON
[[nodiscard]] http::Response response(const google::protobuf::Message& message, bool json);

// Called once, maybe later.
using Reply = std::function<void(http::Response)>;
using Method = std::function<void(const http::Request&, Reply)>;
template <class Response>
using AnswerReply = std::function<void(Answer<Response>)>;

// A method from a function (http request for its headers, message, AnswerReply<Res>).
template <class Req, class Res, class Handle>
Method method(Handle handle) {
  return [handle](const http::Request& request, const Reply& reply) {
    Req message;
    const auto json = parse(request, message);
    if (!json) return reply(error_response(json.error()));
    handle(request, message, [reply, json = *json](const Answer<Res>& answer) {
      reply(answer ? response(*answer, json) : error_response(answer.error()));
    });
  };
}

}  // namespace costage::livekit_server::twirp
