// What people do at the media server, which asks a node's gate before it lets anybody in.
#include "people.hpp"

namespace costage::sim {

using namespace std::chrono_literals;
using app::MediaDevice;

namespace {

constexpr unsigned kOldToken = 250, kSwitchedOn = 700;  // in a thousand
constexpr milliseconds kFirstPictureAfter = 300ms;

}  // namespace

void People::connect() {
  if (!tokens_.empty()) join(world_.chance(kOldToken) ? world_.any(tokens_) : tokens_.back());
}

void People::join(const app::MediaGrant& token) {
  if (all_.media.is_away()) return;
  if (world_.planted(Plant::unchecked)) return admitted(token);
  const auto node = nodes_.any();
  if (!node) return;
  node->process().post(world_.between(1ms, 10ms), [this, node, token] {
    node->app().gate().may_publish(token.room, token.identity, token.lease, [this, token](bool may) {
      if (may) admitted(token);
    });
  });
}

void People::admitted(const app::MediaGrant& token) {
  all_.media.connect(token);
  world_.after(kFirstPictureAfter, [this, place = Place{token.room, token.identity}] {
    all_.media.set_devices(place, MediaDevice::on, MediaDevice::on);
  });
}

void People::switch_devices() {
  if (all_.media.links().empty()) return;
  const Place place = world_.any(all_.media.links()).first;
  const auto microphone = world_.chance(kSwitchedOn) ? MediaDevice::on : MediaDevice::muted;
  const auto camera = world_.chance(kSwitchedOn) ? MediaDevice::on : MediaDevice::off;
  all_.media.set_devices(place, microphone, camera);
}

void People::hang_up() {
  if (!all_.media.links().empty()) all_.media.disconnect(world_.any(all_.media.links()).first);
}

}  // namespace costage::sim
