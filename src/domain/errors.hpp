// Refusals: each "no" has a stable code for programs, an HTTP status and a sentence for people, in one table.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "domain/ids.hpp"

namespace costage::domain {

enum class Code {
  unauthenticated,
  token_expired,
  not_permitted,
  sign_in_needed,
  room_not_found,
  invitation_not_found,
  request_not_found,
  user_unknown,
  room_not_live,
  room_ended,
  host_may_return,
  invitation_pending,
  invitation_rejected,
  invitation_cancelled,
  invitation_expired,
  invitation_already_accepted,
  not_invited,
  invitee_not_watching,
  invitee_is_host,
  invitee_is_guest,
  invitee_blocked,
  invitee_unavailable,
  invitee_did_not_ask,
  client_too_old,
  camera_off,
  microphone_off,
  asking_blocked,
  requests_closed,
  request_invited,
  request_declined,
  request_withdrawn,
  request_expired,
  already_on_stage,
  on_stage_elsewhere,
  not_on_stage,
  seat_lost,
  stage_full,
  too_many_pending,
  queue_full,
  block_list_full,
  not_oneself,
  cooling_down,
  asked_too_soon,
  message_not_found,
  message_deleted,
  message_not_held,
  message_blank,
  message_too_many_lines,
  message_stacked_marks,
  message_misleading,
  message_refused,
  client_id_used,
  edit_too_late,
  chat_off,
  chat_for_stage,
  slow_mode,
  watch_longer,
  muted,
  banned,
  person_banned,
  host_protected,
  moderator_protected,
  too_many_standings,
  report_not_found,
  words_unusable,
  emoji_unknown,
  reactions_full,
  egress_not_found,
  egress_running,
  egress_unavailable,
  ingress_not_found,
  ingress_unavailable,
  rate_limited,
  invalid_request,
  idempotency_conflict,
  payload_too_large,
  record_damaged,
  server_full,
  unavailable,
};

struct CodeInfo {
  Code code{};
  std::string_view name;  // "room_not_live": stable, programs compare it
  int http_status = 0;
  std::string_view sentence;
};

std::span<const CodeInfo> all_codes();
const CodeInfo& info(Code code);

struct Refusal {
  // NOLINTNEXTLINE(google-explicit-constructor): `return fail(Code::room_ended)` is the usual form.
  Refusal(Code c) : code(c) {}
  Refusal(Code c, std::chrono::seconds retry) : code(c), retry_after(retry) {}
  static Refusal invalid(std::string field, std::string detail) {
    Refusal out{Code::invalid_request};
    out.field = std::move(field);
    out.detail = std::move(detail);
    return out;
  }

  Code code;
  std::string field;                    // invalid_request: which one, "policies.maxCoHosts"
  std::string detail;                   // replaces the table's sentence when not empty
  std::chrono::seconds retry_after{0};  // rate_limited, cooling_down: 0 = not said

  [[nodiscard]] std::string_view sentence() const {
    return detail.empty() ? info(code).sentence : std::string_view{detail};
  }
  bool operator==(const Refusal&) const = default;
};

// A user id from outside: one line, visible, at most limits::kUserId bytes.
[[nodiscard]] std::optional<Refusal> bad_user_id(const UserId& id, const char* field);

inline tl::unexpected<Refusal> refuse(Refusal refusal) { return tl::unexpected<Refusal>(std::move(refusal)); }

template <class T>
using Answer = Result<T, Refusal>;

}  // namespace costage::domain
