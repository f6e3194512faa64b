// LiveKit as the engine behind the media port: servers or clusters that somebody runs carry the media, one for each
// region; this program keeps everything else. Lives on the control loop; every call from there only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/livekit_client/cluster.hpp"
#include "adapters/metrics/metrics.hpp"
#include "app/ports/egress_server.hpp"
#include "app/ports/ingress_server.hpp"
#include "app/ports/media_server.hpp"
#include "base/clock.hpp"

namespace costage::http {
class Server;
}

namespace costage::livekit_client {

// Where LiveKit posts its webhooks to.
inline constexpr const char* kWebhookPath = "/v1/media/webhook";

class LiveKitEngine final : public app::MediaServer, public app::EgressServer, public app::IngressServer {
 public:
  // One for each region, the first without a name. The error is one sentence.
  static Result<std::unique_ptr<LiveKitEngine>, std::string> open(boost::asio::io_context& loop,
                                                                  std::vector<ClusterSettings> clusters,
                                                                  const Clock& clock);

  void set_gate(const app::TokenGate* gate) { gate_ = gate; }
  void set_listener(app::MediaListener listener) { listener_ = std::move(listener); }
  void set_egress_listener(app::EgressListener listener) { egress_listener_ = std::move(listener); }
  using TroubleListener = std::function<void(const std::string& region, const std::optional<std::string>& why)>;
  // Hears when a region goes away, with one sentence why, and when it is back, with nothing.
  void on_availability(TroubleListener listener) { on_availability_ = std::move(listener); }
  // The same of a region that works, but not as well as it could.
  void on_lameness(TroubleListener listener) { on_lameness_ = std::move(listener); }

  // Before start(): one sentence why one of them cannot be used as configured; empty: all can, or do not answer yet.
  [[nodiscard]] boost::asio::awaitable<std::string> check();
  void mount(http::Server& server);
  void start();
  // For whoever watches over it.
  [[nodiscard]] std::vector<metrics::Metric> metrics() const;
  void stop();

  [[nodiscard]] std::vector<std::string> regions() const override;
  std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime now) override;
  void set_publish_right(const app::MediaGrant& grant, app::MediaDone done) override;
  void remove(const domain::RoomId& room, const app::Identity& identity, WallTime until, app::MediaDone done) override;
  void mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
            app::MediaDone done) override;
  void close_room(const domain::RoomId& room, app::MediaDone done) override;

  app::EgressServer* egress() override { return this; }
  [[nodiscard]] bool has_egress(const std::string& region) const override;
  void start_egress(const app::EgressOrder& order, app::EgressDone done) override;
  void stop_egress(const std::string& region, const domain::EgressId& id, app::EgressStopped done) override;
  void set_layout(const std::string& region, const domain::EgressId& id, domain::Layout layout,
                  app::MediaDone done) override;

  app::IngressServer* ingress() override { return this; }
  [[nodiscard]] bool has_ingress(const std::string& region) const override;
  void open_ingress(const app::MediaGrant& grant, app::IngressInput input, app::IngressFound done) override;
  void find_ingress(const domain::RoomId& room, const std::string& region, const app::Identity& identity,
                    app::IngressFound done) override;
  void close_ingress(const domain::RoomId& room, const std::string& region, const app::Identity& identity,
                     app::MediaDone done) override;

 private:
  LiveKitEngine(boost::asio::io_context& loop, std::vector<ClusterSettings> clusters, const Clock& clock);

  using Clusters = std::vector<std::shared_ptr<Cluster>>;
  [[nodiscard]] Hooks hooks(const std::string& region);
  [[nodiscard]] std::shared_ptr<Cluster> cluster_in(const std::string& region) const;
  // Of a room that is over, or that is none of a show, it is not known: what is to be done there is done everywhere.
  [[nodiscard]] Clusters clusters_of(const domain::RoomId& room) const;
  [[nodiscard]] EgressService* egress_in(const std::string& region) const;
  [[nodiscard]] IngressService* ingress_in(const std::string& region) const;
  template <class Act>
  void where_it_is(const domain::RoomId& room, app::MediaDone done, Act act);

  const Clock& clock_;
  const app::TokenGate* gate_ = nullptr;
  app::MediaListener listener_ = [](const app::MediaEvent&) {};
  app::EgressListener egress_listener_ = [](const app::EgressReport&) {};
  TroubleListener on_availability_ = [](const auto&, const auto&) {};
  TroubleListener on_lameness_ = [](const auto&, const auto&) {};
  Clusters clusters_;
};

}  // namespace costage::livekit_client
