#include "domain/errors.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

constexpr CodeInfo kCodes[] = {
    {Code::unauthenticated, "unauthenticated", 401, "Please sign in: the request carries no valid token."},
    {Code::token_expired, "token_expired", 401, "Your session has run out. Please sign in again."},
    {Code::not_permitted, "not_permitted", 403, "Your role in this room does not allow that."},
    {Code::sign_in_needed, "sign_in_needed", 403, "To watch this show, please sign in."},
    {Code::room_not_found, "room_not_found", 404, "This room does not exist."},
    {Code::invitation_not_found, "invitation_not_found", 404, "This invitation does not exist."},
    {Code::request_not_found, "request_not_found", 404, "This request does not exist."},
    {Code::user_unknown, "user_unknown", 404, "Nobody with this user id has been here yet. Check the id."},
    {Code::room_not_live, "room_not_live", 409, "The show has not started yet. Wait until it is live."},
    {Code::room_ended, "room_ended", 409, "The show has ended."},
    {Code::host_may_return, "host_may_return", 409,
     "The host may still come back. You can end the show a little later."},
    {Code::invitation_pending, "invitation_pending", 409, "The invitation has not been answered yet."},
    {Code::invitation_rejected, "invitation_rejected", 409, "The invitation was declined."},
    {Code::invitation_cancelled, "invitation_cancelled", 409, "The host has withdrawn the invitation."},
    {Code::invitation_expired, "invitation_expired", 409, "The invitation was not answered in time."},
    {Code::invitation_already_accepted, "invitation_already_accepted", 409, "The invitation is accepted already."},
    {Code::not_invited, "not_invited", 403, "You need an invitation from the host to go on stage."},
    {Code::invitee_not_watching, "invitee_not_watching", 409, "This person is not watching right now."},
    {Code::invitee_is_host, "invitee_is_host", 409, "The host is on stage without an invitation."},
    {Code::invitee_is_guest, "invitee_is_guest", 409,
     "This person watches as a guest and would have to sign in first."},
    {Code::invitee_blocked, "invitee_blocked", 409, "You have blocked this person."},
    {Code::invitee_unavailable, "invitee_unavailable", 409, "This person takes no invitations at the moment."},
    {Code::invitee_did_not_ask, "invitee_did_not_ask", 409, "In this show only people who asked to join are invited."},
    {Code::client_too_old, "client_too_old", 409,
     "This person's app is too old to go on stage. They have to update it."},
    {Code::camera_off, "camera_off", 409, "This person's camera is off, or their browser does not allow it."},
    {Code::microphone_off, "microphone_off", 409,
     "This person's microphone is off, or their browser does not allow it."},
    {Code::asking_blocked, "asking_blocked", 403, "You cannot ask to join this show."},
    {Code::requests_closed, "requests_closed", 409, "The host takes no requests to join at the moment."},
    {Code::request_invited, "request_invited", 409, "The host has answered this request with an invitation."},
    {Code::request_declined, "request_declined", 409, "The request was declined."},
    {Code::request_withdrawn, "request_withdrawn", 409, "The request was withdrawn."},
    {Code::request_expired, "request_expired", 409, "The request has run out."},
    {Code::already_on_stage, "already_on_stage", 409, "This person is on stage already."},
    {Code::on_stage_elsewhere, "on_stage_elsewhere", 409,
     "You are on stage in another window. Leave it there first: this show allows one."},
    {Code::not_on_stage, "not_on_stage", 409, "This person is not on stage."},
    {Code::seat_lost, "seat_lost", 409, "Your place on stage was given back. Join again to take it."},
    {Code::stage_full, "stage_full", 409, "The stage is full. Somebody has to leave it first."},
    {Code::too_many_pending, "too_many_pending", 429, "Too many invitations are waiting for an answer."},
    {Code::queue_full, "queue_full", 429, "Too many people are waiting to join. Try again later."},
    {Code::block_list_full, "block_list_full", 409, "You have blocked as many people as one can."},
    {Code::not_oneself, "not_oneself", 409, "That can be done about other people, not about oneself."},
    {Code::cooling_down, "cooling_down", 429, "This person has just declined. Wait a little before asking again."},
    {Code::asked_too_soon, "asked_too_soon", 429, "The host has just declined. Wait a little before asking again."},
    {Code::message_not_found, "message_not_found", 404, "This message does not exist."},
    {Code::message_deleted, "message_deleted", 409, "This message was removed."},
    {Code::message_not_held, "message_not_held", 409, "This message does not wait for review."},
    {Code::message_blank, "message_blank", 422, "The message has nothing that can be seen."},
    {Code::message_too_many_lines, "message_too_many_lines", 422, "The message has too many lines."},
    {Code::message_stacked_marks, "message_stacked_marks", 422, "The message stacks too many marks on a letter."},
    {Code::message_misleading, "message_misleading", 422,
     "The message holds hidden characters, or some that turn its direction around."},
    {Code::message_refused, "message_refused", 422, "The message holds something that is not allowed in this chat."},
    {Code::client_id_used, "client_id_used", 409, "This clientId was used for another message."},
    {Code::edit_too_late, "edit_too_late", 409, "A message can be changed for two minutes."},
    {Code::chat_off, "chat_off", 409, "The chat is off."},
    {Code::chat_for_stage, "chat_for_stage", 403, "Only people on stage write in this chat at the moment."},
    {Code::slow_mode, "slow_mode", 429, "The chat is in slow mode. Wait a moment before the next message."},
    {Code::watch_longer, "watch_longer", 409, "To write here, watch the show a little longer first."},
    {Code::muted, "muted", 403, "You may not write in this chat at the moment."},
    {Code::banned, "banned", 403, "You were banned from this show."},
    {Code::person_banned, "person_banned", 409, "This person is banned from the show."},
    {Code::host_protected, "host_protected", 409, "The host cannot be muted or banned."},
    {Code::moderator_protected, "moderator_protected", 403,
     "Only the host can do that to somebody on stage or who moderates."},
    {Code::too_many_standings, "too_many_standings", 409,
     "More people cannot be appointed, muted or banned in one show."},
    {Code::report_not_found, "report_not_found", 404, "This report does not exist."},
    {Code::words_unusable, "words_unusable", 422, "The list cannot be used."},
    {Code::emoji_unknown, "emoji_unknown", 422, "That is not one emoji."},
    {Code::reactions_full, "reactions_full", 409, "This message has as many kinds of emoji as it can."},
    {Code::egress_not_found, "egress_not_found", 404, "This show has no such recording or restream."},
    {Code::egress_running, "egress_running", 409, "That goes on already. Stop it before you start it anew."},
    {Code::egress_unavailable, "egress_unavailable", 409, "This server cannot record shows or send them elsewhere."},
    {Code::ingress_not_found, "ingress_not_found", 404, "Nothing is set up for your streaming software in this show."},
    {Code::ingress_unavailable, "ingress_unavailable", 409, "This server cannot take a show from streaming software."},
    {Code::rate_limited, "rate_limited", 429, "That was too often. Wait a moment and try again."},
    {Code::invalid_request, "invalid_request", 400, "The request is not valid."},
    {Code::idempotency_conflict, "idempotency_conflict", 409, "This Idempotency-Key was used for another request."},
    {Code::payload_too_large, "payload_too_large", 413, "The request is too large."},
    {Code::record_damaged, "record_damaged", 500,
     "What the server has stored about this is damaged. Please tell whoever runs it."},
    {Code::server_full, "server_full", 503,
     "As many people watch as the server can carry without harm to all. Try again in a little while."},
    {Code::unavailable, "unavailable", 503, "The server cannot do that right now. Try again in a moment."},
};

}  // namespace

std::span<const CodeInfo> all_codes() { return kCodes; }

const CodeInfo& info(Code code) {
  const CodeInfo& row = kCodes[static_cast<std::size_t>(code)];
  COSTAGE_CHECK(row.code == code, "the table is in the order of the enum");
  return row;
}

std::optional<Refusal> bad_user_id(const UserId& id, const char* field) {
  const auto bad = bad_id(id.value(), limits::kUserId);
  if (!bad) return {};
  return Refusal::invalid(field, std::string{field} + " is no user id: " + std::string{costage::sentence(*bad)} + '.');
}

}  // namespace costage::domain
