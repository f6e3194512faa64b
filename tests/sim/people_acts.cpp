// What people ask for.
#include "people.hpp"

namespace costage::sim {

using namespace domain;
using namespace std::chrono_literals;
using app::App;
using app::Caller;
using app::Done;
using app::MaybeIdempotency;

namespace {

constexpr std::size_t kShows = 3;

std::string place(const RoomId& room, const UserId& user) { return room.value() + '/' + user.value(); }

}  // namespace

void People::create_room() {
  if (ledger_.rooms().size() >= kShows) return;
  CreateRoom show;
  show.title = "Show " + std::to_string(++shows_);
  show.policies.invite_watchers_only = false;
  show.policies.max_co_hosts = 1 + static_cast<int>(world_.rng().below(3));
  show.policies.invitation_ttl = limits::kMinTtl * (1 + static_cast<int>(world_.rng().below(3)));
  show.policies.reconnect_grace = limits::kMinGrace * (1 + static_cast<int>(world_.rng().below(2)));
  send<Room>(
      "create " + show.title, somebody(),
      [show](App& app, const Caller& by, const MaybeIdempotency& once, Done<Room> done) {
        app.rooms().create(by, show, once, std::move(done));
      },
      [](const Room& room) { return room.id.value(); },
      [](const Room& room) { return Promise{EventType::room_created, room.id.value()}; });
}

void People::stop_room() {
  const RoomState* show = any_room();
  if (show == nullptr || !world_.chance(300)) return;
  send<Room>(
      "stop " + show->room.title, host_of(*show),
      [room = show->room.id](App& app, const Caller& by, const MaybeIdempotency& once, Done<Room> done) {
        app.rooms().stop(by, room, once, std::move(done));
      },
      [](const Room& room) { return room.id.value(); },
      [](const Room& room) { return Promise{EventType::room_ended, room.id.value()}; });
}

void People::change_limit() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  const int most = 1 + static_cast<int>(world_.rng().below(3));
  send<Room>(
      "change " + show->room.title, host_of(*show),
      [room = show->room.id, most](App& app, const Caller& by, const MaybeIdempotency& once, Done<Room> done) {
        app.rooms().update(
            by, room, [most](RoomDetails& details) { details.policies.max_co_hosts = most; }, once, std::move(done));
      },
      [](const Room& room) { return room.id.value(); },
      [](const Room& room) { return Promise{EventType::room_created, room.id.value()}; });
}

void People::open_seat(const Caller& who, const RoomId& room) {
  send<app::BroadcasterData>(
      "take a seat in " + room.value(), who,
      [this, room](App& app, const Caller& by, const MaybeIdempotency& once, Done<app::BroadcasterData> done) {
        app.stage().broadcaster(by, room, {}, once,
                                [this, done = std::move(done)](const domain::Answer<app::BroadcasterData>& data) {
                                  if (data) remember(all_.media.token(data->media.token.reveal()));
                                  done(data);
                                });
      },
      [](const app::BroadcasterData& data) { return data.lease.value(); },
      [](const app::BroadcasterData& data) { return Promise{EventType::stage_prepared, data.lease.value()}; });
}

void People::host_takes_seat() {
  const RoomState* show = any_room();
  if (show != nullptr && is_open(show->room.status)) open_seat(host_of(*show), show->room.id);
}

void People::take_seat() {
  const Invitation* invitation = any_invitation(InvitationStatus::accepted);
  if (invitation != nullptr) open_seat(caller(invitation->invitee), invitation->room);
}

void People::leave() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  send<app::StageView>(
      "leave " + show->room.id.value(), somebody(),
      [room = show->room.id](App& app, const Caller& by, const MaybeIdempotency& once, Done<app::StageView> done) {
        app.stage().leave(by, room, once, std::move(done));
      },
      [](const app::StageView& view) { return view.room.value(); },
      [](const app::StageView& view) { return Promise{EventType::room_created, view.room.value()}; });
}

void People::remove() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  const UserId whom = show->stage.seats.empty() ? somebody().user : world_.any(show->stage.seats).user;
  send<app::StageView>(
      "remove " + whom.value(), host_of(*show),
      [room = show->room.id, whom](App& app, const Caller& by, const MaybeIdempotency& once,
                                   Done<app::StageView> done) {
        app.stage().remove(by, room, whom, once, std::move(done));
      },
      [](const app::StageView& view) { return view.room.value(); },
      [whom](const app::StageView& view) { return Promise{EventType::stage_left, place(view.room, whom)}; });
}

void People::ban() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  BanPerson verb;
  verb.user = somebody().user;
  send<Standing>(
      "ban " + verb.user.value(), host_of(*show),
      [room = show->room.id, verb](App& app, const Caller& by, const MaybeIdempotency& once, Done<Standing> done) {
        BanPerson command = verb;
        command.actor = by;
        app.chat_order().act(std::move(command), room, once, std::move(done));
      },
      [](const Standing& standing) { return standing.user.value(); },
      [room = show->room.id](const Standing& standing) {
        return Promise{EventType::moderation_banned, place(room, standing.user)};
      });
}

void People::unban() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  const auto banned = std::ranges::find(show->standings.people, true, &Standing::banned);
  if (banned == show->standings.people.end()) return;
  UnbanPerson verb;
  verb.user = banned->user;
  send<Standing>(
      "unban " + verb.user.value(), host_of(*show),
      [room = show->room.id, verb](App& app, const Caller& by, const MaybeIdempotency& once, Done<Standing> done) {
        UnbanPerson command = verb;
        command.actor = by;
        app.chat_order().act(std::move(command), room, once, std::move(done));
      },
      [](const Standing& standing) { return standing.user.value(); },
      [room = show->room.id](const Standing& standing) {
        return Promise{EventType::moderation_unbanned, place(room, standing.user)};
      });
}

void People::say() {
  const RoomState* show = any_room();
  if (show == nullptr) return;
  app::NewMessage message;
  message.text = "Word " + std::to_string(++said_);
  const Caller by = somebody();
  const auto start = [this, room = show->room.id, message, by](App& app, const MaybeIdempotency& once,
                                                               std::function<void(const Outcome&)> done) {
    app.chats().send(by, room, message, once, [this, done](const domain::Answer<app::MessageView>& answer) {
      if (!answer) return done({answer.error().code, {}});
      const MessageId id = answer->message.id;
      done({{}, id.value(), [this, id] { return ledger_.was_sent(id); }});
    });
  };
  requests_.send({message.text, by, start});
}

}  // namespace costage::sim
