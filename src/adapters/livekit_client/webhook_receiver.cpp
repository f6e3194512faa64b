#include "adapters/livekit_client/webhook_receiver.hpp"

#include <google/protobuf/util/json_util.h>
#include <spdlog/spdlog.h>

#include "adapters/livekit_api/webhook_signature.hpp"

namespace costage::livekit_client {
namespace {

http::Response refused(unsigned status, const char* sentence) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = sentence};
}

constexpr const char* kUnknown =
    "This webhook is signed by no key that is known here: 'webhook.api_key' in LiveKit's configuration must be the "
    "'media.apiKey' of this server, and their clocks must agree.\n";
constexpr const char* kChanged = "This webhook is not the one that was signed: something on the way changed it.\n";

}  // namespace

Result<livekit::WebhookEvent, http::Response> WebhookReceiver::read(const http::Request& request, WallTime now) const {
  switch (livekit_api::is_signed(request.body, request.header("authorization"), keys_, now)) {
    case livekit_api::Signed::by_nobody_known:
      spdlog::warn("a webhook from {} was refused: it is signed by no key that is known here", request.remote);
      return fail(refused(401, kUnknown));
    case livekit_api::Signed::another_body:
      spdlog::warn("a webhook from {} was refused: its body is not the one that was signed", request.remote);
      return fail(refused(401, kChanged));
    case livekit_api::Signed::yes:
      break;
  }
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  livekit::WebhookEvent event;
  if (!google::protobuf::util::JsonStringToMessage(request.body, &event, options).ok())
    return fail(refused(400, "This is not the JSON of a LiveKit webhook.\n"));
  return event;
}

}  // namespace costage::livekit_client
