#include "adapters/livekit_client/webhook_receiver.hpp"

#include <google/protobuf/util/json_util.h>
#include <spdlog/spdlog.h>

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

std::optional<livekit::WebhookEvent> parse_webhook(const std::string& body) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  livekit::WebhookEvent event;
  if (!google::protobuf::util::JsonStringToMessage(body, &event, options).ok()) return {};
  return event;
}

livekit_api::Signed WebhookReceiver::is_signed(const http::Request& request, WallTime now) const {
  auto best = livekit_api::Signed::by_nobody_known;
  for (const auth::Keys& keys : keys_) {
    const auto found = livekit_api::is_signed(request.body, request.header("authorization"), keys, now);
    if (found == livekit_api::Signed::yes) return found;
    if (found == livekit_api::Signed::another_body) best = found;
  }
  return best;
}

Result<livekit::WebhookEvent, http::Response> WebhookReceiver::read(const http::Request& request, WallTime now) const {
  switch (is_signed(request, now)) {
    case livekit_api::Signed::by_nobody_known:
      spdlog::warn("a webhook from {} was refused: it is signed by no key that is known here", request.remote);
      return fail(refused(401, kUnknown));
    case livekit_api::Signed::another_body:
      spdlog::warn("a webhook from {} was refused: its body is not the one that was signed", request.remote);
      return fail(refused(401, kChanged));
    case livekit_api::Signed::yes:
      break;
  }
  auto event = parse_webhook(request.body);
  if (!event) return fail(refused(400, "This is not the JSON of a LiveKit webhook.\n"));
  return std::move(*event);
}

}  // namespace costage::livekit_client
