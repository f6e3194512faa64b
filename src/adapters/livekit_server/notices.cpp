#include "adapters/livekit_server/notices.hpp"

#include "base/overloaded.hpp"

namespace costage::livekit_server {
namespace {

app::MediaDevice device_of(signal::Device device) {
  switch (device) {
    case signal::Device::off:
      return app::MediaDevice::off;
    case signal::Device::muted:
      return app::MediaDevice::muted;
    case signal::Device::on:
      return app::MediaDevice::on;
  }
  return app::MediaDevice::off;
}

std::string reason_of(signal::LeftReason reason) {
  switch (reason) {
    case signal::LeftReason::client:
      return "client";
    case signal::LeftReason::timeout:
      return "timeout";
    case signal::LeftReason::removed:
      return "removed";
    case signal::LeftReason::replaced:
      return "replaced";
    case signal::LeftReason::room_closed:
      return "roomClosed";
  }
  return "";
}

app::MediaQuality quality_of(media::Quality quality) {
  switch (quality) {
    case media::Quality::poor:
      return app::MediaQuality::poor;
    case media::Quality::good:
      return app::MediaQuality::good;
    case media::Quality::excellent:
      return app::MediaQuality::excellent;
    case media::Quality::lost:
      return app::MediaQuality::lost;
  }
  return app::MediaQuality::good;
}

}  // namespace

app::MediaEvent to_media_event(const domain::RoomId& room, const signal::Notice& notice) {
  using Event = app::MediaEvent;
  using app::Identity;
  return std::visit(Overloaded{
                        [&](const signal::Connected& n) -> Event {
                          return app::ParticipantJoined{room, Identity{n.identity}, domain::LeaseId{n.lease_id}};
                        },
                        [&](const signal::Interrupted& n) -> Event {
                          return app::ParticipantInterrupted{room, Identity{n.identity}};
                        },
                        [&](const signal::Left& n) -> Event {
                          return app::ParticipantLeft{room, Identity{n.identity}, reason_of(n.reason)};
                        },
                        [&](const signal::DevicesChanged& n) -> Event {
                          const auto& [microphone, camera, sending, screen] = n.devices;
                          return app::MediaDevicesChanged{
                              room,    Identity{n.identity}, device_of(microphone), device_of(camera),
                              sending, device_of(screen)};
                        },
                        [&](const signal::QualityChanged& n) -> Event {
                          return app::MediaQualityChanged{room, Identity{n.identity}, quality_of(n.quality)};
                        },
                    },
                    notice);
}

}  // namespace costage::livekit_server
