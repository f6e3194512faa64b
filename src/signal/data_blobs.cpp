#include "signal/data_blobs.hpp"

#include "signal/limits.hpp"

namespace costage::signal {
namespace {

using Reason = livekit::RequestResponse;

void refuse(Turn& t, const Participant& self, std::uint32_t request_id, Reason::Reason reason, const char* message) {
  livekit::SignalResponse answer;
  answer.mutable_request_response()->set_request_id(request_id);
  answer.mutable_request_response()->set_reason(reason);
  answer.mutable_request_response()->set_message(message);
  t.send(self.sid, std::move(answer));
}

// As LiveKit tells keys apart: a generic one is not the schema of the same name. Empty: no key.
std::string bytes_of(const livekit::DataBlobKey& key) { return key.SerializeAsString(); }

std::size_t size_without(const Participant& self, const std::string& replaced) {
  std::size_t size = 0;
  for (const auto& [key, blob] : self.blobs)
    if (key != replaced) size += key.size() + blob.contents().size();
  return size;
}

bool has_room(const Participant& self, const std::string& key, const livekit::DataBlob& blob) {
  const bool one_more = !self.blobs.contains(key);
  return self.blobs.size() + (one_more ? 1 : 0) <= kMaxBlobs &&
         size_without(self, key) + key.size() + blob.contents().size() <= kMaxBlobBytes;
}

}  // namespace

void on_store_data_blob(Turn& t, Participant& self, const livekit::StoreDataBlobRequest& request) {
  const auto no = [&](Reason::Reason reason, const char* why) { refuse(t, self, request.request_id(), reason, why); };
  const std::string key = bytes_of(request.blob().key());
  if (!self.grants.permission.can_publish_data()) return no(Reason::NOT_ALLOWED, "no permission to publish data");
  if (key.empty() || key.size() > kMaxBlobKey) return no(Reason::INVALID_REQUEST, "a key has from 1 to 256 bytes");
  if (request.blob().contents().empty()) return no(Reason::INVALID_REQUEST, "the blob is empty");
  if (!has_room(self, key, request.blob())) return no(Reason::LIMIT_EXCEEDED, "the blobs exceed the size limit");
  self.blobs[key] = request.blob();
  ++self.quiet_changes;
  livekit::SignalResponse answer;
  answer.mutable_store_data_blob_response()->set_request_id(request.request_id());
  *answer.mutable_store_data_blob_response()->mutable_key() = request.blob().key();
  t.send(self.sid, std::move(answer));
}

// The answer is paid for like a request of its size, so that a small request is no way to make us send much.
void on_get_data_blob(Turn& t, Participant& self, const livekit::GetDataBlobRequest& request) {
  const auto no = [&](Reason::Reason reason, const char* why) { refuse(t, self, request.request_id(), reason, why); };
  const std::string key = bytes_of(request.key());
  if (key.empty()) return no(Reason::INVALID_REQUEST, "a key is required");
  const Participant* owner = t.find_identity(request.participant_identity());
  if (!owner || (owner->hidden() && owner != &self)) return no(Reason::NOT_FOUND, "no such participant");
  const auto blob = owner->blobs.find(key);
  if (blob == owner->blobs.end()) return no(Reason::NOT_FOUND, "no such blob");
  if (!self.requests.take(t.now, static_cast<double>(blob->second.contents().size() / kBytesPerToken)))
    return no(Reason::LIMIT_EXCEEDED, "too many requests: wait a moment before the next");
  livekit::SignalResponse answer;
  answer.mutable_get_data_blob_response()->set_request_id(request.request_id());
  *answer.mutable_get_data_blob_response()->mutable_blob() = blob->second;
  t.send(self.sid, std::move(answer));
}

}  // namespace costage::signal
