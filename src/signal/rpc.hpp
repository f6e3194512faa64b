// Calls of the server API that a participant answers (RoomService.PerformRpc): the request goes out as the data message
// that a participant's call would be, and the answer to it is taken out of the messages the participant sends.
#pragma once

#include <livekit/models.pb.h>

#include "base/result.hpp"
#include "signal/state.hpp"

namespace livekit {
class PerformRpcRequest;
}

namespace costage::signal {

// The codes of LiveKit's RPC that a server gives.
enum class RpcCode : std::uint32_t {
  application_error = 1500,
  connection_timeout = 1501,  // the request was not acknowledged
  response_timeout = 1502,
  recipient_disconnected = 1503,
  response_payload_too_large = 1504,
  send_failed = 1505,
  unsupported_method = 1400,
  recipient_not_found = 1401,
  request_payload_too_large = 1402,
  unsupported_server = 1403,
  unsupported_version = 1404,
};
livekit::RpcError rpc_error(RpcCode code);

// The id that RpcDone will name.
Result<std::string, livekit::RpcError> call(Turn& t, const Participant& callee,
                                            const livekit::PerformRpcRequest& request);
// True: the message was an acknowledgement or an answer to the server, and is for nobody else.
bool take_rpc_answer(Turn& t, const Participant& sender, const livekit::DataPacket& packet);
void end_overdue_calls(Turn& t);
void end_calls_to(Turn& t, const PeerSid& callee);
[[nodiscard]] Instant next_call_end(const RoomState& room);

}  // namespace costage::signal
