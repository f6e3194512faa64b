#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "app/ports/media_server.hpp"

namespace costage::app {

// To be called for each of `parts`, at least one; then `done` once with what all of them come to.
inline MediaDone joined(std::size_t parts, MediaDone done) {
  struct Open {
    std::size_t parts;
    MediaOutcome outcome = MediaOutcome::done;
  };
  return [open = std::make_shared<Open>(Open{parts}), done = std::move(done)](MediaOutcome outcome) {
    if (outcome == MediaOutcome::failed) open->outcome = outcome;
    if (--open->parts == 0) done(open->outcome);
  };
}

}  // namespace costage::app
