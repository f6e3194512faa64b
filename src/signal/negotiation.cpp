#include "signal/negotiation.hpp"

#include "signal/departure.hpp"
#include "signal/limits.hpp"

namespace costage::signal {
namespace {

void pass_on(Turn& t, Participant& self, media::Transport transport, const livekit::SessionDescription& description) {
  if (description.sdp().size() > kMaxSdp) {
    require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH);
    return;
  }
  t.tell_media(media::RemoteDescription{self.sid, transport, description.id(), description.sdp()});
}

}  // namespace

void on_offer(Turn& t, Participant& self, const livekit::SessionDescription& offer) {
  pass_on(t, self, media::Transport::publisher, offer);
}

void on_answer(Turn& t, Participant& self, const livekit::SessionDescription& answer) {
  pass_on(t, self, media::Transport::subscriber, answer);
}

void on_local_description(Turn& t, Participant& self, const media::LocalDescription& event) {
  const bool answers = event.transport == media::Transport::publisher;
  livekit::SignalResponse message;
  auto& description = answers ? *message.mutable_answer() : *message.mutable_offer();
  description.set_type(answers ? "answer" : "offer");
  description.set_sdp(event.sdp);
  description.set_id(event.id);
  t.send(self.sid, std::move(message));
}

// While the client is away nothing of it is lost: its resume negotiates anew.
void on_negotiation_failed(Turn& t, Participant& self, const media::NegotiationFailed&) {
  if (!self.signal_up) return;
  require_full_reconnect(t, self.sid, livekit::STATE_MISMATCH);
}

}  // namespace costage::signal
