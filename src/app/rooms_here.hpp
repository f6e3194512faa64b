// The rooms this node keeps in mind, fed by commits: what must be known without asking storage. A cache, never the
// authority.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "app/ports/media_server.hpp"
#include "domain/actor.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

// The participant's metadata at the media server; without a seat: a viewer's.
std::string media_metadata(const domain::Seat* seat);

class RoomsHere final : public TokenGate {
 public:
  // Of a room that is over nothing is kept.
  void keep(const domain::RoomState& state);

  // nullptr: over, or none of ours.
  [[nodiscard]] const domain::Stage* stage_of(const domain::RoomId& room) const;
  // Recordings and restreams of it that go on.
  [[nodiscard]] std::vector<domain::EgressId> egresses(const domain::RoomId& room) const;
  // Who of them hear what is between others and the host (list_invitations).
  [[nodiscard]] std::vector<domain::UserId> inviters(const domain::RoomId& room) const;
  // Who of them hear what is between moderators: read_moderation.
  [[nodiscard]] std::vector<domain::UserId> moderators(const domain::RoomId& room) const;
  // Whether their hearts float over this show.
  [[nodiscard]] bool may_react(const domain::RoomId& room, const domain::Actor& actor, WallTime now) const;
  // Whether they may be in the green room of this show.
  [[nodiscard]] bool is_backstage(const domain::RoomId& room, const domain::UserId& user) const;
  // True only of a room that is open.
  [[nodiscard]] bool admits_guests(const domain::RoomId& room) const;
  // Of an open room: its host first, also when not on stage, and whoever is on it.
  [[nodiscard]] std::vector<domain::UserId> performers(const domain::RoomId& room) const;

  // Empty: none carries it, or it is none of ours.
  [[nodiscard]] std::string media_node_of(const domain::RoomId& room) const;
  // Shows that are on, or for which somebody gets ready: those that a node carries, and those whose node does not live.
  // Whether anybody of its stage is or was connected.
  [[nodiscard]] bool has_begun(const domain::RoomId& room) const;
  struct CarriedShow {
    domain::RoomId room;
    bool is_quiet = false;  // nobody on stage sends anything
  };
  [[nodiscard]] std::vector<CarriedShow> shows_of(const std::string& node) const;
  [[nodiscard]] std::vector<domain::RoomId> shows_without(
      const std::function<bool(const std::string& node)>& lives) const;

  [[nodiscard]] std::optional<std::string> region_of(const domain::RoomId& room) const override;
  void may_publish(const domain::RoomId& room, const Identity& identity, const domain::LeaseId& lease,
                   std::function<void(bool)> answer) const override;

 private:
  // About 2 kB with a full stage, 30 bytes for each who may come there, 400 for each who was appointed, muted or
  // banned.
  struct Known {
    domain::UserId host;
    domain::Stage stage;
    std::vector<domain::UserId> inviters;
    std::vector<domain::UserId> moderators;
    std::vector<domain::UserId> backstage;  // who may be in the green room
    bool guests_may_watch = false;
    domain::Standings standings;
    std::string region;
    std::string media_node;
    bool is_idle = true;
    [[nodiscard]] bool is_show() const { return !is_idle || !stage.seats.empty(); }
    std::vector<domain::EgressId> egresses;
  };
  std::map<domain::RoomId, Known> open_;
};

}  // namespace costage::app
