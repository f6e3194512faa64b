// What a token lets its bearer be and do in one room.
#pragma once

#include <livekit/models.pb.h>

#include <map>
#include <string>
#include <vector>

namespace costage::signal {

struct Grants {
  std::string identity;
  std::string name;
  std::string metadata;
  std::map<std::string, std::string> attributes;
  bool metadata_left_out = false;  // of a token that would have been too long: the room still knows both
  std::string lease_id;            // the token's jti when it hangs on a seat's lease; empty for viewers
  livekit::ParticipantInfo::Kind kind = livekit::ParticipantInfo::STANDARD;
  std::vector<livekit::ParticipantInfo::KindDetail> kind_details;
  livekit::ParticipantPermission permission;
};

// The rights of a token whose grant names none of them.
livekit::ParticipantPermission default_permission();

bool may_publish(const livekit::ParticipantPermission& permission, livekit::TrackSource source);

}  // namespace costage::signal
