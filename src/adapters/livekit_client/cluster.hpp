// One LiveKit server or cluster: carries out what the media port asks for, keeps in mind who is in its rooms, and looks
// again and again whether that is so.
#pragma once

#include <livekit/room.pb.h>
#include <livekit/webhook.pb.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "adapters/livekit_client/availability.hpp"
#include "adapters/livekit_client/egress_service.hpp"
#include "adapters/livekit_client/ingress_service.hpp"
#include "adapters/livekit_client/media_room.hpp"
#include "adapters/livekit_client/twirp_client.hpp"
#include "app/ports/media_server.hpp"

namespace costage::livekit_client {

struct ClusterSettings {
  std::string region;   // its name; empty: the first
  std::string url;      // what clients connect to: "wss://livekit.example.org"
  std::string api_url;  // where its server API is: "http://10.0.0.3:7880"
  std::string key;
  Secret secret;
  bool egress = false, ingress = false;  // whether these services of LiveKit's run beside it
  RecordingSettings recording;
};

// What happened since the start.
struct Counts {
  std::uint64_t webhooks = 0;  // that were ours
  std::uint64_t found = 0;     // changes that no webhook had told
};

// What a cluster tells and asks.
struct Hooks {
  app::MediaListener on_event;
  app::EgressListener on_egress;
  // One sentence why it is away, or nothing when it is back.
  std::function<void(const std::optional<std::string>&)> on_availability;
  // One sentence while none of its webhooks was ever seen.
  std::function<void(const std::optional<std::string>&)> on_webhooks;
  std::function<const app::TokenGate*()> gate;
};

class Cluster : public std::enable_shared_from_this<Cluster> {
 public:
  Cluster(boost::asio::io_context& loop, ClusterSettings settings, const Clock& clock, Hooks hooks);

  // One sentence why it cannot be used as configured; empty: it can, or it does not answer now.
  boost::asio::awaitable<std::string> check();
  // From then on it is looked at.
  void start();
  void stop();

  [[nodiscard]] std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime now) const;
  void set_publish_right(const app::MediaGrant& grant, app::MediaDone done);
  void remove(const domain::RoomId& room, const app::Identity& identity, app::MediaDone done);
  void mute(const domain::RoomId& room, const app::Identity& identity, const domain::TrackSources& sources,
            app::MediaDone done);
  void close_room(const domain::RoomId& room, app::MediaDone done);

  // One that is about no room of its own changes nothing.
  void on_webhook(const livekit::WebhookEvent& event);
  [[nodiscard]] const ClusterSettings& settings() const { return settings_; }
  [[nodiscard]] bool available() const { return availability_.available(); }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] CallCounts calls() const;
  // nullptr: it has none.
  [[nodiscard]] EgressService* egress() const { return egress_.get(); }
  [[nodiscard]] IngressService* ingress() const { return ingress_.get(); }
  [[nodiscard]] std::size_t people() const;

 private:
  using Outcome = boost::asio::awaitable<app::MediaOutcome>;
  // Carries it out, but for while the server does not answer.
  template <class Act>
  void carry_out(app::MediaDone done, Act act);
  template <class Response, class Request>
  boost::asio::awaitable<Called<Response>> call(const char* method, const Request& request,
                                                const boost::json::object& grant);
  template <class Response, class Request>
  boost::asio::awaitable<Called<Response>> in_room(const char* method, const Request& request);

  Outcome give_right(app::MediaGrant grant);
  Outcome remove_all(domain::RoomId room, app::Identity identity);
  Outcome remove_one(domain::RoomId room, std::string identity);
  Outcome mute_all(domain::RoomId room, app::Identity identity, domain::TrackSources sources);
  Outcome delete_room(domain::RoomId room);

  boost::asio::awaitable<Called<livekit::ListRoomsResponse>> list_rooms();
  boost::asio::awaitable<void> watch();
  using WhyNot = std::string;  // empty: it answered
  boost::asio::awaitable<WhyNot> look();
  boost::asio::awaitable<WhyNot> look_at(domain::RoomId room);
  boost::asio::awaitable<bool> nap(boost::asio::steady_timer& timer, std::chrono::milliseconds pause);  // false: stop
  boost::asio::awaitable<void> await_webhooks();
  boost::asio::awaitable<void> ask_for_people();
  boost::asio::awaitable<void> ping(domain::RoomId id, MediaRoom::Listed one);
  // Asks the node that somebody is on, which alone can say.
  boost::asio::awaitable<Called<livekit::UpdateSubscriptionsResponse>> ask_after(domain::RoomId room,
                                                                                 std::string identity);
  // Nobody waits for it: of who is gone no node answers, which takes LiveKit 3 s to say.
  void ask_after_missing(const domain::RoomId& room, const MediaRoom::Listed& one);
  boost::asio::awaitable<void> settle_missing(domain::RoomId room, MediaRoom::Listed one);
  Outcome remove_forgotten(domain::RoomId room, std::string identity);
  boost::asio::awaitable<bool> sees_webhook();
  void note_round(const WhyNot& why_not);

  MediaRoom& room_of(const domain::RoomId& id);
  void report(const MediaRoom& room, const MediaEvents& events);
  void judge(const MediaRoom& room);
  [[nodiscard]] bool is_ours(const domain::RoomId& room) const;
  [[nodiscard]] TwirpClient api(std::chrono::seconds timeout = TwirpClient::kTimeout) const;
  void ask_for_ingress(const domain::RoomId& room, const app::Identity& identity, const domain::LeaseId& lease,
                       const std::function<void(bool)>& answer) const;
  boost::asio::awaitable<void> look_at_services();

  boost::asio::io_context& loop_;
  ClusterSettings settings_;
  const Clock& clock_;
  Hooks hooks_;
  TwirpClient api_;
  std::shared_ptr<EgressService> egress_;
  std::shared_ptr<IngressService> ingress_;
  std::map<domain::RoomId, MediaRoom> rooms_;  // those with somebody who matters, and those that are looked at
  Turn turn_ = 0;
  Counts counts_;
  Availability availability_;
  boost::asio::steady_timer pause_, webhook_pause_, ping_pause_;
  std::set<std::string> asked_after_;  // sids of those who are missing, while their node is asked
  std::string asked_room_;             // that it was asked to make, to see whether its webhooks arrive
  bool webhook_seen_ = false;
  bool stopping_ = false;
};

}  // namespace costage::livekit_client
