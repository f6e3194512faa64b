// Dynacast: the publisher is told which layers anybody watches. When to tell it is decided where viewers come and go,
// by media (LayerDemandMemory): more at once, less only when it lasted.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_layer_demand(Turn& t, Participant& publisher, const media::LayerDemand& demand);
// What anybody wants of each codec of the track.
void tell_demand(Turn& t, const Participant& publisher, const Track& track);

}  // namespace costage::signal
