// What a call of LiveKit's egress or ingress service comes to, for the use cases.
#pragma once

#include <fmt/format.h>

#include <exception>
#include <functional>
#include <utility>

#include "adapters/livekit_client/egress_info.hpp"
#include "adapters/livekit_client/twirp_client.hpp"
#include "domain/errors.hpp"

namespace costage::livekit_client {

inline domain::Refusal not_taken(const CallFailure& failure) {
  domain::Refusal out{domain::Code::unavailable};
  out.detail = fmt::format("LiveKit does not take that: {}.", plain(failure.sentence));
  return out;
}

// Gives on what a coroutine answers, and `otherwise` when it ended by an exception.
template <class T>
auto answered(std::function<void(T)> done, T otherwise) {
  return [done = std::move(done), otherwise = std::move(otherwise)](const std::exception_ptr& error, T answer) {
    done(error ? otherwise : std::move(answer));
  };
}

}  // namespace costage::livekit_client
