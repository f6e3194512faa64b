#include "app/media_events.hpp"

#include "base/overloaded.hpp"

namespace costage::app {
namespace {

using namespace domain;

Device device(MediaDevice device) {
  switch (device) {
    case MediaDevice::on:
      return Device::on;
    case MediaDevice::muted:
      return Device::muted;
    case MediaDevice::off:
      break;
  }
  return Device::off;
}

using Maybe = std::optional<StageCommand>;

Maybe joined(const UserId& user, const ParticipantJoined& event) {
  if (event.lease.value().empty()) return MediaJoined{user, {}};
  return MediaJoined{user, event.lease};
}

// A replaced connection has a successor; removed and roomClosed are our own doing, and the seat is gone already.
Maybe left(const UserId& user, const ParticipantLeft& event) {
  if (event.reason == "replaced") return {};
  return MediaLeft{user};
}

}  // namespace

std::optional<MediaCommand> command_for(const MediaEvent& event) {
  return std::visit(
      [](const auto& e) -> std::optional<MediaCommand> {
        const UserId user{e.identity.value()};
        const Maybe command =
            std::visit(Overloaded{[&](const ParticipantJoined& j) { return joined(user, j); },
                                  [&](const ParticipantInterrupted&) { return Maybe{MediaInterrupted{user}}; },
                                  [&](const ParticipantLeft& l) { return left(user, l); },
                                  [&](const MediaDevicesChanged& d) {
                                    return Maybe{DevicesChanged{user, device(d.microphone), device(d.camera), d.sending,
                                                                device(d.screen)}};
                                  },
                                  [&](const MediaQualityChanged&) { return Maybe{}; }},
                       MediaEvent{e});
        if (!command) return {};
        return MediaCommand{e.room, user, *command};
      },
      event);
}

}  // namespace costage::app
