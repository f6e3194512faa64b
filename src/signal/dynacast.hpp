// Dynacast: the publisher is told which layers anybody watches. More is told at once, less after kDynacastDowngrade, so
// that a viewer who switches back and forth costs no key frames.
#pragma once

#include "signal/state.hpp"

namespace costage::signal {

void on_layer_demand(Turn& t, Participant& publisher, const media::LayerDemand& demand);
void tell_due_downgrades(Turn& t);

}  // namespace costage::signal
