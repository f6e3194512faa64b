#include "signal/devices.hpp"

#include <algorithm>

namespace costage::signal {
namespace {

Device state_of(const Track& track) {
  if (!track.published) return Device::off;
  if (track.info.muted()) return Device::muted;
  return track.flowing ? Device::on : Device::off;
}

bool is_screen(livekit::TrackSource source) {
  return source == livekit::SCREEN_SHARE || source == livekit::SCREEN_SHARE_AUDIO;
}

}  // namespace

Devices devices_of(const Participant& participant) {
  Devices out;
  for (const auto& [sid, track] : participant.tracks) {
    const Device state = state_of(track);
    if (track.info.source() == livekit::MICROPHONE) out.microphone = std::max(out.microphone, state);
    if (track.info.source() == livekit::CAMERA) out.camera = std::max(out.camera, state);
    if (is_screen(track.info.source())) out.screen = std::max(out.screen, state);
    out.sending |= state == Device::on;
  }
  return out;
}

void notice_devices(Turn& t, Participant& participant) {
  const Devices devices = devices_of(participant);
  if (devices == participant.devices_told) return;
  participant.devices_told = devices;
  t.notice(DevicesChanged{participant.grants.identity, devices});
}

void notice_connected(Turn& t, Participant& participant) {
  t.notice(Connected{participant.grants.identity, participant.grants.lease_id});
  participant.devices_told = devices_of(participant);
  t.notice(DevicesChanged{participant.grants.identity, participant.devices_told});
}

}  // namespace costage::signal
