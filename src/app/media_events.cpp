#include "app/media_events.hpp"

#include "base/overloaded.hpp"

namespace costage::app {
namespace {

using namespace domain;

std::optional<DeviceKind> device(MediaSource source) {
  if (source == MediaSource::camera) return DeviceKind::camera;
  if (source == MediaSource::microphone) return DeviceKind::microphone;
  return {};
}

using Maybe = std::optional<Command>;

Maybe joined(const UserId& user, const ParticipantJoined& event) {
  if (event.lease_id.empty()) return MediaJoined{user, {}};
  return MediaJoined{user, LeaseId{event.lease_id}};
}

// A replaced connection has a successor; removed and roomClosed are our own doing, and the seat is gone already.
Maybe left(const UserId& user, const ParticipantLeft& event) {
  if (event.reason == "replaced") return {};
  return MediaLeft{user};
}

Maybe device_changed(const UserId& user, MediaSource source, Device state) {
  if (const auto kind = device(source)) return DeviceChanged{user, *kind, state};
  return {};
}

}  // namespace

std::optional<RoomCommand> command_for(const MediaEvent& event) {
  return std::visit(
      [](const auto& e) -> std::optional<RoomCommand> {
        const UserId user{e.identity};
        const Maybe command = std::visit(
            Overloaded{[&](const ParticipantJoined& j) { return joined(user, j); },
                       [&](const ParticipantInterrupted&) { return Maybe{MediaInterrupted{user}}; },
                       [&](const ParticipantLeft& l) { return left(user, l); },
                       [&](const MediaTrackStarted& t) { return Maybe{TrackStarted{user, device(t.source)}}; },
                       [&](const MediaTrackMuted& t) {
                         return device_changed(user, t.source, t.muted ? Device::muted : Device::on);
                       },
                       [&](const MediaTrackEnded& t) { return device_changed(user, t.source, Device::off); },
                       [&](const MediaQualityChanged&) { return Maybe{}; }},
            MediaEvent{e});
        if (!command) return {};
        return RoomCommand{RoomId{e.room}, user, *command};
      },
      event);
}

}  // namespace costage::app
