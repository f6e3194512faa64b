// LiveKit as the engine behind the media port: a server or cluster that somebody runs carries the media, this program
// keeps everything else. Lives on the control loop; every call from there only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "adapters/livekit_client/cluster.hpp"
#include "app/ports/media_server.hpp"
#include "base/clock.hpp"

namespace costage::http {
class Server;
}

namespace costage::livekit_client {

// Where LiveKit posts its webhooks to.
inline constexpr const char* kWebhookPath = "/v1/media/webhook";

class LiveKitEngine final : public app::MediaServer {
 public:
  // The error is one sentence.
  static Result<std::unique_ptr<LiveKitEngine>, std::string> open(boost::asio::io_context& loop,
                                                                  ClusterSettings settings, const Clock& clock);

  void set_gate(const app::TokenGate* gate) { gate_ = gate; }
  void set_listener(app::MediaListener listener) { listener_ = std::move(listener); }
  // Hears when it goes away, with one sentence why, and when it is back, with nothing.
  void on_availability(std::function<void(const std::optional<std::string>&)> listener) {
    on_availability_ = std::move(listener);
  }

  // Before start(): one sentence why it cannot be used as configured; empty: it can, or it does not answer yet.
  [[nodiscard]] boost::asio::awaitable<std::string> check() { return cluster_->check(); }
  void mount(http::Server& server);
  void start() { cluster_->start(); }
  void stop() { cluster_->stop(); }
  // Whether it answers.
  [[nodiscard]] bool available() const { return cluster_->available(); }

  std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime now) override;
  void set_publish_right(const app::MediaGrant& grant, app::MediaDone done) override;
  void remove(const domain::RoomId& room, const app::Identity& identity, WallTime until, app::MediaDone done) override;
  void mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
            app::MediaDone done) override;
  void close_room(const domain::RoomId& room, app::MediaDone done) override;

 private:
  LiveKitEngine(boost::asio::io_context& loop, ClusterSettings settings, const Clock& clock);

  const Clock& clock_;
  const app::TokenGate* gate_ = nullptr;
  app::MediaListener listener_ = [](const app::MediaEvent&) {};
  std::function<void(const std::optional<std::string>&)> on_availability_ = [](const auto&) {};
  std::shared_ptr<Cluster> cluster_;
};

}  // namespace costage::livekit_client
