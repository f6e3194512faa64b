// What a grant of the media port is in LiveKit's words.
#pragma once

#include "app/ports/media_server.hpp"
#include "signal/grants.hpp"

namespace costage::livekit_api {

[[nodiscard]] inline livekit::ParticipantPermission permission_of(const app::MediaGrant& grant) {
  livekit::ParticipantPermission permission;
  permission.set_can_subscribe(true);
  permission.set_can_publish(grant.can_publish);
  permission.set_can_publish_data(grant.can_publish_data);
  return permission;
}

[[nodiscard]] inline signal::Grants grants_of(const app::MediaGrant& grant) {
  return {.identity = grant.identity.value(),
          .name = grant.name,
          .metadata = grant.metadata,
          .attributes = {},
          .lease_id = grant.lease.value(),
          .permission = permission_of(grant)};
}

}  // namespace costage::livekit_api
