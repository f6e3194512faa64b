// A room's history and the snapshot that a subscription starts with. Both hold every event that was told on this node
// before they were asked for, and perhaps later ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "app/requests.hpp"
#include "domain/readiness.hpp"
#include "domain/roles.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

struct Context;

struct RoomSnapshot {
  std::string epoch;
  std::uint64_t seq = 0;
  domain::Room room;
  domain::Stage stage;
  domain::Scene scene;
  domain::RunOfShow run_of_show;
  std::vector<domain::Egress> egresses;         // that go on
  std::vector<domain::Invitation> invitations;  // that the caller may see, status as of now
  std::vector<RequestView> requests;            // the queue, or the caller's own newest
  // Of those who wait in the queue or are invited, as far as they said; for who sees all of them.
  std::vector<std::pair<domain::UserId, domain::Readiness>> readiness;
  std::vector<domain::Standing> standings;
  domain::Sight sight;
  std::size_t watching = 0;
  bool media_available = true;
  bool egress_available = false, ingress_available = false;  // of the room's media server
  domain::Role role = domain::Role::viewer;                  // admin shows as the role they have in the room
};

// Events include private ones the caller may not see: hide them with domain::may_see, keeping their seq.
struct EventPage {
  std::string epoch;
  domain::Events items;
  std::uint64_t last_seq = 0;  // of the room, not of this page
  domain::Sight sight;         // for may_see
};

class History {
 public:
  static constexpr std::size_t kMaxEvents = 1000;  // in one answer

  explicit History(const Context& context) : in_(context) {}

  void snapshot(const Caller& caller, const domain::RoomId& room, Done<RoomSnapshot> done);
  void events(const Caller& caller, const domain::RoomId& room, std::uint64_t since, std::size_t limit,
              Done<EventPage> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
