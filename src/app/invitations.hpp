// Verbs on invitations. Answers show the status at the time of the answer: a pending one past its time is expired.
#pragma once

#include <chrono>
#include <optional>

#include "app/ports/storage.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;

struct InviteAnswer {
  domain::Invitation invitation;
  bool created = false;  // false: a pending one was there and has a renewed expiry (S-024)
};

struct BatchAnswer {
  domain::UserId invitee;
  domain::Answer<InviteAnswer> answer;
};

class Invitations {
 public:
  explicit Invitations(const Context& context) : in_(context) {}

  void create(const Caller& caller, const domain::RoomId& room, const domain::UserId& invitee,
              std::optional<std::chrono::seconds> ttl, const MaybeIdempotency& once, Done<InviteAnswer> done);
  // One answer for each, in their order: what is refused to one touches no other (S-019). At most kBatch.
  void create_all(const Caller& caller, const domain::RoomId& room, const std::vector<domain::UserId>& invitees,
                  std::optional<std::chrono::seconds> ttl, const MaybeIdempotency& once,
                  Done<std::vector<BatchAnswer>> done);
  void accept(const Caller& caller, const domain::InvitationId& id, const MaybeIdempotency& once,
              Done<domain::Invitation> done);
  void reject(const Caller& caller, const domain::InvitationId& id, const MaybeIdempotency& once,
              Done<domain::Invitation> done);
  void cancel(const Caller& caller, const domain::InvitationId& id, const MaybeIdempotency& once,
              Done<domain::Invitation> done);
  // Wants somebody who accepted on stage now; they have a countdown to it.
  void call(const Caller& caller, const domain::InvitationId& id, const MaybeIdempotency& once,
            Done<domain::Invitation> done);
  void resend(const Caller& caller, const domain::InvitationId& id, const MaybeIdempotency& once,
              Done<domain::Invitation> done);

  void get(const Caller& caller, const domain::InvitationId& id, Done<domain::Invitation> done);
  // The caller's newest in this room (S-047), or invitation_not_found.
  void mine_in_room(const Caller& caller, const domain::RoomId& room, Done<domain::Invitation> done);
  // What was sent in this room (S-041). `statuses` empty: all.
  void of_room(const Caller& caller, const domain::RoomId& room, std::vector<domain::InvitationStatus> statuses,
               const PageRequest& page, Done<Page<domain::Invitation>> done);
  // What the caller was sent, in all rooms (S-046): nothing, if they may not read it.
  void mine(const Caller& caller, std::vector<domain::InvitationStatus> statuses, const PageRequest& page,
            Done<Page<domain::Invitation>> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
