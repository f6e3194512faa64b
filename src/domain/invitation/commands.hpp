#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"
#include "domain/invitation/invitation.hpp"
#include "domain/readiness.hpp"

namespace costage::domain {

struct Invite {
  Actor actor;
  InvitationId id;  // used when a new one is made; a pending one is resent instead (S-024)
  UserId invitee;
  std::optional<std::string> invitee_name;  // nothing: nobody has ever seen this user (S-022)
  std::optional<std::chrono::seconds> ttl;
  bool invitee_watching = false;
  bool invitee_is_guest = false;  // as far as is known
  Readiness readiness{};          // as their page says
  bool available = true;  // false: they take no invitations, none of the actor's, or are blocked by others (S-023)
  bool blocked = false;   // by the actor
  std::size_t pending_elsewhere = 0;  // the invitee's open invitations to other rooms
  int declines = 0;                   // of the invitee in this room, where the room does not hold it in mind any more
};
// On an invitation that is there.
struct InvitationVerb {
  Actor actor;
  InvitationId id;
  std::optional<Invitation> past{};  // as it ended, where the room does not hold it in mind any more
};
struct AcceptInvitation : InvitationVerb {};
struct RejectInvitation : InvitationVerb {};
struct CancelInvitation : InvitationVerb {};
struct ResendInvitation : InvitationVerb {};
// Who accepted and is not on stage yet is wanted there now.
struct CallToStage : InvitationVerb {};
using InvitationCommand =
    std::variant<Invite, AcceptInvitation, RejectInvitation, CancelInvitation, ResendInvitation, CallToStage>;

}  // namespace costage::domain
