#include "signal/metadata.hpp"

#include "signal/announce.hpp"
#include "signal/limits.hpp"
#include "signal/message_texts.hpp"

namespace costage::signal {
namespace {

std::size_t size_of(const std::map<std::string, std::string>& attributes) {
  std::size_t size = 0;
  for (const auto& [key, value] : attributes) size += key.size() + value.size();
  return size;
}

livekit::RequestResponse::Reason apply(Participant& self, const livekit::UpdateParticipantMetadata& request) {
  if (!self.grants.permission.can_update_metadata()) return livekit::RequestResponse::NOT_ALLOWED;
  if (find_bad_text(request)) return livekit::RequestResponse::INVALID_REQUEST;
  const MetadataChange change{
      request.name(), request.metadata(), {request.attributes().begin(), request.attributes().end()}};
  return change_metadata(self, change) ? livekit::RequestResponse::OK : livekit::RequestResponse::LIMIT_EXCEEDED;
}

// LiveKit's Rust SDK begins to listen for this answer only after its request has left, and misses one that comes at
// once.
void hold(Turn& t, const PeerSid& to, livekit::SignalResponse message) {
  const std::size_t size = message.ByteSizeLong();
  const bool full = t.room.held_answers.size() == kMaxHeldAnswers || t.room.held_bytes + size > kMaxHeldBytes;
  if (full) return t.send(to, std::move(message));
  t.room.held_bytes += size;
  t.room.held_answers.push_back({t.now + kAnswerHold, to, std::move(message)});
}

}  // namespace

bool fits(const std::string& name, const std::string& metadata, const std::map<std::string, std::string>& attributes) {
  return name.size() <= kMaxParticipantName && metadata.size() <= kMaxMetadata &&
         attributes.size() <= kMaxAttributeCount && size_of(attributes) <= kMaxAttributes;
}

bool change_metadata(Participant& participant, const MetadataChange& change) {
  auto attributes = participant.grants.attributes;
  for (const auto& [key, value] : change.attributes) {
    if (value.empty())
      attributes.erase(key);
    else
      attributes[key] = value;
  }
  if (!fits(change.name, change.metadata, attributes)) return false;
  if (!change.name.empty()) participant.grants.name = change.name;
  if (!change.metadata.empty()) participant.grants.metadata = change.metadata;
  participant.grants.attributes = std::move(attributes);
  return true;
}

void on_update_metadata(Turn& t, Participant& self, const livekit::UpdateParticipantMetadata& request) {
  const auto reason = apply(self, request);
  if (reason == livekit::RequestResponse::OK) {
    announce_now(t, self);
    t.effects.push_back(SendToken{self.sid, self.grants});
  }
  livekit::SignalResponse answer;
  answer.mutable_request_response()->set_request_id(request.request_id());
  answer.mutable_request_response()->set_reason(reason);
  *answer.mutable_request_response()->mutable_update_metadata() = request;
  if (reason == livekit::RequestResponse::NOT_ALLOWED)
    answer.mutable_request_response()->set_message("does not have permission to update own metadata");
  if (reason == livekit::RequestResponse::INVALID_REQUEST)
    answer.mutable_request_response()->set_message("name, metadata or attributes hold control characters");
  if (reason == livekit::RequestResponse::LIMIT_EXCEEDED)
    answer.mutable_request_response()->set_message("name, metadata or attributes exceed the size limit");
  hold(t, self.sid, std::move(answer));
}

void release_held_answers(Turn& t) {
  auto& held = t.room.held_answers;
  for (; !held.empty() && held.front().due <= t.now; held.pop_front()) {
    t.room.held_bytes -= held.front().message.ByteSizeLong();
    if (t.find(held.front().to)) t.send(held.front().to, std::move(held.front().message));
  }
}

}  // namespace costage::signal
