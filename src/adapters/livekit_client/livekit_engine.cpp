#include "adapters/livekit_client/livekit_engine.hpp"

#include <fmt/format.h>

#include <boost/url/parse.hpp>

#include "adapters/http/server.hpp"
#include "adapters/livekit_client/webhook_receiver.hpp"

namespace costage::livekit_client {

Result<std::unique_ptr<LiveKitEngine>, std::string> LiveKitEngine::open(boost::asio::io_context& loop,
                                                                        ClusterSettings settings, const Clock& clock) {
  if (!boost::urls::parse_uri(settings.api_url))
    return fail(fmt::format("{} is no address of a LiveKit server.", settings.api_url));
  return std::unique_ptr<LiveKitEngine>{new LiveKitEngine(loop, std::move(settings), clock)};
}

LiveKitEngine::LiveKitEngine(boost::asio::io_context& loop, ClusterSettings settings, const Clock& clock)
    : clock_(clock),
      cluster_(std::make_shared<Cluster>(
          loop, std::move(settings), clock,
          Hooks{.on_event = [this](const app::MediaEvent& event) { listener_(event); },
                .on_availability = [this](const auto& why_away) { on_availability_(why_away); },
                .gate = [this] { return gate_; }})) {}

void LiveKitEngine::mount(http::Server& server) {
  const ClusterSettings& settings = cluster_->settings();
  // Where the embedded media server is: a client that was sent here by mistake is told so.
  for (const char* path : {"/rtc", "/rtc/validate", "/rtc/v1", "/rtc/v1/validate"})
    server.route("GET", path, [url = settings.url](http::Request) -> boost::asio::awaitable<http::Response> {
      co_return http::Response{.status = 404,
                               .content_type = "text/plain; charset=utf-8",
                               .body = "The media server is not here but at " + url + ".\n"};
    });
  server.route("POST", kWebhookPath,
               [receiver = WebhookReceiver{{{settings.key, settings.secret}}}, cluster = cluster_,
                &clock = clock_](http::Request request) -> boost::asio::awaitable<http::Response> {
                 const auto event = receiver.read(request, clock.now());
                 if (!event) co_return event.error();
                 cluster->on_webhook(*event);
                 co_return http::Response{.body = "{}"};
               });
}

std::optional<app::MediaCredentials> LiveKitEngine::mint(const app::MediaGrant& grant, WallTime now) {
  return cluster_->mint(grant, now);
}
void LiveKitEngine::set_publish_right(const app::MediaGrant& grant, app::MediaDone done) {
  cluster_->set_publish_right(grant, std::move(done));
}
// Old tokens go on to be good at a LiveKit server: who comes back with one is put out.
void LiveKitEngine::remove(const domain::RoomId& room, const app::Identity& identity, WallTime /*until*/,
                           app::MediaDone done) {
  cluster_->remove(room, identity, std::move(done));
}
void LiveKitEngine::mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
                         app::MediaDone done) {
  cluster_->mute(room, identity, sources, std::move(done));
}
void LiveKitEngine::close_room(const domain::RoomId& room, app::MediaDone done) {
  cluster_->close_room(room, std::move(done));
}

}  // namespace costage::livekit_client
