// What every use case is given and gives back. Callbacks run on the control loop, exactly once;
// inside the call only when it is refused at once (bad input, storage's queue is full).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/command.hpp"
#include "domain/errors.hpp"

namespace costage::app {

using domain::Refusal;

template <class T>
using Done = std::function<void(domain::Answer<T>)>;

using Caller = domain::Actor;  // from the token

// `request` is a digest of what was asked (method, path and body): the same key with another request is refused with
// idempotency_conflict.
struct Idempotency {
  std::string key;
  std::string request;
};
using MaybeIdempotency = std::optional<Idempotency>;

}  // namespace costage::app
