// /v1/realtime: every connection, and who of them hears what. Lives on the control loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "adapters/auth/user.hpp"
#include "adapters/http/server.hpp"
#include "adapters/realtime/frames.hpp"
#include "adapters/realtime/presence_pace.hpp"
#include "app/app.hpp"
#include "base/rng.hpp"

namespace costage::realtime {

class Connection;

// Tells who a token's user is, or why not.
using Authenticate = std::function<domain::Answer<auth::User>(std::string_view token)>;
using Refuse = std::function<http::Response(const domain::Refusal&)>;

class Hub {
 public:
  // About 15 kB each with one subscription: 225 MB. The HTTP server's 16 Ki leave room for requests.
  static constexpr std::size_t kMaxConnections = 15'000;
  static constexpr std::chrono::milliseconds kPresenceEvery{500};  // a turn, and only while something changed

  Hub(boost::asio::io_context& loop, app::App& app, const Clock& clock, Rng& rng, Authenticate authenticate,
      Refuse refuse, http::WebSocketLimits limits = {});
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  void mount(http::Server& server);

  // ---- for connections ----
  [[nodiscard]] app::App& app() { return app_; }
  [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
  [[nodiscard]] WallTime now() const { return clock_.now(); }
  [[nodiscard]] Instant instant() const { return clock_.moment().now; }
  [[nodiscard]] const std::string& epoch() const { return epoch_; }
  [[nodiscard]] bool media_available(const domain::RoomId& room) const {
    return app_.media_state().available(app_.media_region(room));
  }
  void remember_epoch(const std::string& epoch) { epoch_ = epoch; }
  // From now on the connection hears the topic's events.
  void add(const Topic& topic, Connection& connection);
  void remove(const Topic& topic, Connection& connection);
  void forget(Connection& connection) { connections_.erase(&connection); }

 private:
  using Connections = std::set<Connection*>;

  [[nodiscard]] std::variant<http::Response, http::Accept> admit(const http::Request& request);
  http::WebSocketEvents open(const auth::User& user, std::shared_ptr<http::WebSocket> socket);
  void publish(const app::Committed& committed);
  void publish_to_room(const domain::Event& event, const domain::RoomState& state);
  void publish_places(const domain::RoomState& state);
  void publish_copies(const domain::Event& event, const domain::Room& room);
  // To whom it may concern: who invites.
  void publish_to_chat(const app::ChatCommitted& committed);
  void publish_reactions(const domain::RoomId& room, const app::ReactionCounts& counts);
  // Who was banned hears and sees nothing more.
  void turn_out(const domain::RoomId& room, const domain::UserId& user);
  void publish_media(const std::string& region, bool available);
  void publish_readiness(const app::Report& report);
  void note_presence(const domain::RoomId& room);
  void start_presence_turn();
  void send_presence();
  // The listeners of the topic; nullptr when there are none.
  [[nodiscard]] Connections* listeners(const Topic& topic, const domain::UserId& user, bool make);

  boost::asio::io_context& loop_;
  app::App& app_;
  const Clock& clock_;
  Rng& rng_;
  Authenticate authenticate_;
  Refuse refuse_;
  http::WebSocketLimits limits_;
  Connections connections_;
  std::map<domain::RoomId, Connections> by_room_;
  std::map<domain::RoomId, Connections> by_chat_;
  std::map<domain::UserId, Connections> by_user_;
  Connections rooms_;
  std::string epoch_;  // of this database's histories; known before the first subscription to a room begins
  PresencePace presence_;
  boost::asio::steady_timer presence_timer_;
  std::shared_ptr<Hub*> alive_;  // App's listeners outlive the Hub at the program's end
};

}  // namespace costage::realtime
