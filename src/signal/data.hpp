// Data messages: checked, stamped with their true sender, and handed to their receivers. What they mean (RPC, streams,
// chat) is between the clients.
#pragma once

#include <map>

#include "signal/state.hpp"

namespace livekit {
class SendDataRequest;
}

namespace costage::signal {

void on_data(Turn& t, Participant& sender, media::Channel channel, const media::SharedBytes& bytes);
// Said in another room by somebody who is shown here.
void on_forwarded_data(Turn& t, const DataForwarded& data);
// RoomService.SendData: no sender.
void send_data(Turn& t, const livekit::SendDataRequest& request);

// Reliable messages of the last kReplayFor for a receiver whose channel has just opened: those since it joined...
void on_data_opened(Turn& t, Participant& self);
// ... and for one that was interrupted: what it has not got of each sender. Receivers drop duplicates by sequence.
void replay_after(Turn& t, const Participant& receiver, const std::map<PeerSid, std::uint32_t>& received);

}  // namespace costage::signal
