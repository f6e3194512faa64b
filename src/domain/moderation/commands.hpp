#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"

namespace costage::domain {

// Verbs on one person; `name` is theirs, empty: nobody knows them.
struct PersonVerb {
  Actor actor;
  UserId user;
  std::string name;
};
struct MutePerson : PersonVerb {
  std::optional<std::chrono::seconds> time;  // nothing: to the end of the show
  std::string reason;
};
struct UnmutePerson : PersonVerb {};
struct BanPerson : PersonVerb {
  std::string reason;
};
struct UnbanPerson : PersonVerb {};
struct AppointModerator : PersonVerb {};
struct DismissModerator : PersonVerb {};
using ModerationCommand =
    std::variant<MutePerson, UnmutePerson, BanPerson, UnbanPerson, AppointModerator, DismissModerator>;

}  // namespace costage::domain
