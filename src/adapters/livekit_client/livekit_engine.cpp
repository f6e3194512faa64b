#include "adapters/livekit_client/livekit_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>

#include "adapters/http/server.hpp"
#include "adapters/livekit_client/webhook_receiver.hpp"
#include "app/ports/joined.hpp"

namespace costage::livekit_client {
Result<std::unique_ptr<LiveKitEngine>, std::string> LiveKitEngine::open(boost::asio::io_context& loop,
                                                                        std::vector<ClusterSettings> clusters,
                                                                        const Clock& clock) {
  for (const ClusterSettings& one : clusters)
    if (!boost::urls::parse_uri(one.api_url))
      return fail(fmt::format("{} is no address of a LiveKit server.", one.api_url));
  return std::unique_ptr<LiveKitEngine>{new LiveKitEngine(loop, std::move(clusters), clock)};
}

LiveKitEngine::LiveKitEngine(boost::asio::io_context& loop, std::vector<ClusterSettings> clusters, const Clock& clock)
    : clock_(clock) {
  for (ClusterSettings& one : clusters) {
    Hooks hooks_of_one = hooks(one.region);
    clusters_.push_back(std::make_shared<Cluster>(loop, std::move(one), clock, std::move(hooks_of_one)));
  }
}

Hooks LiveKitEngine::hooks(const std::string& region) {
  return {.on_event = [this](const app::MediaEvent& event) { listener_(event); },
          .on_egress = [this](const app::EgressReport& report) { egress_listener_(report); },
          .on_availability = [this, region](const auto& why) { on_availability_(region, why); },
          .on_webhooks = [this, region](const auto& why) { on_lameness_(region, why); },
          .gate = [this] { return gate_; }};
}

boost::asio::awaitable<std::string> LiveKitEngine::check() {
  for (const auto& cluster : clusters_) {
    std::string why_not = co_await cluster->check();
    if (!why_not.empty()) co_return why_not;
  }
  co_return std::string{};
}

void LiveKitEngine::mount(http::Server& server) {
  // Where the embedded media server is: a client that was sent here by mistake is told so.
  for (const char* path : {"/rtc", "/rtc/validate", "/rtc/v1", "/rtc/v1/validate"})
    server.route("GET", path,
                 [url = clusters_.front()->settings().url](http::Request) -> boost::asio::awaitable<http::Response> {
                   co_return http::Response{.status = 404,
                                            .content_type = "text/plain; charset=utf-8",
                                            .body = "The media server is not here but at " + url + ".\n"};
                 });
  std::vector<auth::Keys> keys;
  for (const auto& cluster : clusters_) keys.push_back({{cluster->settings().key, cluster->settings().secret}});
  server.route("POST", kWebhookPath,
               [this, receiver = WebhookReceiver{std::move(keys)}](
                   http::Request request) -> boost::asio::awaitable<http::Response> {
                 const auto event = receiver.read(request, clock_.now());
                 if (!event) co_return event.error();
                 for (const auto& cluster : clusters_) cluster->on_webhook(*event);
                 co_return http::Response{.body = "{}"};
               });
}

void LiveKitEngine::start() {
  for (const auto& cluster : clusters_) cluster->start();
}
void LiveKitEngine::stop() {
  for (const auto& cluster : clusters_) cluster->stop();
}

std::vector<metrics::Metric> LiveKitEngine::metrics() const {
  using metrics::Kind;
  const auto of_each = [this](const char* name, const char* help, Kind kind, const auto& value) {
    metrics::Metric out{name, help, kind, {}};
    for (const auto& one : clusters_)
      out.samples.push_back({{{"region", one->settings().region}}, static_cast<double>(value(*one))});
    return out;
  };
  return {
      of_each("costage_livekit_available", "Whether the LiveKit server answers.", Kind::gauge,
              [](const Cluster& one) { return one.available() ? 1 : 0; }),
      of_each("costage_livekit_people", "Who is connected and may publish.", Kind::gauge,
              [](const Cluster& one) { return one.people(); }),
      of_each("costage_livekit_calls_total", "Calls of the server API.", Kind::counter,
              [](const Cluster& one) { return one.calls().calls; }),
      of_each("costage_livekit_failed_calls_total", "Those of them that failed.", Kind::counter,
              [](const Cluster& one) { return one.calls().failed; }),
      of_each("costage_livekit_webhooks_total", "Webhooks that told of rooms of ours.", Kind::counter,
              [](const Cluster& one) { return one.counts().webhooks; }),
      of_each("costage_livekit_found_total", "Changes that were found by looking, as no webhook had told them.",
              Kind::counter, [](const Cluster& one) { return one.counts().found; }),
  };
}

std::vector<std::string> LiveKitEngine::regions() const {
  std::vector<std::string> out;
  for (const auto& cluster : clusters_)
    if (!cluster->settings().region.empty()) out.push_back(cluster->settings().region);
  return out;
}

std::shared_ptr<Cluster> LiveKitEngine::cluster_in(const std::string& region) const {
  const auto at = std::ranges::find(clusters_, region, [](const auto& one) { return one->settings().region; });
  return at == clusters_.end() ? nullptr : *at;
}

LiveKitEngine::Clusters LiveKitEngine::clusters_of(const domain::RoomId& room) const {
  const auto region = gate_ == nullptr ? std::nullopt : gate_->region_of(room);
  const auto known = region ? cluster_in(*region) : nullptr;
  return known == nullptr ? clusters_ : Clusters{known};
}

template <class Act>
void LiveKitEngine::where_it_is(const domain::RoomId& room, app::MediaDone done, Act act) {
  const Clusters all = clusters_of(room);
  const app::MediaDone each = app::joined(all.size(), std::move(done));
  for (const auto& cluster : all) act(*cluster, each);
}

std::optional<app::MediaCredentials> LiveKitEngine::mint(const app::MediaGrant& grant, WallTime now) {
  const auto cluster = cluster_in(grant.region);
  if (cluster == nullptr) return {};  // it is no longer configured
  return cluster->mint(grant, now);
}
void LiveKitEngine::set_publish_right(const app::MediaGrant& grant, app::MediaDone done) {
  const auto cluster = cluster_in(grant.region);
  if (cluster == nullptr) return done(app::MediaOutcome::done);
  cluster->set_publish_right(grant, std::move(done));
}
// Old tokens go on to be good at a LiveKit server: who comes back with one is put out.
void LiveKitEngine::remove(const domain::RoomId& room, const app::Identity& identity, WallTime /*until*/,
                           app::MediaDone done) {
  where_it_is(room, std::move(done),
              [&](Cluster& one, const app::MediaDone& each) { one.remove(room, identity, each); });
}
void LiveKitEngine::mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
                         app::MediaDone done) {
  where_it_is(room, std::move(done),
              [&](Cluster& one, const app::MediaDone& each) { one.mute(room, identity, sources, each); });
}
void LiveKitEngine::close_room(const domain::RoomId& room, app::MediaDone done) {
  where_it_is(room, std::move(done), [&](Cluster& one, const app::MediaDone& each) { one.close_room(room, each); });
}

// ---- egress and ingress: has_egress() and has_ingress() are asked first

EgressService* LiveKitEngine::egress_in(const std::string& region) const {
  const auto cluster = cluster_in(region);
  return cluster == nullptr ? nullptr : cluster->egress();
}
IngressService* LiveKitEngine::ingress_in(const std::string& region) const {
  const auto cluster = cluster_in(region);
  return cluster == nullptr ? nullptr : cluster->ingress();
}

bool LiveKitEngine::has_egress(const std::string& region) const { return egress_in(region) != nullptr; }
bool LiveKitEngine::has_ingress(const std::string& region) const { return ingress_in(region) != nullptr; }

void LiveKitEngine::start_egress(const app::EgressOrder& order, app::EgressDone done) {
  egress_in(order.region)->start(order, std::move(done));
}
void LiveKitEngine::stop_egress(const std::string& region, const domain::EgressId& id, app::EgressStopped done) {
  egress_in(region)->stop(id, std::move(done));
}
void LiveKitEngine::set_layout(const std::string& region, const domain::EgressId& id, domain::Layout layout,
                               app::MediaDone done) {
  egress_in(region)->set_layout(id, layout, std::move(done));
}

void LiveKitEngine::open_ingress(const app::MediaGrant& grant, app::IngressInput input, app::IngressFound done) {
  ingress_in(grant.region)->open(grant, input, std::move(done));
}
void LiveKitEngine::find_ingress(const domain::RoomId& room, const std::string& region, const app::Identity& identity,
                                 app::IngressFound done) {
  ingress_in(region)->find(room, identity, std::move(done));
}
void LiveKitEngine::close_ingress(const domain::RoomId& room, const std::string& region, const app::Identity& identity,
                                  app::MediaDone done) {
  ingress_in(region)->close(room, identity, std::move(done));
}

}  // namespace costage::livekit_client
