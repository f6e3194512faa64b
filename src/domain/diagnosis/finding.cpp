#include "domain/diagnosis/finding.hpp"

#include "base/check.hpp"
#include "domain/names.hpp"

namespace costage::domain {
namespace {

using C = FindingCode;
using enum Severity;

constexpr std::array<Named<Severity>, 3> kSeverities{{{problem, "problem"}, {warning, "warning"}, {info, "info"}}};
constexpr Words kNotForThem{};

constexpr FindingInfo kFindings[] = {
    {C::all_good,
     "all_good",
     {info, "Nothing stands in the way, as far as the server can see.", ""},
     {info, "Nothing stands in your way, as far as the server can see.", ""}},
    {C::room_not_live,
     "room_not_live",
     {warning, "The show has not started yet.", "Go live: whoever accepted can join from then on."},
     {problem, "The show has not started yet.", "Stay on this page: it begins by itself."}},
    {C::host_away,
     "host_away",
     {warning, "The host has lost the connection, and the show waits.", ""},
     {warning, "The host has lost the connection, and the show waits.", "Stay on this page: it goes on by itself."}},
    {C::room_ended,
     "room_ended",
     {problem, "The show has ended. Nobody can join it any more.", "A new show gets a new link."},
     {problem, "The show has ended. Nobody can join it any more.", "Look for the host's next show."}},
    {C::user_unknown,
     "user_unknown",
     {problem, "Nobody with this user id has been here yet.", "Check the id, or send this person the link first."},
     kNotForThem},
    {C::is_host,
     "is_host",
     {info, "This person hosts the show and needs no invitation.", ""},
     {info, "You host this show and need no invitation.", ""}},
    {C::is_guest,
     "is_guest",
     {problem, "This person watches as a guest, and guests are not invited.", "Ask them to sign in first."},
     {problem, "You watch as a guest, and guests cannot go on stage.", "Sign in first."}},
    {C::not_watching,
     "not_watching",
     {problem, "This person is not watching right now, so they may not see an invitation.",
      "Ask them to open the show, then send the invitation again."},
     {warning, "The server does not see you watching, so you may not be invited.", "Load this page anew."}},
    {C::seat_preparing,
     "seat_preparing",
     {info, "This person is connecting to the stage.", "Wait a moment."},
     {info, "You are connecting to the stage.", "Wait a moment."}},
    {C::seat_reconnecting,
     "seat_reconnecting",
     {problem, "The connection of this person is lost. Their place is kept for a while.",
      "Wait: they come back by themselves, or their place becomes free."},
     {problem, "Your connection is lost. Your place is kept for a while.",
      "Check your network, or open the show again before your place is given away."}},
    {C::seat_timed_out,
     "seat_timed_out",
     {warning, "This person was away for too long, so their place was given back.",
      "They can join again with the same invitation."},
     {warning, "You were away for too long, so your place was given back.", "Join again with the same invitation."}},
    // Ended with how often.
    {C::keeps_dropping,
     "keeps_dropping",
     {problem, "The connection of this person keeps breaking off",
      "Ask them to switch the camera off or lower its quality, and to use another network or a cable."},
     {problem, "Your connection keeps breaking off",
      "Switch the camera off or lower its quality, and use another network or a cable."}},
    {C::dropped_recently,
     "dropped_recently",
     {info, "The connection of this person broke off", ""},
     {info, "Your connection broke off", ""}},
    {C::not_invited,
     "not_invited",
     {info, "This person has not been invited to this show.", "Invite them."},
     {problem, "You have not been invited to this show.", "Ask to join, or wait for the host to invite you."}},
    {C::invitation_pending,
     "invitation_pending",
     {info, "The invitation waits for an answer.", "Resend it if they do not react."},
     {info, "The invitation waits for your answer.", "Accept it."}},
    {C::invitation_accepted,
     "invitation_accepted",
     {info, "This person has accepted but has not joined yet.", "Wait: they are getting ready."},
     {info, "You have accepted but have not joined yet.", "Check your picture and sound, then join."}},
    {C::invitation_rejected,
     "invitation_rejected",
     {warning, "This person declined the invitation.", "Talk to them before you invite them again."},
     {warning, "You declined the invitation.", "Ask the host to invite you again."}},
    {C::invitation_cancelled,
     "invitation_cancelled",
     {warning, "The invitation was taken back.", "Invite them again."},
     {problem, "The host took the invitation back.", "Ask the host to invite you again."}},
    {C::invitation_expired,
     "invitation_expired",
     {warning, "The invitation was not answered in time.", "Invite them again."},
     {problem, "The invitation was not answered in time.", "Ask the host to invite you again."}},
    {C::invitation_used,
     "invitation_used",
     {info, "This person left the stage and can come back with the same invitation.", ""},
     {info, "You left the stage and can come back with the same invitation.", "Join again."}},
    {C::removed_from_stage,
     "removed_from_stage",
     {warning, "This person was taken off the stage, and their invitation counts no more.", "Invite them again."},
     {problem, "The host took you off the stage, and your invitation counts no more.",
      "Ask to join, or wait for the host to invite you again."}},
    {C::request_waiting,
     "request_waiting",
     {info, "This person waits in the queue to join.", ""},
     {info, "Your request to join waits for the host.", ""}},
    {C::request_declined,
     "request_declined",
     {info, "The request of this person to join was declined.", ""},
     {warning, "The host declined your request to join.", "Wait a little before you ask again."}},
    {C::request_expired,
     "request_expired",
     {info, "The request of this person to join was not answered in time.", ""},
     {warning, "Your request to join was not answered in time.", "Ask again."}},
    // Whom others have blocked is nobody's to know but theirs: said as invitee_unavailable.
    {C::invitee_blocked,
     "invitee_blocked",
     {problem, "You have blocked this person, so they cannot be invited.", "Unblock them first."},
     kNotForThem},
    {C::invitee_unavailable,
     "invitee_unavailable",
     {problem, "This person takes no invitations at the moment.", "Talk to them, or try again later."},
     {problem, "You have switched invitations off.", "Switch them on again to be invited."}},
    {C::client_too_old,
     "client_too_old",
     {problem, "This person's app is too old to go on stage.", "Ask them to update it."},
     {problem, "Your app is too old to go on stage.", "Update it, or load this page anew."}},
    {C::camera_off,
     "camera_off",
     {warning, "This person's camera is off, or their browser does not allow it.",
      "Ask them to switch it on and to allow it in the browser."},
     {warning, "Your camera is off, or the browser does not allow it.",
      "Switch it on, and allow it at the sign beside the address."}},
    {C::microphone_off,
     "microphone_off",
     {warning, "This person's microphone is off, or their browser does not allow it.",
      "Ask them to switch it on and to allow it in the browser."},
     {warning, "Your microphone is off, or the browser does not allow it.",
      "Switch it on, and allow it at the sign beside the address."}},
    {C::microphone_silent,
     "microphone_silent",
     {info, "Nothing was heard from this person's microphone yet.", "Ask them to say something."},
     {info, "Nothing was heard from your microphone yet.", "Say something, or choose another microphone."}},
    {C::connection_poor,
     "connection_poor",
     {warning, "This person's connection is poor.", "Ask them to use another network or a cable."},
     {warning, "Your connection is poor.", "Use another network or a cable, or switch the camera off."}},
    {C::stage_full,
     "stage_full",
     {problem, "The stage is full.", "Somebody has to leave it first."},
     {problem, "The stage is full.", "Wait until somebody leaves it."}},
    // With the sentence of the refusal.
    {C::cannot_invite, "cannot_invite", {warning, "This person cannot be invited now.", ""}, kNotForThem},
};

const FindingInfo& row(FindingCode code) {
  const FindingInfo& found = kFindings[static_cast<std::size_t>(code)];
  COSTAGE_CHECK(found.code == code, "the table is in the order of the enum");
  return found;
}

}  // namespace

std::string_view name(Severity severity) { return name_in(kSeverities, severity); }
std::string_view name(FindingCode code) { return row(code).name; }
std::span<const FindingInfo> all_findings() { return kFindings; }
const Words& words(FindingCode code, Reader reader) { return reader == Reader::host ? row(code).host : row(code).self; }

}  // namespace costage::domain
