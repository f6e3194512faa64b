// What people, time and the media server ask of a room. Ids of new things and facts from outside the room come in with
// the command, so that decisions stay pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "domain/ids.hpp"
#include "domain/policy.hpp"
#include "domain/stage.hpp"

namespace costage::domain {

struct Actor {
  UserId user;
  std::string name;
  bool admin = false;
  std::optional<RoomId> guest_of{};  // somebody without an account, who may watch this room
};

struct CreateRoom {
  Actor actor;
  RoomId id;
  std::string title;
  std::string description;
  std::string metadata = "{}";
  std::string external_id;
  bool chat_enabled = true;
  PolicyChanges policies;
  // An admin may create the room for somebody else.
  std::optional<UserId> host;
  std::string host_name;
};

// ---- by people ----
struct UpdateRoom {
  Actor actor;
  std::optional<std::string> title;
  std::optional<std::string> description;
  std::optional<std::string> metadata;
  PolicyChanges policies;
};
struct StopRoom {
  Actor actor;
};
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
struct OpenLease {
  Actor actor;
  LeaseId lease;                   // used when a new one is opened; a living one is kept
  std::optional<LeaseId> reclaim;  // only this one, if it still lives: nobody goes on air again without asking to
};
struct LeaveStage {
  Actor actor;
};
struct RemoveFromStage {
  Actor actor;
  UserId user;
};

// ---- by time: whatever has run out at `now` ends ----
struct TimePassed {};

// ---- by the media server ----
struct MediaJoined {
  UserId user;
  std::optional<LeaseId> lease;  // nothing: a connection that was promoted in place
};
struct MediaInterrupted {
  UserId user;
};
struct MediaLeft {
  UserId user;
};
// What all tracks of the user come to now.
struct DevicesChanged {
  UserId user;
  Device microphone = Device::off;
  Device camera = Device::off;
  bool sending = false;  // anything, a screen too, can be seen or heard
};
// The media server was restarted: nobody is connected any more.
struct MediaLost {};

using Command = std::variant<UpdateRoom, StopRoom, Invite, AcceptInvitation, RejectInvitation, CancelInvitation,
                             ResendInvitation, OpenLease, LeaveStage, RemoveFromStage, TimePassed, MediaJoined,
                             MediaInterrupted, MediaLeft, DevicesChanged, MediaLost>;

}  // namespace costage::domain
