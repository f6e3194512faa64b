// What people and the world do.
#include <algorithm>
#include <utility>

#include "app/testing/people_test.hpp"

namespace costage::app::testing {

using namespace std::chrono_literals;

namespace {

const auto kNothing = [](const auto&) {};
const Caller kBackend{UserId{"backend"}, "", true};

}  // namespace

RoomId People::any_room() { return chance(4) ? any(rooms_) : rooms_.front(); }

Caller People::host_of(const RoomId& room) {
  if (chance(20)) return somebody();
  const auto known = witness_.rooms.find(room);
  if (known == witness_.rooms.end()) return callers_.front();
  return caller(known->second.room.host);
}

const Caller& People::caller(const UserId& user) const {
  const auto at = std::ranges::find(callers_, user, &Caller::user);
  return at == callers_.end() ? callers_.front() : *at;
}

// Mostly one that waits for its answer.
const Witness::Sent* People::any_invitation() {
  auto& all = witness_.invitations;
  if (all.empty()) return nullptr;
  const auto waits = std::ranges::find(all, InvitationStatus::pending, &Witness::Sent::status);
  return waits != all.end() && !chance(4) ? &*waits : &any(all);
}

MaybeIdempotency People::key(const std::string& request) {
  if (!chance(4)) return {};
  return Idempotency{"key" + std::to_string(chance_.below(9)), request};
}

void People::create_room() {
  if (rooms_.size() == 3) return;
  CreateRoom room;
  room.title = "Show";
  room.policies.max_co_hosts = 1 + static_cast<int>(chance_.below(3));
  room.policies.invite_watchers_only = chance(2);
  room.policies.guests_may_watch = chance(2);
  if (rooms_.empty()) room.policies.invite_watchers_only = false;
  app_->rooms().create(rooms_.empty() ? callers_.front() : somebody(), room, {}, once<Room>([this](const Room& made) {
                         rooms_.push_back(made.id);
                         witness_.acknowledged(EventType::room_created, made.id.value());
                       }));
}

void People::update_room() {
  const RoomId room = any_room();
  const auto change = [most = 1 + static_cast<int>(chance_.below(3)), open = !chance(4),
                       watchers = chance(2)](RoomDetails& details) {
    details.policies.max_co_hosts = most;
    details.policies.requests_open = open;
    details.policies.invite_watchers_only = watchers;
  };
  app_->rooms().update(host_of(room), room, change, {}, once<Room>(kNothing));
}

void People::stop_room() {
  const RoomId room = any_room();
  if (!chance(3)) return;
  app_->rooms().stop(
      chance(2) ? kBackend : host_of(room), room, key("stop " + room.value()),
      once<Room>([this](const Room& is) { witness_.acknowledged(EventType::room_ended, is.id.value()); }));
}

void People::block() {
  const Caller& by = somebody();
  const UserId whom = somebody().user;
  const auto done = once<Block>(kNothing);
  if (chance(3)) return app_->blocks().put(by, whom, {}, done);
  app_->blocks().remove(by, whom, {}, done);
}

void People::switch_invitations() { app_->users().take_invitations(somebody(), !chance(3), {}, once<User>(kNothing)); }

void People::ask_to_join() {
  app_->requests().ask(somebody(), any_room(), "Me!", {}, once<AskAnswer>([this](const AskAnswer& answer) {
                         const auto type = answer.created ? EventType::request_created : EventType::request_updated;
                         witness_.acknowledged(type, answer.view.request.id.value());
                       }));
}

void People::crowd_asks() {
  if (!chance(10)) return;
  for (std::size_t i = 0; i < limits::kQueue + 5; ++i) {
    const std::string name = "fan" + std::to_string(i);
    app_->requests().ask({UserId{name}, name, false}, rooms_.front(), "", {}, once<AskAnswer>(kNothing));
  }
}

void People::withdraw() {
  if (witness_.requests.empty()) return;
  const auto& one = any(witness_.requests);
  app_->requests().withdraw(caller(one.user), one.id, key("withdraw " + one.id.value()),
                            once<RequestView>([this](const RequestView& view) {
                              witness_.acknowledged(EventType::request_withdrawn, view.request.id.value());
                            }));
}

void People::decline() {
  if (witness_.requests.empty()) return;
  const auto& one = any(witness_.requests);
  app_->requests().decline(host_of(rooms_.front()), one.id, "Later.", {},
                           once<RequestView>([this](const RequestView& view) {
                             witness_.acknowledged(EventType::request_declined, view.request.id.value());
                           }));
}

void People::invite(const Caller& by, const RoomId& room, const UserId& whom) {
  app_->invitations().create(by, room, whom, 10s * (1 + static_cast<int>(chance_.below(6))),
                             key("invite " + room.value() + whom.value()),
                             once<InviteAnswer>([this](const InviteAnswer& answer) {
                               witness_.acknowledged(EventType::invitation_created, answer.invitation.id.value());
                             }));
}

void People::invite() {
  const RoomId room = any_room();
  invite(host_of(room), room, somebody().user);
}

void People::invite_several() {
  const RoomId room = any_room();
  std::vector<UserId> all;
  for (const Caller& one : callers_)
    if (chance(2)) all.push_back(one.user);
  app_->invitations().create_all(host_of(room), room, all, {}, {}, once<std::vector<BatchAnswer>>(kNothing));
}

void People::accept(const Witness::Sent& one) {
  app_->invitations().accept(caller(one.invitee), one.id, key("accept " + one.id.value()),
                             once<Invitation>([this](const Invitation& is) {
                               witness_.acknowledged(EventType::invitation_accepted, is.id.value());
                             }));
}

void People::cancel(const Witness::Sent& one) {
  app_->invitations().cancel(host_of(one.room), one.id, key("cancel " + one.id.value()),
                             once<Invitation>([this](const Invitation& is) {
                               witness_.acknowledged(EventType::invitation_cancelled, is.id.value());
                             }));
}

void People::answer_invitation() {
  const Witness::Sent* one = any_invitation();
  if (one == nullptr) return;
  if (!chance(5)) return accept(*one);
  app_->invitations().reject(caller(one->invitee), one->id, {}, once<Invitation>([this](const Invitation& is) {
                               witness_.acknowledged(EventType::invitation_rejected, is.id.value());
                             }));
}

void People::cancel() {
  if (const Witness::Sent* one = any_invitation()) cancel(*one);
}

void People::resend() {
  const Witness::Sent* one = any_invitation();
  if (one == nullptr) return;
  app_->invitations().resend(host_of(one->room), one->id, {}, once<Invitation>([this](const Invitation& is) {
                               witness_.acknowledged(EventType::invitation_resent, is.id.value());
                             }));
}

void People::call_to_stage() {
  const auto one = std::ranges::find(witness_.invitations, InvitationStatus::accepted, &Witness::Sent::status);
  if (one == witness_.invitations.end()) return;
  const Witness::Sent& sent = chance(3) ? any(witness_.invitations) : *one;
  app_->invitations().call(host_of(sent.room), sent.id, {}, once<Invitation>([this](const Invitation& is) {
                             witness_.acknowledged(EventType::invitation_called, is.id.value());
                           }));
}

// Two tabs accept, the host cancels, the guest is on the way on stage, and sometimes the show stops just then.
void People::everybody_at_once() {
  const Witness::Sent* one = any_invitation();
  if (one == nullptr) return;
  const Witness::Sent sent = *one;
  for (int i = 0; i < 5; ++i) switch (chance_.below(6)) {
      case 0:
      case 1:
        accept(sent);
        break;
      case 2:
        cancel(sent);
        break;
      case 3:
        app_->stage().remove(host_of(sent.room), sent.room, sent.invitee, {}, once<StageView>(kNothing));
        break;
      case 4:
        if (chance(20)) app_->rooms().stop(host_of(sent.room), sent.room, {}, once<Room>(kNothing));
        break;
      default:
        open_lease(caller(sent.invitee), sent.room);
    }
}

void People::open_lease(const Caller& who, const RoomId& room) {
  app_->stage().broadcaster(who, room, {}, key("lease " + room.value()),
                            once<BroadcasterData>([this](const BroadcasterData& data) {
                              witness_.acknowledged(EventType::stage_prepared, data.lease.value());
                            }));
}

void People::broadcaster_data() {
  const RoomId room = any_room();
  open_lease(chance(3) ? host_of(room) : somebody(), room);
}

void People::leave() {
  const RoomId room = any_room();
  const Caller& who = somebody();
  app_->stage().leave(who, room, key("leave " + room.value()), once<StageView>([this, room, who](const StageView&) {
                        witness_.acknowledged(EventType::stage_left, room.value() + '/' + who.user.value());
                      }));
}

void People::remove() {
  const RoomId room = any_room();
  const UserId whom = somebody().user;
  app_->stage().remove(host_of(room), room, whom, {}, once<StageView>([this, room, whom](const StageView&) {
                         witness_.acknowledged(EventType::stage_left, room.value() + '/' + whom.value());
                       }));
}

void People::act_on_devices() {
  const RoomId room = any_room();
  const TrackSources sources{.microphone = true, .camera = chance(2)};
  const auto done = once<StageView>(kNothing);
  if (chance(2)) return app_->stage().switch_off(host_of(room), room, somebody().user, sources, {}, done);
  app_->stage().ask_to_switch_on(host_of(room), room, somebody().user, sources, {}, done);
}

// Who is out is let in again, or soon nobody is left.
void People::keep_order() {
  const RoomId room = any_room();
  const Caller by = host_of(room);
  const auto on = [&]<class Verb>(Verb verb) {
    verb.actor = by;
    verb.user = somebody().user;
    app_->chat_order().act(std::move(verb), room, {}, once<Standing>(kNothing));
  };
  if (chance(6)) return on(BanPerson{});
  if (chance(2)) return on(UnbanPerson{});
  if (chance(4)) return on(MutePerson{});
  if (chance(3)) return on(UnmutePerson{});
  if (chance(2)) return on(AppointModerator{});
  on(DismissModerator{});
}

// What the media server says comes in any order.
void People::report_egress() {
  Egress egress;
  egress.id = EgressId{"EG_" + std::to_string(chance_.below(30))};
  egress.kind = chance(2) ? EgressKind::recording : EgressKind::restream;
  egress.state = static_cast<EgressState>(chance_.below(5));
  app_->egresses().on_report({any_room(), egress});
}

void People::give_rights() {
  const RoomId room = any_room();
  const UserId whom = somebody().user;
  if (chance(5)) {
    const RunOfShow plan{{{"Clay", whom}, {"Questions", {}}}, chance_.below(2)};
    return app_->run_of_shows().set(host_of(room), room, plan, {}, once<RunOfShow>(kNothing));
  }
  if (chance(4))
    return app_->scenes().set(host_of(room), room, {Layout::spotlight, whom, {}}, {}, once<Scene>(kNothing));
  if (chance(2)) return app_->rooms().name_successor(host_of(room), room, whom, {}, once<Room>(kNothing));
  app_->stage().set_permissions(host_of(room), room, whom, {.invite = chance(2), .moderate = chance(2)}, {},
                                once<StageView>(kNothing));
}

}  // namespace costage::app::testing
