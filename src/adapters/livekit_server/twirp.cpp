#include "adapters/livekit_server/twirp.hpp"

#include <google/protobuf/util/json_util.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "signal/message_texts.hpp"

namespace costage::livekit_server::twirp {
namespace {

constexpr std::array<std::pair<std::string_view, unsigned>, 14> kStatus{{
    {"invalid_argument", 400},
    {"malformed", 400},
    {"unauthenticated", 401},
    {"permission_denied", 403},
    {"not_found", 404},
    {"bad_route", 404},
    {"canceled", 408},
    {"already_exists", 409},
    {"failed_precondition", 412},
    {"resource_exhausted", 429},
    {"internal", 500},
    {"unknown", 500},
    {"unimplemented", 501},
    {"unavailable", 503},
}};

unsigned status_of(std::string_view code) {
  for (const auto& [name, status] : kStatus)
    if (name == code) return status;
  return 500;
}

std::string_view media_type(const http::Request& request) {
  const std::string_view type = request.header("content-type");
  return type.substr(0, type.find(';'));
}

}  // namespace

http::Response error_response(const Error& error) {
  boost::json::object body{{"code", error.code}, {"msg", error.message}};
  if (!error.meta.empty()) {
    boost::json::object meta;
    for (const auto& [key, value] : error.meta) meta[key] = value;
    body["meta"] = std::move(meta);
  }
  return {.status = status_of(error.code), .body = boost::json::serialize(body)};
}

Error bad_route(const http::Request& request, const std::string& why) {
  return {"bad_route", why, {{"twirp_invalid_route", request.method + ' ' + request.path}}};
}

namespace {

// True: JSON.
Result<bool, Error> parse_body(const http::Request& request, google::protobuf::Message& out) {
  const std::string_view type = media_type(request);
  if (type == "application/protobuf") {
    if (out.ParseFromString(request.body)) return false;
    return fail(Error{"malformed", "the request body is not a protobuf message of type " + out.GetTypeName(), {}});
  }
  if (type != "application/json")
    return fail(bad_route(request, "unexpected Content-Type: \"" + std::string{type} + '"'));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (google::protobuf::util::JsonStringToMessage(request.body, &out, options).ok()) return true;
  return fail(Error{"malformed", "the request body is not the JSON of a " + out.GetTypeName(), {}});
}

}  // namespace

Result<bool, Error> parse(const http::Request& request, google::protobuf::Message& out) {
  const auto json = parse_body(request, out);
  if (!json) return json;
  if (const auto bad = signal::find_bad_text(out))
    return fail(Error{"invalid_argument", *bad + " holds control characters", {{"argument", *bad}}});
  return json;
}

http::Response response(const google::protobuf::Message& message, bool json) {
  if (!json) return {.content_type = "application/protobuf", .body = message.SerializeAsString()};
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;  // as Twirp's Go server prints; clients take both spellings
  http::Response out;
  if (!google::protobuf::util::MessageToJsonString(message, &out.body, options).ok())
    return error_response({"internal", "the answer has no JSON form", {}});
  return out;
}

}  // namespace costage::livekit_server::twirp
