#include "node_media.hpp"

#include <utility>

namespace costage::sim {

using namespace domain;
using namespace std::chrono_literals;
using app::MediaDevice;
using app::MediaDone;
using app::MediaOutcome;

namespace {

constexpr milliseconds kLookEvery = 1s;
// In a thousand.
constexpr unsigned kWebhookLost = 100, kWebhookLate = 50, kFailsBefore = 50, kFailsAfter = 30, kSlow = 50;

bool sends(const MediaLink& link) { return link.microphone == MediaDevice::on || link.camera == MediaDevice::on; }

}  // namespace

NodeMedia::NodeMedia(World& world, MediaCluster& cluster, Process& process)
    : world_(world), cluster_(cluster), process_(process) {
  cluster_.join(*this);
}

void NodeMedia::start(const app::TokenGate& gate, app::MediaListener listener) {
  gate_ = &gate;
  listener_ = std::move(listener);
  look();
}

std::optional<app::MediaCredentials> NodeMedia::mint(const app::MediaGrant& grant, WallTime) {
  return app::MediaCredentials{"ws://media", Secret{cluster_.mint(grant)}};
}

void NodeMedia::carry_out(std::function<void()> effect, MediaDone done) {
  const auto there = world_.trouble(kSlow) ? world_.between(200ms, 3s) : world_.between(1ms, 20ms);
  const auto back = world_.between(1ms, 20ms);
  const bool is_lost = world_.trouble(kFailsBefore), fails = is_lost || world_.trouble(kFailsAfter);
  auto answer = [this, back, done = std::move(done)](MediaOutcome outcome) {
    process_.post(back, [done, outcome] { done(outcome); });
  };
  // What was sent to the server arrives there whatever becomes of the node.
  world_.after(there, [process = process_.shared_from_this(), &cluster = cluster_, effect = std::move(effect), is_lost,
                       fails, answer = std::move(answer)] {
    const bool away = cluster.is_away();
    if (!away && !is_lost) effect();
    if (process->is_alive()) answer(away || fails ? MediaOutcome::failed : MediaOutcome::done);
  });
}

void NodeMedia::set_publish_right(const app::MediaGrant& grant, MediaDone done) {
  carry_out([&cluster = cluster_, grant] { cluster.set_lease({grant.room, grant.identity}, grant.lease); },
            std::move(done));
}

void NodeMedia::remove(const RoomId& room, const app::Identity& identity, WallTime, MediaDone done) {
  if (world_.planted(Plant::unchecked)) return carry_out([] {}, std::move(done));
  carry_out([&cluster = cluster_, place = Place{room, identity}] { cluster.disconnect(place); }, std::move(done));
}

void NodeMedia::mute(const RoomId&, const app::Identity&, const TrackSources&, MediaDone done) {
  carry_out([] {}, std::move(done));
}

void NodeMedia::close_room(const RoomId& room, MediaDone done) {
  if (world_.planted(Plant::unchecked)) return carry_out([] {}, std::move(done));
  carry_out([&cluster = cluster_, room] { cluster.close_room(room); }, std::move(done));
}

void NodeMedia::webhook(const Place& place, const std::optional<MediaLink>& link, std::uint64_t version) {
  if (gate_ == nullptr || world_.trouble(kWebhookLost)) return;
  const auto delay = world_.trouble(kWebhookLate) ? world_.between(100ms, 5s) : world_.between(1ms, 20ms);
  process_.post(delay, [this, place, link, version] {
    if (gate_->region_of(place.first)) observe(place, link, version);
  });
}

void NodeMedia::look() {
  process_.post(kLookEvery, [this] { look(); });
  if (cluster_.is_away()) return;
  process_.post(world_.between(1ms, 20ms), [this] {
    Listed list{cluster_.version(), cluster_.links()};
    process_.post(world_.between(1ms, 20ms), [this, list = std::move(list)] { on_list(list); });
  });
}

// Rooms that are ours, and those with somebody who was there when they were.
void NodeMedia::on_list(const Listed& list) {
  for (const auto& [place, link] : list.links)
    if (gate_->region_of(place.first) || known_.contains(place)) observe(place, link, list.version);
  std::vector<Place> gone;
  for (const auto& [place, known] : known_)
    if (!list.links.contains(place)) gone.push_back(place);
  for (const Place& place : gone) observe(place, {}, list.version);
}

// An older word says nothing any more.
void NodeMedia::observe(const Place& place, const std::optional<MediaLink>& link, std::uint64_t version) {
  Known& known = known_[place];
  if (version < known.version) return;
  known.version = version;
  const auto before = std::exchange(known.link, link);
  report(place, before, link);
  if (link) judge(place, *link);
}

void NodeMedia::report(const Place& place, const std::optional<MediaLink>& before,
                       const std::optional<MediaLink>& link) {
  const auto& [room, identity] = place;
  if (!link) {
    if (before) listener_(app::ParticipantLeft{room, identity, "client"});
    return;
  }
  const bool joins = !before || before->connection != link->connection || before->lease != link->lease;
  if (joins) listener_(app::ParticipantJoined{room, identity, link->lease});
  const bool same = before && before->connection == link->connection && before->microphone == link->microphone &&
                    before->camera == link->camera;
  if (!same)
    listener_(app::MediaDevicesChanged{room, identity, link->microphone, link->camera, sends(*link), MediaDevice::off});
}

void NodeMedia::judge(const Place& place, const MediaLink& link) {
  gate_->may_publish(place.first, place.second, link.lease, [this, place](bool may) {
    if (!may) remove(place.first, place.second, {}, [](MediaOutcome) {});
  });
}

}  // namespace costage::sim
