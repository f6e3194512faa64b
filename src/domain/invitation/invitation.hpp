// One user asked on stage once: pending, then exactly one terminal status (S-034..S-039).
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/errors.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

enum class InvitationStatus { pending, accepted, rejected, cancelled, expired };

std::string_view name(InvitationStatus status);
std::optional<InvitationStatus> invitation_status_from(std::string_view name);
std::span<const InvitationStatus> all_invitation_statuses();
bool may_become(InvitationStatus from, InvitationStatus to);

// What an accepted invitation is still good for. `used` opened the stage and does so again (leave and rejoin);
// `revoked`: the host removed the co-host, who has to be invited again.
enum class Admission { unused, used, revoked };

std::string_view name(Admission admission);
std::optional<Admission> admission_from(std::string_view name);

struct Invitation {
  InvitationId id;
  RoomId room;
  std::string room_title;  // as it was when asked
  UserId inviter;
  std::string inviter_name;
  UserId invitee;
  std::string invitee_name;
  InvitationStatus status = InvitationStatus::pending;
  WallTime created_at;
  WallTime expires_at;
  std::optional<WallTime> responded_at;  // when it stopped being pending
  std::chrono::seconds ttl{60};
  int declines = 0;  // how often this invitee has declined in this room, this invitation included
  Admission admission = Admission::unused;
  std::optional<WallTime> called_for;  // when the host wants them on stage, as said last: the end of a countdown

  bool operator==(const Invitation&) const = default;
};

// pending and past its time: dead on both sides, whether or not anybody has marked it yet (S-028).
bool has_run_out(const Invitation& invitation, WallTime now);
// The status people see at `now`.
InvitationStatus status_at(const Invitation& invitation, WallTime now);
// Why an invitation with this status cannot be acted on; pending -> invitation_pending.
Code refusal_for(InvitationStatus status);

// Accepted, and good for the stage: whoever has it may come, and come back.
bool opens_stage(const Invitation& invitation);
// After a decline the same pair waits. Of a rejected one only.
WallTime cools_down_until(const Invitation& invitation);
// Whether a decision about its room can still depend on it: it waits for an answer, it lets somebody on stage, or it
// was declined so recently that they are not asked again.
bool matters(const Invitation& invitation, WallTime now);

}  // namespace costage::domain
