// Who and what: text ids that do not mix. Ids of rooms, invitations and leases are made by the server; user ids come
// from the application's tokens.
#pragma once

#include <string>

#include "base/strong.hpp"

namespace costage::domain {

using RoomId = Strong<struct RoomIdTag, std::string>;
using UserId = Strong<struct UserIdTag, std::string>;
using InvitationId = Strong<struct InvitationIdTag, std::string>;
using RequestId = Strong<struct RequestIdTag, std::string>;
using MessageId = Strong<struct MessageIdTag, std::string>;
using ReportId = Strong<struct ReportIdTag, std::string>;
using EgressId = Strong<struct EgressIdTag, std::string>;
using LeaseId = Strong<struct LeaseIdTag, std::string>;

}  // namespace costage::domain
