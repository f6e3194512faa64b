// Name, metadata and attributes of a participant: their limits and how a change is merged in.
#pragma once

#include <google/protobuf/map.h>

#include "signal/state.hpp"

namespace costage::signal {

bool fits(const std::string& name, const std::string& metadata, const std::map<std::string, std::string>& attributes);

struct MetadataChange {
  std::string name;                               // empty: unchanged
  std::string metadata;                           // empty: unchanged
  std::map<std::string, std::string> attributes;  // an empty value deletes its key
};
// False: the result would be too large, nothing changed.
[[nodiscard]] bool change_metadata(Participant& participant, const MetadataChange& change);

// UpdateParticipantMetadata of the client itself.
void on_update_metadata(Turn& t, Participant& self, const livekit::UpdateParticipantMetadata& request);
// Sends the answers whose time has come.
void release_held_answers(Turn& t);

}  // namespace costage::signal
