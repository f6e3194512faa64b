// Data blobs: bytes that a participant leaves under a key for everybody in the room, such as the schema of a data
// track. They end with their participant.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_store_data_blob(Turn& t, Participant& self, const livekit::StoreDataBlobRequest& request);
void on_get_data_blob(Turn& t, Participant& self, const livekit::GetDataBlobRequest& request);

}  // namespace costage::signal
