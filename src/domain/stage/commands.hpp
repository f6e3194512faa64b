#pragma once

#include <optional>
#include <variant>

#include "domain/actor.hpp"
#include "domain/invitation/invitation.hpp"
#include "domain/stage/stage.hpp"

namespace costage::domain {

// ---- by people ----
struct OpenLease {
  Actor actor;
  LeaseId lease;                   // used when a new one is opened; a living one is kept
  std::optional<LeaseId> reclaim;  // only this one, if it still lives: nobody goes on air again without asking to
  std::optional<Invitation> past;  // the actor's newest, where the room does not hold it in mind any more
};
struct LeaveStage {
  Actor actor;
};
struct RemoveFromStage {
  Actor actor;
  UserId user;
};
// Somebody else's. On they can only be asked to switch them: nobody is heard or seen against their will (S-082).
struct SwitchOff {
  Actor actor;
  UserId user;
  TrackSources sources;
};
struct AskToSwitchOn {
  Actor actor;
  UserId user;
  TrackSources sources;
};
struct SetPermissions {
  Actor actor;
  UserId user;
  StagePermissions permissions;
};

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
  bool sending = false;  // anything, whatever it is, can be seen or heard
  Device screen = Device::off;
};
// The media server was restarted: nobody is connected any more.
struct MediaLost {};

using StageCommand = std::variant<OpenLease, LeaveStage, RemoveFromStage, SwitchOff, AskToSwitchOn, SetPermissions,
                                  MediaJoined, MediaInterrupted, MediaLeft, DevicesChanged, MediaLost>;

}  // namespace costage::domain
