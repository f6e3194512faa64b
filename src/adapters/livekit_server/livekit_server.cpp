#include "adapters/livekit_server/livekit_server.hpp"

#include <google/protobuf/stubs/logging.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/livekit_api/grants_of.hpp"
#include "adapters/livekit_server/absent_services.hpp"
#include "adapters/livekit_server/admission.hpp"
#include "adapters/livekit_server/notices.hpp"
#include "adapters/livekit_server/room_hub.hpp"
#include "adapters/livekit_server/room_service.hpp"
#include "adapters/livekit_server/rtc_endpoint.hpp"
#include "adapters/livekit_server/webhooks.hpp"
#include "base/check.hpp"

namespace costage::livekit_server {
namespace {

constexpr std::chrono::milliseconds kCheckLeasesEvery{500};
// Who is meant by an identity of app::viewers_of(): each of those connections.
std::vector<std::string> meant_by(const signal::Room& room, const std::string& identity) {
  std::vector<std::string> out{identity};
  for (const auto& one : room.list_participants())
    if (app::viewers_prefix(one.identity()) == identity) out.push_back(one.identity());
  return out;
}

constexpr std::size_t kMostInRefreshed = 4 * 1024;  // bytes of metadata and attributes together
constexpr std::chrono::minutes kRefreshedFor{10};   // life of a token sent as refresh_token, every 5 minutes

}  // namespace

class LiveKitServer::Impl {
 public:
  Impl(boost::asio::io_context& loop, Settings settings, const Clock& clock, Rng& rng,
       std::function<bool(media::Command)> send_media, RoomsTogether rooms_together,
       std::function<bool(const media::RoomSid&)> has_room)
      : loop_(loop),
        settings_(std::move(settings)),
        admission_(settings_.keys),
        webhooks_(loop, clock, settings_.webhook_urls, settings_.signing_key, secret()),
        hub_(loop, clock, rng, hooks(std::move(send_media), std::move(rooms_together), std::move(has_room)),
             !settings_.webhook_urls.empty()),
        service_(admission_, hub_),
        lease_timer_(loop) {
    hub_.allow_remote_unmute(settings_.remote_unmute);
    check_leases();
  }

  [[nodiscard]] const Secret& secret() const {
    const auto it = settings_.keys.find(settings_.signing_key);
    COSTAGE_CHECK(it != settings_.keys.end(), "the signing key is one of the keys");
    return it->second;
  }

  [[nodiscard]] std::optional<std::string> token(const std::string& room, const signal::Grants& grants, WallTime now,
                                                 std::chrono::seconds ttl) const {
    return auth::sign(livekit_api::join_claims(room, grants, now, ttl), settings_.signing_key, secret());
  }

  // What a client has may be longer than a URL: then its token says so instead of carrying it.
  [[nodiscard]] std::optional<std::string> refreshed_token(const std::string& room, signal::Grants grants) const {
    std::size_t size = grants.metadata.size();
    for (const auto& [key, value] : grants.attributes) size += key.size() + value.size();
    grants.metadata_left_out = size > kMostInRefreshed;
    return token(room, grants, hub_.now().wall, kRefreshedFor);
  }

  Hooks hooks(std::function<bool(media::Command)> send_media, RoomsTogether rooms_together,
              std::function<bool(const media::RoomSid&)> has_room) {
    return {
        .media = std::move(send_media),
        // Posted: what the application does in answer must not run into the turn that caused it.
        .notice =
            [this](const std::string& room, const signal::Notice& notice) {
              boost::asio::post(loop_, [this, event = to_media_event(domain::RoomId{room}, notice)] {
                if (listener_) listener_(event);
              });
            },
        .webhook = [this](const livekit::WebhookEvent& event) { webhooks_.send(event); },
        .token = [this](const std::string& room,
                        const signal::Grants& grants) { return refreshed_token(room, grants); },
        .rooms_together = std::move(rooms_together),
        .has_room = std::move(has_room),
    };
  }

  // Runs a call of a room's server API, if there is such a room.
  template <class Act>
  void in_room(const std::string& name, Act act) {
    signal::Room* room = hub_.find(name);
    if (!room) return;
    act(*room);
    hub_.carry_out(*room);
  }

  void mute(signal::Room& room, const std::string& identity, livekit::TrackSource source) {
    const auto participant = room.get_participant(identity);
    if (!participant) return;
    for (const auto& track : participant->tracks())
      if (track.source() == source)
        static_cast<void>(room.mute_published_track(hub_.now(), identity, media::TrackSid{track.sid()}, true));
  }

  // A lease normally ends with an event that puts its holder out. Whatever else happens, nobody who may publish stays
  // longer than a second without one.
  void check_leases() {
    for (const signal::Room* room : hub_.rooms())
      for (const auto& [sid, participant] : room->state().participants) {
        if (participant.forwarded()) continue;  // is asked about in its own room
        admission_.may_stay(room->state().name, participant.grants,
                            [this, room = room->state().name, sid = sid](bool may) {
                              if (!may) put_out_later(room, sid);
                            });
      }
    lease_timer_.expires_after(kCheckLeasesEvery);
    lease_timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) check_leases();
    });
  }

  // Posted: the answer may come in the middle of looking through the participants. Another connection of the same
  // identity is not meant.
  void put_out_later(const std::string& room_name, const media::PeerSid& sid) {
    boost::asio::post(loop_, [this, room_name, sid] {
      in_room(room_name, [&](signal::Room& room) {
        const auto found = room.state().participants.find(sid);
        if (found == room.state().participants.end()) return;
        const std::string identity = found->second.grants.identity;
        spdlog::warn("{} may publish in {} without a living lease: put out", identity, room_name);
        static_cast<void>(room.remove_participant(hub_.now(), identity));
      });
    });
  }

  boost::asio::io_context& loop_;
  Settings settings_;
  app::MediaListener listener_;
  Admission admission_;
  Webhooks webhooks_;
  RoomHub hub_;
  RoomService service_;
  RateLimiter joins_{kJoinsPerMinute};
  boost::asio::steady_timer lease_timer_;
};

LiveKitServer::LiveKitServer(boost::asio::io_context& loop, Settings settings, const Clock& clock, Rng& rng,
                             std::function<bool(media::Command)> send_media, RoomsTogether rooms_together,
                             std::function<bool(const media::RoomSid&)> has_room)
    : impl_(std::make_unique<Impl>(loop, std::move(settings), clock, rng, std::move(send_media),
                                   std::move(rooms_together), std::move(has_room))) {
  // It would write a line for every malformed message, which anybody can send.
  google::protobuf::SetLogHandler(nullptr);
}
LiveKitServer::~LiveKitServer() = default;

void LiveKitServer::set_gate(const app::TokenGate* gate) { impl_->admission_.set_gate(gate); }
void LiveKitServer::set_listener(app::MediaListener listener) { impl_->listener_ = std::move(listener); }
void LiveKitServer::set_revocation_log(app::RevocationLog* log) { impl_->service_.set_revocation_log(log); }
void LiveKitServer::restore(const std::vector<app::Revocation>& revocations) {
  for (const app::Revocation& one : revocations)
    impl_->admission_.revocations().revoke(one.room.value(), one.identity.value(), one.until);
}
void LiveKitServer::set_webhook_outbox(app::WebhookOutbox& outbox) { impl_->webhooks_.start(outbox); }

void LiveKitServer::mount(http::Server& server) {
  mount_rtc(server, impl_->admission_, impl_->hub_, impl_->joins_);
  impl_->service_.mount(server);
  mount_absent_services(server);
}

void LiveKitServer::on_media_event(const media::Event& event) { impl_->hub_.on_media_event(event); }
void LiveKitServer::stop() { impl_->hub_.close_all(); }

std::optional<app::MediaCredentials> LiveKitServer::mint(const app::MediaGrant& grant, WallTime now) {
  auto token = impl_->token(grant.room.value(), livekit_api::grants_of(grant), now, grant.ttl);
  if (!token) return {};
  return app::MediaCredentials{impl_->settings_.url, Secret{std::move(*token)}};
}

void LiveKitServer::set_publish_right(const app::MediaGrant& grant, app::MediaDone done) {
  impl_->in_room(grant.room.value(), [&](signal::Room& room) {
    room.promote(impl_->hub_.now(), grant.identity.value(), grant.metadata, grant.lease.value());
  });
  done(app::MediaOutcome::done);
}

void LiveKitServer::remove(const domain::RoomId& room_id, const app::Identity& identity, WallTime until,
                           app::MediaDone done) {
  const Moment now = impl_->hub_.now();
  impl_->admission_.revocations().expire(now.wall);
  impl_->admission_.revocations().revoke(room_id.value(), identity.value(), until);
  impl_->in_room(room_id.value(), [&](signal::Room& room) {
    for (const std::string& one : meant_by(room, identity.value()))
      static_cast<void>(room.remove_participant(now, one));
  });
  done(app::MediaOutcome::done);
}

void LiveKitServer::mute(const domain::RoomId& room_id, const app::Identity& identity,
                         const domain::TrackSources& sources, app::MediaDone done) {
  impl_->in_room(room_id.value(), [&](signal::Room& room) {
    if (sources.microphone) impl_->mute(room, identity.value(), livekit::MICROPHONE);
    if (sources.camera) impl_->mute(room, identity.value(), livekit::CAMERA);
    if (!sources.screen) return;
    impl_->mute(room, identity.value(), livekit::SCREEN_SHARE);
    impl_->mute(room, identity.value(), livekit::SCREEN_SHARE_AUDIO);
  });
  done(app::MediaOutcome::done);
}

void LiveKitServer::close_room(const domain::RoomId& room_id, app::MediaDone done) {
  const Moment now = impl_->hub_.now();
  impl_->admission_.revocations().revoke(room_id.value(), "", now.wall);
  impl_->in_room(room_id.value(), [&](signal::Room& room) {
    room.close(now, livekit::ROOM_DELETED, livekit::LeaveRequest::DISCONNECT);
  });
  done(app::MediaOutcome::done);
}

void LiveKitServer::let_go(const domain::RoomId& room_id) {
  const Moment now = impl_->hub_.now();
  impl_->in_room(room_id.value(),
                 [&](signal::Room& room) { room.close(now, livekit::MIGRATION, livekit::LeaveRequest::DISCONNECT); });
}

}  // namespace costage::livekit_server
