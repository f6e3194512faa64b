// Session descriptions and candidates, passed between the client and media.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_offer(Turn& t, Participant& self, const livekit::SessionDescription& offer);    // for the publisher transport
void on_answer(Turn& t, Participant& self, const livekit::SessionDescription& answer);  // for the subscriber transport

void on_local_description(Turn& t, Participant& self, const media::LocalDescription& event);
void on_sections_needed(Turn& t, const Participant& self, const media::SectionsNeeded& event);
void on_negotiation_failed(Turn& t, Participant& self, const media::NegotiationFailed& event);

}  // namespace costage::signal
