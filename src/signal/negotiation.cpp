#include "signal/negotiation.hpp"

#include <algorithm>

#include "signal/departure.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

void start_over(Turn& t, const Participant& self) { require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH); }

void pass_on(Turn& t, const Participant& self, media::Transport transport,
             const livekit::SessionDescription& description) {
  t.tell_media(media::RemoteDescription{self.sid, transport, description.id(), description.sdp()});
}

}  // namespace

void on_offer(Turn& t, Participant& self, const livekit::SessionDescription& offer) {
  const std::size_t size = offer.sdp().size();
  const auto cost = static_cast<double>(1 + size / kOfferBytesPerToken);
  if (size > kMaxOffer || !self.offers.take(t.now, cost)) return start_over(t, self);
  pass_on(t, self, media::Transport::publisher, offer);
}

void on_answer(Turn& t, Participant& self, const livekit::SessionDescription& answer) {
  if (self.awaited_answers == 0) return;  // nobody asked
  --self.awaited_answers;
  if (answer.sdp().size() > std::min(kMaxAnswer, largest_answer(self.last_offer_bytes))) return start_over(t, self);
  pass_on(t, self, media::Transport::subscriber, answer);
}

void on_local_description(Turn& t, Participant& self, const media::LocalDescription& event) {
  const bool answers = event.transport == media::Transport::publisher;
  if (!answers) {
    self.last_offer_bytes = event.sdp.size();
    self.awaited_answers = std::min(self.awaited_answers + 1, kMaxAwaitedAnswers);
  }
  livekit::SignalResponse message;
  auto& description = answers ? *message.mutable_answer() : *message.mutable_offer();
  description.set_type(answers ? "answer" : "offer");
  description.set_sdp(event.sdp);
  description.set_id(event.id);
  for (const auto& [mid, track] : event.tracks) (*description.mutable_mid_to_track_id())[mid] = track.value();
  t.send(self.sid, std::move(message));
}

void on_sections_needed(Turn& t, const Participant& self, const media::SectionsNeeded& event) {
  livekit::SignalResponse message;
  message.mutable_media_sections_requirement()->set_num_audios(event.audios);
  message.mutable_media_sections_requirement()->set_num_videos(event.videos);
  t.send(self.sid, std::move(message));
}

// While the client is away nothing of it is lost: its resume negotiates anew.
void on_negotiation_failed(Turn& t, Participant& self, const media::NegotiationFailed&) {
  if (!self.signal_up) return;
  require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH);
}

}  // namespace costage::signal
