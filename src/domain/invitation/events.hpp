#pragma once

#include "domain/invitation/invitation.hpp"

namespace costage::domain {

struct InvitationChange {
  Invitation invitation;
  bool operator==(const InvitationChange&) const = default;
};

}  // namespace costage::domain
