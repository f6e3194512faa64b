#include "signal/rpc.hpp"

#include <livekit/data.pb.h>
#include <livekit/room.pb.h>

#include <algorithm>
#include <array>
#include <utility>

#include "signal/limits.hpp"

namespace costage::signal {
namespace {

using std::chrono::milliseconds;

// Words as LiveKit's clients and servers give with the codes.
constexpr std::array<std::pair<RpcCode, const char*>, 11> kWords{{
    {RpcCode::application_error, "Application error in method handler"},
    {RpcCode::connection_timeout, "Connection timeout"},
    {RpcCode::response_timeout, "Response timeout"},
    {RpcCode::recipient_disconnected, "Recipient disconnected"},
    {RpcCode::response_payload_too_large, "Response payload too large"},
    {RpcCode::send_failed, "Failed to send"},
    {RpcCode::unsupported_method, "Method not supported at destination"},
    {RpcCode::recipient_not_found, "Recipient not found"},
    {RpcCode::request_payload_too_large, "Request payload too large"},
    {RpcCode::unsupported_server, "RPC not supported by server"},
    {RpcCode::unsupported_version, "Unsupported RPC version"},
}};

milliseconds timeout_of(const livekit::PerformRpcRequest& request) {
  return request.response_timeout_ms() == 0 ? kRpcTimeout : milliseconds{request.response_timeout_ms()};
}

// The caller's identity is the id of the call, by which its answer is known.
media::SharedBytes message_of(const std::string& id, const livekit::PerformRpcRequest& request) {
  livekit::DataPacket packet;
  packet.set_kind(livekit::DataPacket::RELIABLE);
  packet.set_participant_identity(id);
  livekit::RpcRequest& rpc = *packet.mutable_rpc_request();
  rpc.set_id(id);
  rpc.set_method(request.method());
  rpc.set_payload(request.payload());
  rpc.set_response_timeout_ms(static_cast<std::uint32_t>(timeout_of(request).count()));
  rpc.set_version(1);
  auto bytes = std::make_shared<Buffer>(packet.ByteSizeLong());
  packet.SerializeToArray(bytes->data(), static_cast<int>(bytes->size()));
  return bytes;
}

using Calls = std::map<std::string, ServerCall>;

Calls::iterator end(Turn& t, Calls::iterator call, Result<std::string, livekit::RpcError> outcome) {
  t.effects.push_back(RpcDone{call->first, std::move(outcome)});
  return t.room.calls.erase(call);
}

Result<std::string, livekit::RpcError> outcome_of(const livekit::RpcResponse& response) {
  if (response.has_error()) return fail(response.error());
  if (response.has_compressed_payload()) return fail(rpc_error(RpcCode::unsupported_version));
  return response.payload();
}

}  // namespace

livekit::RpcError rpc_error(RpcCode code) {
  livekit::RpcError error;
  error.set_code(static_cast<std::uint32_t>(code));
  for (const auto& [known, words] : kWords)
    if (known == code) error.set_message(words);
  return error;
}

Result<std::string, livekit::RpcError> call(Turn& t, const Participant& callee,
                                            const livekit::PerformRpcRequest& request) {
  if (request.payload().size() > kMaxRpcPayload) return fail(rpc_error(RpcCode::request_payload_too_large));
  if (!callee.is_up(callee.receiving()) || t.room.calls.size() >= kMaxServerCalls)
    return fail(rpc_error(RpcCode::send_failed));
  const std::string id = "RPC_" + t.rng.text(24);
  t.room.calls[id] = {callee.sid, t.now + kRpcAckTimeout, t.now + timeout_of(request)};
  t.tell_media(media::SendData{{callee.sid}, media::Channel::reliable, message_of(id, request)});
  return id;
}

bool take_rpc_answer(Turn& t, const Participant& sender, const livekit::DataPacket& packet) {
  if (!packet.has_rpc_ack() && !packet.has_rpc_response()) return false;
  const bool ack = packet.has_rpc_ack();
  const auto call = t.room.calls.find(ack ? packet.rpc_ack().request_id() : packet.rpc_response().request_id());
  if (call == t.room.calls.end() || call->second.callee != sender.sid) return false;
  if (ack)
    call->second.ack_by = kNever;
  else
    end(t, call, outcome_of(packet.rpc_response()));
  return true;
}

void end_overdue_calls(Turn& t) {
  for (auto it = t.room.calls.begin(); it != t.room.calls.end();) {
    if (it->second.answer_by <= t.now)
      it = end(t, it, fail(rpc_error(RpcCode::response_timeout)));
    else if (it->second.ack_by <= t.now)
      it = end(t, it, fail(rpc_error(RpcCode::connection_timeout)));
    else
      ++it;
  }
}

void end_calls_to(Turn& t, const PeerSid& callee) {
  for (auto it = t.room.calls.begin(); it != t.room.calls.end();)
    it = it->second.callee == callee ? end(t, it, fail(rpc_error(RpcCode::recipient_disconnected))) : std::next(it);
}

Instant next_call_end(const RoomState& room) {
  Instant earliest = kNever;
  for (const auto& [id, call] : room.calls) earliest = std::min({earliest, call.ack_by, call.answer_by});
  return earliest;
}

}  // namespace costage::signal
