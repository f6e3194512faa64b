// Random shows: whatever people, time and the media server do in whatever order, these hold.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "domain/testing/show.hpp"

namespace costage::domain {
namespace {

using namespace std::chrono_literals;

struct World {
  RoomState state;
  Events history;
  WallTime now = from_unix_ms(1'800'000'000'000);
  int ids = 0;
  std::set<LeaseId> dead;
};

Actor any_actor() {
  const int n = *rc::gen::inRange(0, 6);
  return {UserId{"u" + std::to_string(n)}, "Name", n == 5};
}

InvitationId any_invitation(const World& world) {
  if (world.state.invitations.newest.empty()) return InvitationId{"none"};
  return (*rc::gen::elementOf(world.state.invitations.newest)).id;
}

Invite any_invite(World& world) {
  Invite invite;
  invite.actor = any_actor();
  invite.id = InvitationId{"i" + std::to_string(++world.ids)};
  invite.invitee = any_actor().user;
  invite.invitee_name = "Name";
  invite.invitee_watching = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
  return invite;
}

RequestId any_request(const World& world) {
  if (world.state.requests.newest.empty()) return RequestId{"none"};
  return (*rc::gen::elementOf(world.state.requests.newest)).id;
}

UpdateRoom any_update(const World& world) {
  UpdateRoom update{world.state.room, any_actor()};
  update.policies.max_co_hosts = *rc::gen::inRange(0, 4);
  update.policies.requests_open = *rc::gen::inRange(0, 4) > 0;
  update.policies.quiet_limit = std::chrono::seconds{*rc::gen::element(0, 30, 60)};
  update.policies.show_limit = std::chrono::seconds{*rc::gen::element(0, 0, 600)};
  update.policies.second_window = *rc::gen::element(SecondWindow::replaces, SecondWindow::refused);
  return update;
}

MediaJoined any_join(const World& world, const UserId& user) {
  const Seat* seat = world.state.stage.find(user);
  if (seat == nullptr || *rc::gen::inRange(0, 4) == 0) return {user, {}};
  return {user, seat->lease};
}

// Whose invitation was accepted, or the host.
Actor somebody_admitted(const World& world) {
  const InvitationId id = any_invitation(world);
  const Invitation* invitation = world.state.invitations.find(id);
  const bool admitted = invitation != nullptr && invitation->status == InvitationStatus::accepted;
  return {admitted ? invitation->invitee : world.state.room.host, "Name", false};
}

Command any_command(World& world) {
  const Actor actor = any_actor();
  const auto device = *rc::gen::element(Device::on, Device::muted, Device::off);
  switch (*rc::gen::inRange(0, 28)) {
    case 0:
      return any_update(world);
    case 1:
      return *rc::gen::inRange(0, 8) == 0 ? Command{StopRoom{actor}} : Command{TimePassed{}};
    case 2:
    case 3:
    case 4:
      return any_invite(world);
    case 5:
    case 6:
    case 7: {
      const InvitationId id = any_invitation(world);
      const Invitation* invitation = world.state.invitations.find(id);
      return AcceptInvitation{invitation ? Actor{invitation->invitee, "Name", false} : actor, id};
    }
    case 8:
      return RejectInvitation{actor, any_invitation(world)};
    case 9:
      return CancelInvitation{actor, any_invitation(world)};
    case 10:
      return ResendInvitation{actor, any_invitation(world)};
    case 11:
      return OpenLease{actor, LeaseId{"l" + std::to_string(++world.ids)}};
    case 12:
      return OpenLease{somebody_admitted(world), LeaseId{"l" + std::to_string(++world.ids)}};
    case 13:
      return LeaveStage{actor};
    case 14:
      return RemoveFromStage{actor, any_actor().user};
    case 15:
      return any_join(world, actor.user);
    case 16:
      return *rc::gen::inRange(0, 2) == 0 ? Command{MediaInterrupted{actor.user}} : Command{MediaLeft{actor.user}};
    case 17:
      return DevicesChanged{actor.user, device, *rc::gen::arbitrary<bool>() ? Device::on : Device::off, true};
    case 18:
    case 19:
      return AskToJoin{actor, RequestId{"r" + std::to_string(++world.ids)}, ""};
    case 20:
      return WithdrawRequest{{actor, any_request(world)}};
    case 21:
      return DeclineRequest{{actor, any_request(world)}};
    case 22:
      return NameSuccessor{actor, *rc::gen::inRange(0, 3) == 0 ? std::optional<UserId>{} : any_actor().user};
    case 23:
      return SwitchOff{actor, any_actor().user, {.microphone = true}};
    case 24:
      return SetPermissions{actor, any_actor().user, {.invite = true, .moderate = *rc::gen::arbitrary<bool>()}};
    case 25:
      return NameSuccessor{{UserId{"u0"}, "Host", false}, any_actor().user};
    case 26:
      return DevicesChanged{actor.user, device, Device::off, device == Device::on};
    default:
      return *rc::gen::inRange(0, 5) == 0 ? Command{MediaLost{}} : Command{TimePassed{}};
  }
}

World new_world() {
  World world;
  CreateRoom create;
  create.actor = {UserId{"u0"}, "Host", false};
  create.id = RoomId{"room"};
  create.title = "Show";
  create.policies.max_co_hosts = 2;
  world.history = *create_room(create, world.now);
  world.state = replay(RoomState{}, world.history);
  return world;
}

void only_pending_moved(const RoomState& before, const RoomState& after) {
  for (const Invitation& was : before.invitations.newest) {
    const Invitation* is = after.invitations.find(was.id);
    if (is != nullptr && was.status != InvitationStatus::pending) RC_ASSERT(is->status == was.status);
  }
}

void remember_dead_leases(World& world, const RoomState& before) {
  for (const Seat& seat : before.stage.seats)
    if (!lease_is_alive(world.state.stage, seat.user, seat.lease)) world.dead.insert(seat.lease);
}

void dead_leases_stay_dead(const World& world) {
  for (const Seat& seat : world.state.stage.seats) RC_ASSERT(world.dead.count(seat.lease) == 0u);
}

void step(World& world) {
  world.now += *rc::gen::element(0ms, 500ms, 5'000ms, 31'000ms, 61'000ms);
  const auto events = decide(world.state, any_command(world), world.now);
  if (!events) return;
  const RoomState before = world.state;
  world.state = replay(before, *events);
  world.history.insert(world.history.end(), events->begin(), events->end());
  RC_ASSERT(check(world.state) == std::string{});
  RC_ASSERT(events->empty() == (before == world.state));
  only_pending_moved(before, world.state);
  remember_dead_leases(world, before);
  dead_leases_stay_dead(world);
}

void carry_out(World& world, const Command& command) {
  const Events events = *decide(world.state, command, world.now);
  world.state = replay(world.state, events);
  world.history.insert(world.history.end(), events.begin(), events.end());
}

// Left to chance alone hardly a show would go live.
void go_live(World& world) {
  const UserId host = world.state.room.host;
  const LeaseId lease{"l" + std::to_string(++world.ids)};
  carry_out(world, OpenLease{{host, "Host", false}, lease, {}, {}});
  carry_out(world, MediaJoined{host, lease});
  carry_out(world, DevicesChanged{host, Device::on, Device::on, true});
}

World any_show() {
  World world = new_world();
  if (*rc::gen::inRange(0, 4) > 0) go_live(world);
  const int steps = *rc::gen::inRange(20, 120);
  for (int i = 0; i < steps; ++i) step(world);
  return world;
}

TEST(Properties, AnyShowKeepsItsInvariants) {  // only pending moves; the stage's limit; dead leases stay dead
  EXPECT_TRUE(rc::check([] {
    const World world = any_show();
    RC_CLASSIFY(world.state.room.live_at.has_value(), "went live");
    RC_CLASSIFY(!world.dead.empty(), "leases died");
    RC_CLASSIFY(world.state.stage.co_hosts() == 2, "full stage");
  }));
}

TEST(Properties, HistoryHasNoHoleAndReplaysToTheSameState) {
  EXPECT_TRUE(rc::check([] {
    const World world = any_show();
    std::uint64_t seq = 0;
    for (const Event& event : world.history) RC_ASSERT(event.seq == ++seq);
    RC_ASSERT(replay(RoomState{}, world.history) == world.state);
  }));
}

TEST(Properties, EveryInvitationEndsExactlyOnce) {
  EXPECT_TRUE(rc::check([] {
    World world = any_show();
    world.now += 301s;
    if (is_open(world.state.room.status)) {
      const auto events = decide(world.state, StopRoom{{UserId{"u0"}, "Host", false}}, world.now);
      world.history.insert(world.history.end(), events->begin(), events->end());
    }
    std::map<InvitationId, int> ended;
    for (const Event& event : world.history) {
      const auto* change = std::get_if<InvitationChange>(&event.data);
      // What becomes of the place of who accepted ends no invitation.
      const bool is_place = event.type == EventType::invitation_called || event.type == EventType::invitation_revoked;
      if (change == nullptr || is_place) continue;
      ended[change->invitation.id] += change->invitation.status != InvitationStatus::pending;
    }
    for (const auto& [id, times] : ended) RC_ASSERT(times == 1);
  }));
}

TEST(Properties, AfterTheLastDeadlineNothingWaits) {  // nothing stays pending for ever, no ghost rooms
  EXPECT_TRUE(rc::check([] {
    World world = any_show();
    while (const auto deadline = next_deadline(world.state)) {
      RC_ASSERT(world.state.seq < 100'000u);
      world.now = std::max(world.now, *deadline);
      const auto events = decide(world.state, TimePassed{}, world.now);
      RC_ASSERT(events.has_value() && !events->empty());
      world.state = replay(world.state, *events);
    }
    RC_ASSERT(world.state.room.status != RoomStatus::waiting_reconnect);
  }));
}

}  // namespace
}  // namespace costage::domain
