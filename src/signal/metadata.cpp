#include "signal/metadata.hpp"

#include "signal/announce.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

std::size_t size_of(const std::map<std::string, std::string>& attributes) {
  std::size_t size = 0;
  for (const auto& [key, value] : attributes) size += key.size() + value.size();
  return size;
}

livekit::RequestResponse::Reason apply(Participant& self, const livekit::UpdateParticipantMetadata& request) {
  if (!self.grants.permission.can_update_metadata()) return livekit::RequestResponse::NOT_ALLOWED;
  const MetadataChange change{
      request.name(), request.metadata(), {request.attributes().begin(), request.attributes().end()}};
  return change_metadata(self, change) ? livekit::RequestResponse::OK : livekit::RequestResponse::LIMIT_EXCEEDED;
}

}  // namespace

bool fits(const std::string& name, const std::string& metadata, const std::map<std::string, std::string>& attributes) {
  return name.size() <= kMaxName && metadata.size() <= kMaxMetadata && size_of(attributes) <= kMaxAttributes;
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
  if (reason == livekit::RequestResponse::NOT_ALLOWED)
    answer.mutable_request_response()->set_message("does not have permission to update own metadata");
  if (reason == livekit::RequestResponse::LIMIT_EXCEEDED)
    answer.mutable_request_response()->set_message("name, metadata or attributes exceed the size limit");
  t.send(self.sid, std::move(answer));
}

}  // namespace costage::signal
