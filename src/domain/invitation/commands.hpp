#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "domain/actor.hpp"

namespace costage::domain {

struct Invite {
  Actor actor;
  InvitationId id;  // used when a new one is made; a pending one is resent instead (S-024)
  UserId invitee;
  std::optional<std::string> invitee_name;  // nothing: nobody has ever seen this user (S-022)
  std::optional<std::chrono::seconds> ttl;
  bool invitee_watching = false;
  bool invitee_is_guest = false;      // as far as is known
  std::size_t pending_elsewhere = 0;  // the invitee's open invitations to other rooms
};
struct AcceptInvitation {
  Actor actor;
  InvitationId id;
};
struct RejectInvitation {
  Actor actor;
  InvitationId id;
};
struct CancelInvitation {
  Actor actor;
  InvitationId id;
};
struct ResendInvitation {
  Actor actor;
  InvitationId id;
};
using InvitationCommand = std::variant<Invite, AcceptInvitation, RejectInvitation, CancelInvitation, ResendInvitation>;

}  // namespace costage::domain
