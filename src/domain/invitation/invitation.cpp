#include "domain/invitation/invitation.hpp"

#include "base/check.hpp"
#include "domain/limits.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

using S = InvitationStatus;

constexpr std::array<Named<S>, 5> kNames{{{S::pending, "pending"},
                                          {S::accepted, "accepted"},
                                          {S::rejected, "rejected"},
                                          {S::cancelled, "cancelled"},
                                          {S::expired, "expired"}}};
constexpr auto kStatuses = values_of(kNames);
constexpr std::array<Named<Admission>, 3> kAdmissions{
    {{Admission::unused, "unused"}, {Admission::used, "used"}, {Admission::revoked, "revoked"}}};

}  // namespace

std::string_view name(InvitationStatus status) { return name_in(kNames, status); }
std::optional<InvitationStatus> invitation_status_from(std::string_view name) { return value_in(kNames, name); }
std::span<const InvitationStatus> all_invitation_statuses() { return kStatuses; }
std::string_view name(Admission admission) { return name_in(kAdmissions, admission); }
std::optional<Admission> admission_from(std::string_view name) { return value_in(kAdmissions, name); }

bool may_become(InvitationStatus from, InvitationStatus to) { return from == S::pending && to != S::pending; }

bool has_run_out(const Invitation& invitation, WallTime now) {
  return invitation.status == S::pending && now >= invitation.expires_at;
}

InvitationStatus status_at(const Invitation& invitation, WallTime now) {
  return has_run_out(invitation, now) ? S::expired : invitation.status;
}

Code refusal_for(InvitationStatus status) {
  switch (status) {
    case S::pending:
      return Code::invitation_pending;
    case S::accepted:
      return Code::invitation_already_accepted;
    case S::rejected:
      return Code::invitation_rejected;
    case S::cancelled:
      return Code::invitation_cancelled;
    case S::expired:
      return Code::invitation_expired;
  }
  COSTAGE_CHECK(false, "every status has a refusal");
}

bool opens_stage(const Invitation& invitation) {
  return invitation.status == S::accepted && invitation.admission != Admission::revoked;
}

WallTime cools_down_until(const Invitation& invitation) {
  return *invitation.responded_at + (invitation.declines <= 1 ? limits::kFirstCoolDown : limits::kLaterCoolDown);
}

bool matters(const Invitation& invitation, WallTime now) {
  switch (invitation.status) {
    case S::pending:
      return true;
    case S::accepted:
      return opens_stage(invitation);
    case S::rejected:
      return now < cools_down_until(invitation);
    case S::cancelled:
    case S::expired:
      return false;
  }
  return false;
}

}  // namespace costage::domain
