#include "signal/data.hpp"

#include <livekit/data.pb.h>
#include <livekit/room.pb.h>

#include <algorithm>
#include <utility>

#include "signal/announce.hpp"
#include "signal/departure.hpp"
#include "signal/limits.hpp"
#include "signal/rpc.hpp"

namespace costage::signal {
namespace {

using livekit::DataPacket;

media::SharedBytes serialize(const DataPacket& packet) {
  auto bytes = std::make_shared<Buffer>(packet.ByteSizeLong());
  packet.SerializeToArray(bytes->data(), static_cast<int>(bytes->size()));
  return bytes;
}

bool may_send(const Participant& sender, const DataPacket& packet) {
  const bool agent = sender.grants.kind == livekit::ParticipantInfo::AGENT;
  switch (packet.value_case()) {
    case DataPacket::kSpeaker:
      return false;  // only servers ever sent it
    case DataPacket::kTranscription:
      return agent;
    case DataPacket::VALUE_NOT_SET:
      return false;
    default:
      return sender.grants.permission.can_publish_data();
  }
}

void stamp(DataPacket& packet, const Participant& sender, media::Channel channel) {
  const std::string identity = sender.hidden() ? "" : sender.grants.identity;
  const std::string sid = sender.hidden() ? "" : sender.sid.value();
  packet.set_kind(channel == media::Channel::reliable ? DataPacket::RELIABLE : DataPacket::LOSSY);
  packet.set_participant_identity(identity);
  packet.set_participant_sid(sid);
  if (!packet.has_user()) return;
  packet.mutable_user()->set_participant_identity(identity);
  packet.mutable_user()->set_participant_sid(sid);
}

struct Destination {
  std::vector<PeerSid> to;
  bool everybody = false;
};

// Names nobody answers to are dropped without a word: callers find out by their own timeout.
template <class Identities, class Sids>
Destination resolve(Turn& t, const Identities& identities, const Sids& sids) {
  Destination out;
  out.everybody = identities.empty() && sids.empty();
  for (const std::string& identity : identities)
    if (const Participant* p = t.find_identity(identity)) out.to.push_back(p->sid);
  for (const std::string& sid : sids)
    if (const Participant* p = t.find(PeerSid{sid})) out.to.push_back(p->sid);
  std::sort(out.to.begin(), out.to.end());
  out.to.erase(std::unique(out.to.begin(), out.to.end()), out.to.end());
  return out;
}

std::size_t destinations_in(const DataPacket& packet) {
  return static_cast<std::size_t>(packet.destination_identities_size() + packet.user().destination_identities_size() +
                                  packet.user().destination_sids_size());
}

Destination destination_of(Turn& t, const DataPacket& packet) {
  if (packet.destination_identities_size() > 0)
    return resolve(t, packet.destination_identities(), std::vector<std::string>{});
  return resolve(t, packet.user().destination_identities(), packet.user().destination_sids());
}

void remember(Turn& t, ReplayEntry entry) {
  RoomState& room = t.room;
  room.replay_bytes += entry.bytes->size();
  room.replay.push_back(std::move(entry));
  while (!room.replay.empty() && (room.replay.size() > kMaxReplayMessages || room.replay_bytes > kMaxReplayBytes ||
                                  room.replay.front().at + kReplayFor < t.now)) {
    room.replay_bytes -= room.replay.front().bytes->size();
    room.replay.pop_front();
  }
}

// Receivers whose channel is not open yet get reliable messages replayed once it is.
bool is_reachable(const Participant& receiver, media::Channel channel) {
  return receiver.is_up(receiver.receiving()) && (receiver.data_opened || channel != media::Channel::reliable);
}

media::SharedBytes deliver(Turn& t, const PeerSid& sender, const DataPacket& packet, media::Channel channel,
                           const Destination& destination) {
  const bool metrics = packet.has_metrics();
  std::vector<PeerSid> to;
  const auto consider = [&](const PeerSid& sid, const Participant& receiver) {
    if (sid == sender || !is_reachable(receiver, channel)) return;
    if (metrics && !receiver.grants.permission.can_subscribe_metrics()) return;
    to.push_back(sid);
  };
  if (destination.everybody)
    for (const auto& [sid, receiver] : t.room.participants) consider(sid, receiver);
  else
    for (const PeerSid& sid : destination.to) consider(sid, *t.find(sid));
  const media::SharedBytes bytes = serialize(packet);
  if (channel == media::Channel::reliable && !metrics && (destination.everybody || !destination.to.empty()))
    remember(t, {t.now, sender, packet.sequence(), destination.to, bytes});
  if (!to.empty()) t.tell_media(media::SendData{std::move(to), channel, bytes});
  return bytes;
}

double cost_of_message(const Turn& t) {
  return static_cast<double>(1 + t.room.participants.size() / kReceiversPerToken);
}

// Calls are between participants of one room, and metrics are about it.
bool is_for_all_rooms(const DataPacket& packet) {
  return !packet.has_metrics() && !packet.has_rpc_request() && !packet.has_rpc_ack() && !packet.has_rpc_response();
}

template <class Wanted>
void replay(Turn& t, const Participant& receiver, Wanted wanted) {
  for (const ReplayEntry& entry : t.room.replay) {
    const bool addressed = entry.to.empty() || std::binary_search(entry.to.begin(), entry.to.end(), receiver.sid);
    if (!addressed || entry.from == receiver.sid || entry.at + kReplayFor < t.now || !wanted(entry)) continue;
    t.tell_media(media::SendData{{receiver.sid}, media::Channel::reliable, entry.bytes});
  }
}

}  // namespace

void on_data(Turn& t, Participant& sender, media::Channel channel, const media::SharedBytes& bytes) {
  if (!sender.data.take(t.now, cost_of_message(t))) {
    // A reliable message may not be missing among others.
    if (channel == media::Channel::reliable) require_full_reconnect(t, sender.sid, livekit::STATE_MISMATCH);
    return;
  }
  DataPacket packet;
  if (bytes->size() > kMaxDataPacket || !packet.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) return;
  if (take_rpc_answer(t, sender, packet)) return;
  if (!may_send(sender, packet) || destinations_in(packet) > kMaxDestinations) return;
  if (channel == media::Channel::reliable && packet.sequence() != 0) {
    if (packet.sequence() <= sender.last_sequence) return;  // sent again after a resume
    sender.last_sequence = packet.sequence();
  }
  const Destination destination = destination_of(t, packet);
  stamp(packet, sender, channel);
  // Receivers must have heard of the sender first.
  if (t.room.announce_at != kNever) flush_announcements(t);
  const media::SharedBytes said = deliver(t, sender.sid, packet, channel, destination);
  const auto shown = t.room.forwards.find(sender.sid);
  if (shown != t.room.forwards.end() && destination.everybody && is_for_all_rooms(packet))
    t.effects.push_back(DataForwarded{sender.sid, shown->second, channel, said});
}

void on_forwarded_data(Turn& t, const DataForwarded& data) {
  Participant* sender = t.find(data.from);
  if (!sender || !sender->forwarded()) return;
  if (!sender->data.take(t.now, cost_of_message(t))) {
    // As at home: a reliable message may not be missing among others.
    if (data.channel == media::Channel::reliable)
      depart(t, sender->sid, {livekit::STATE_MISMATCH, std::nullopt, LeftReason::removed});
    return;
  }
  DataPacket packet;
  packet.ParseFromArray(data.bytes->data(), static_cast<int>(data.bytes->size()));
  if (t.room.announce_at != kNever) flush_announcements(t);
  deliver(t, data.from, packet, data.channel, {.to = {}, .everybody = true});
}

void send_data(Turn& t, const livekit::SendDataRequest& request) {
  DataPacket packet;
  packet.set_kind(request.kind());
  packet.mutable_user()->set_payload(request.data());
  if (request.has_topic()) packet.mutable_user()->set_topic(request.topic());
  packet.mutable_user()->set_nonce(request.nonce());
  *packet.mutable_destination_identities() = request.destination_identities();
  const auto channel = request.kind() == DataPacket::LOSSY ? media::Channel::lossy : media::Channel::reliable;
  deliver(t, PeerSid{}, packet, channel, resolve(t, request.destination_identities(), request.destination_sids()));
}

void on_data_opened(Turn& t, Participant& self) {
  if (std::exchange(self.data_opened, true)) return;
  replay(t, self, [&](const ReplayEntry& entry) { return entry.at >= self.joined_at; });
}

void replay_after(Turn& t, const Participant& receiver, const std::map<PeerSid, std::uint32_t>& received) {
  replay(t, receiver, [&](const ReplayEntry& entry) {
    const auto last = received.find(entry.from);
    const bool news = last == received.end() || entry.sequence > last->second;
    return entry.sequence != 0 && entry.at >= receiver.joined_at && news;
  });
}

}  // namespace costage::signal
