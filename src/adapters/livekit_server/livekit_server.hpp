// The embedded media server: LiveKit's signalling, server API and webhooks in front of the media loops, and the engine
// behind app::MediaServer. Lives on the control loop; every call from there only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/livekit_server/rooms_together.hpp"
#include "app/ports/media_server.hpp"
#include "app/ports/webhook_outbox.hpp"
#include "base/clock.hpp"
#include "base/media.hpp"
#include "base/rng.hpp"
#include "base/secret.hpp"

namespace costage::http {
class Server;
}

namespace costage::livekit_server {

struct Settings {
  std::string url;                                  // what MediaCredentials carry: "ws://127.0.0.1:7880"
  std::map<std::string, Secret, std::less<>> keys;  // API key id -> secret; tokens signed by any of them are good
  std::string signing_key;                          // the key id that mints tokens and signs webhooks
  std::vector<std::string> webhook_urls;
  bool remote_unmute = false;  // the server API may unmute a track
};

class LiveKitServer final : public app::MediaServer {
 public:
  // `send_media` hands a command to the media loop of its room; `has_room`: whether that can take a viewer more.
  LiveKitServer(
      boost::asio::io_context& loop, Settings settings, const Clock& clock, Rng& rng,
      std::function<bool(media::Command)> send_media, RoomsTogether rooms_together = {},
      std::function<bool(const media::RoomSid&)> has_room = [](const media::RoomSid&) { return true; });
  ~LiveKitServer() override;

  void set_gate(const app::TokenGate* gate);
  void set_listener(app::MediaListener listener);
  // Where revocations go that clients of the server API ask for, and those of earlier runs.
  void set_revocation_log(app::RevocationLog* log);
  void restore(const std::vector<app::Revocation>& revocations);
  // Where webhooks wait until they are delivered; before anybody joins. What waits there already is delivered, too.
  void set_webhook_outbox(app::WebhookOutbox& outbox);
  // Adds /rtc, /rtc/validate and /twirp/* to the HTTP server.
  void mount(http::Server& server);
  // What the media loops report, posted to the control loop.
  void on_media_event(const media::Event& event);
  // Tells every client that the server stops, and ends every room.
  void stop();

  std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime now) override;
  void set_publish_right(const app::MediaGrant& grant, app::MediaDone done) override;
  void remove(const domain::RoomId& room, const app::Identity& identity, WallTime until, app::MediaDone done) override;
  void mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
            app::MediaDone done) override;
  void close_room(const domain::RoomId& room, app::MediaDone done) override;
  void let_go(const domain::RoomId& room) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace costage::livekit_server
