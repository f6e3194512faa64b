// Who watches, what the media server sees of people, and what goes wrong by itself.
#include <utility>

#include "app/testing/people_test.hpp"

namespace costage::app::testing {

using namespace std::chrono_literals;

namespace {

Caller guest(const RoomId& room, const std::string& name) {
  Caller out{UserId{name}, name, false};
  out.guest_of = room;
  return out;
}

}  // namespace

void People::watch() {
  const RoomId room = any_room();
  const Caller who = chance(6) ? guest(room, "somebody") : somebody();
  app_->watching().start(who, room, *connections_.insert(who.user.value()).first);
  app_->stage().viewer(who, room, once<MediaCredentials>([](const auto&) {}));
}

void People::stop_watching() {
  if (connections_.empty()) return;
  const std::string connection = any(connections_);
  if (chance(2)) return app_->watching().stop(any_room(), connection);
  app_->watching().stop_all(connection);
  connections_.erase(connection);
}

void People::report() {
  const Caller& who = somebody();
  app_->watching().report(who, any_room(), who.user.value(), {DeviceReadiness::ready, DeviceReadiness::off});
}

// With any token that was ever given out: the gate decides.
void People::connect() {
  if (media_.tokens.empty()) return;
  const MediaGrant token = chance(3) ? any(media_.tokens) : media_.tokens.back();
  app_->gate().may_publish(token.room, token.identity, token.lease, [&](bool may) {
    EXPECT_FALSE(may && witness_.dead.contains(token.lease)) << "a dead lease gets in";
    if (may) media_.connect(token);
  });
}

void People::send_media() {
  if (media_.publishers.empty()) return;
  const auto& [place, publisher] = any(media_.publishers);
  if (publisher.interrupted) return;
  const MediaDevice camera = chance(4) ? MediaDevice::muted : MediaDevice::on;
  media_.events.emplace_back(MediaDevicesChanged{place.first, place.second, MediaDevice::on, camera, true});
}

void People::lose_connection() {
  if (media_.publishers.empty()) return;
  const auto& [place, publisher] = any(media_.publishers);
  if (!publisher.interrupted) media_.interrupt(place);
}

void People::come_back() {
  if (media_.publishers.empty()) return;
  const auto& [place, publisher] = any(media_.publishers);
  if (publisher.interrupted) media_.resume(place);
}

void People::hang_up() {
  if (media_.publishers.empty()) return;
  const MediaRooms::Place place = any(media_.publishers).first;
  media_.disconnect(place);
}

void People::tell_media_events() {
  for (const MediaEvent& event : std::exchange(media_.events, {})) app_->on_media(event);
}

void People::time_passes() {
  static constexpr std::chrono::milliseconds kSteps[] = {0ms, 300ms, 1s, 5s, 12s, 31s, 61s, 310s};
  const auto step = kSteps[chance_.below(chance(8) ? std::size(kSteps) : 5)];
  clock_.time += step;
  trail_.back() += " " + std::to_string(step.count());
  if (!chance(4))
    for (const std::string& one : connections_) app_->watching().heartbeat(one);
  app_->on_time();
}

void People::storage_fills() { storage_.full = !storage_.full && chance(2); }

void People::disk_fails() { storage_.database.fail_commits = !storage_.database.fail_commits && chance(2); }

void People::races_are_lost() { storage_.database.rooms().races_to_lose = static_cast<int>(chance_.below(8)); }

void People::media_fails() {
  media_.fail = !media_.fail && chance(2);
  media_.late = chance(2);
}

void People::trouble_passes() {
  storage_.full = storage_.database.fail_commits = media_.fail = media_.late = false;
  storage_.database.rooms().races_to_lose = 0;
  media_.finish();
}

}  // namespace costage::app::testing
