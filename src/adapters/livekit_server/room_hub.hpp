// All rooms of this server: hands inputs to signal::Room and carries its effects out over WebSockets, media loops and
// the hooks. Control loop only.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "adapters/http/server.hpp"
#include "adapters/livekit_server/connect_request.hpp"
#include "adapters/livekit_server/refused.hpp"
#include "adapters/livekit_server/rooms_together.hpp"
#include "base/clock.hpp"
#include "base/rng.hpp"
#include "signal/room.hpp"

namespace costage::livekit_server {

// Where effects go that are not messages to clients.
struct Hooks {
  std::function<bool(media::Command)> media;  // false: refused, it or its queue is full
  std::function<void(const std::string& room, const signal::Notice&)> notice;
  std::function<void(const livekit::WebhookEvent&)> webhook;
  std::function<std::optional<std::string>(const std::string& room, const signal::Grants&)> token;
  RoomsTogether rooms_together = {};
  // Whether the media loop of that room has room for somebody more. A room without anybody: any loop.
  std::function<bool(const media::RoomSid& room)> has_room = [](const media::RoomSid&) { return true; };
};

class RoomHub {
 public:
  static constexpr std::size_t kMaxRooms = 16 * 1024;

  RoomHub(boost::asio::io_context& loop, const Clock& clock, Rng& rng, Hooks hooks, bool webhooks);
  ~RoomHub();

  // Why somebody cannot join; asked before the WebSocket opens. Who performs is never one too many.
  [[nodiscard]] std::optional<Refused> refusal(const std::string& room, const std::string& identity,
                                               bool performs) const;
  // A WebSocket opened by the bearer of these grants.
  http::WebSocketEvents connect(const std::string& room, const signal::Grants& grants, const ConnectRequest& request,
                                std::shared_ptr<http::WebSocket> socket);
  void on_media_event(const media::Event& event);

  // nullptr: there is no such room.
  [[nodiscard]] signal::Room* find(const std::string& name);
  // Creates the room unless it exists. nullptr: too many rooms.
  signal::Room* open(const std::string& name, signal::RoomOptions options);
  [[nodiscard]] std::vector<signal::Room*> rooms();
  // RoomService's move of a participant, and who hears how its calls ended.
  Result<void, signal::ApiRefusal> move(signal::Room& from, const std::string& identity, signal::Room& to);
  // RoomService's forwarding of a participant into another room, in which it is shown from then on.
  Result<void, signal::ApiRefusal> forward(signal::Room& from, const std::string& identity, signal::Room& to);
  void on_rpc_done(std::function<void(const signal::RpcDone&)> listener) { rpc_done_ = std::move(listener); }
  // Of rooms that are made from now on.
  void allow_remote_unmute(bool allow) { remote_unmute_ = allow; }
  // Carries out what calls of a room's server API left to do.
  void carry_out(signal::Room& room);
  void close_all();

  [[nodiscard]] Moment now() const { return clock_.moment(); }

 private:
  struct Session {
    signal::Room* room = nullptr;
    std::shared_ptr<http::WebSocket> socket;  // none while the client is away
    bool json = false;                        // the format of its last message
    bool in_media = false;                    // AddPeer was taken
  };

  media::PeerSid join(const std::string& room, const signal::Grants& grants, const ConnectRequest& request,
                      const std::shared_ptr<http::WebSocket>& socket);
  media::PeerSid resume(const std::string& room, const signal::Grants& grants, const ConnectRequest& request,
                        const std::shared_ptr<http::WebSocket>& socket);
  void on_message(const media::PeerSid& sid, http::WebSocket* socket, std::string_view message, bool binary);
  void on_request(const media::PeerSid& sid, http::WebSocket* socket, const livekit::SignalRequest& request);
  void on_closed(const media::PeerSid& sid, http::WebSocket* socket);
  [[nodiscard]] Session* current(const media::PeerSid& sid, http::WebSocket* socket);
  [[nodiscard]] signal::Room* room_of(const media::Event& event);

  void carry_out(signal::Room& room, signal::Effect effect);
  // What has changed of participants of this room, and what they said, is shown in the other rooms they are shown in.
  void update_forwarded(signal::Room& room);
  void hand_on(const signal::DataForwarded& data);
  // Who speaks is measured where they publish.
  void hand_on(const signal::Room& from, const media::SpeakersChanged& event);
  [[nodiscard]] signal::Room* find(const media::RoomSid& sid) const;
  void send(const signal::Send& send);
  void send_token(const signal::Room& room, const signal::SendToken& token);
  void send_moved(const signal::Room& room, signal::SendMoved moved);
  void close(const media::PeerSid& peer);
  void tell_media(media::Command command);
  // Peers whose commands were refused start over; removals are tried again until they are taken.
  void reset_refused(signal::Room& room);
  void refuse(const media::Command& command);
  void remove_from_media(const media::PeerSid& peer);
  void forget_finished();
  void start_timer();
  void on_timer();

  boost::asio::steady_timer timer_;
  const Clock& clock_;
  Rng& rng_;
  Hooks hooks_;
  bool webhooks_;
  bool remote_unmute_ = false;
  std::function<void(const signal::RpcDone&)> rpc_done_ = [](const signal::RpcDone&) {};
  std::map<std::string, std::unique_ptr<signal::Room>> rooms_;
  std::unordered_map<media::RoomSid, signal::Room*> by_sid_;
  std::unordered_map<media::PeerSid, Session> sessions_;
  std::vector<signal::DataForwarded> said_elsewhere_;  // in the turn at work
  std::vector<media::PeerSid> refused_;                // to be reset, of the room at work
  std::vector<media::PeerSid> unremoved_;  // gone here, but media does not know; no more than media has peers
  std::uint64_t refusals_ = 0;
  bool timer_runs_ = false;
};

}  // namespace costage::livekit_server
