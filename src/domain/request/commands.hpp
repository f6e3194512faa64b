#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"
#include "domain/request/request.hpp"

namespace costage::domain {

struct AskToJoin {
  Actor actor;
  RequestId id;  // used when a new one is made; one that waits is asked again instead
  std::string comment;
  int appearances = 0;
  int declines = 0;  // of this person in this room, where the room does not hold it in mind any more
};
// On a request that is there.
struct RequestVerb {
  Actor actor;
  RequestId id;
  std::optional<StageRequest> past{};  // as it ended, where the room does not hold it in mind any more
};
struct WithdrawRequest : RequestVerb {};
struct DeclineRequest : RequestVerb {
  std::string reason{};  // for the person who asked; empty: none
};
using RequestCommand = std::variant<AskToJoin, WithdrawRequest, DeclineRequest>;

}  // namespace costage::domain
