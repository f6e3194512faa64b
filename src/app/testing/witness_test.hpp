// Reads along in every history and says what must never be.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/storage.hpp"
#include "app/work/committed.hpp"
#include "domain/limits.hpp"

namespace costage::app::testing {

using namespace domain;

class Witness {
 public:
  struct Sent {
    InvitationId id;
    UserId invitee;
    RoomId room;
    InvitationStatus status{};
  };
  struct Asked {
    RequestId id;
    UserId user;
  };

  // What was answered to somebody must be in some history: of an invitation, request or lease by its id, of who left
  // by room and user.
  void acknowledged(EventType type, const std::string& subject) { promised_.emplace_back(type, subject); }

  void hear(const Committed& committed) {
    const RoomId& room = committed.state.room.id;
    const auto known = heard_.find(room);
    std::uint64_t seq = known == heard_.end() ? committed.state.seq - committed.events.size() : known->second;
    for (const Event& event : committed.events) EXPECT_EQ(event.seq, ++seq) << "told in order, without a hole";
    EXPECT_EQ(committed.state.seq, seq);
    heard_[room] = seq;
  }
  void program_ended() { heard_.clear(); }

  // Between commits.
  void look(Transaction& tx) {
    for (const Room& room : tx.rooms().list({}, {kMany, ""}).items) look(tx, room.id);
    for (const auto& [type, subject] : std::exchange(promised_, {}))
      EXPECT_TRUE(happened_.contains({type, subject})) << name(type) << " of " << subject << " was acknowledged";
  }

  std::map<RoomId, RoomState> rooms;
  std::vector<Sent> invitations;
  std::vector<Asked> requests;
  std::set<LeaseId> dead;
  std::map<EventType, int> counts;

 private:
  static constexpr std::size_t kMany = 1'000'000;

  void look(Transaction& tx, const RoomId& id) {
    RoomState& state = rooms[id];
    for (const Event& event : tx.history().since(id, state.seq, kMany)) {
      ASSERT_EQ(event.seq, state.seq + 1) << "a history has no hole";
      state = apply(std::move(state), event);
      note(id, event);
    }
    EXPECT_EQ(tx.rooms().load(id), state) << "the history replays to what is stored";
    EXPECT_EQ(check(state), "");
    EXPECT_LE(state.stage.co_hosts(), static_cast<std::size_t>(state.room.policies.max_co_hosts));
    EXPECT_LE(waiting(state), limits::kQueue);
    const auto heard = heard_.find(id);
    EXPECT_TRUE(heard == heard_.end() || heard->second == state.seq) << "all of it was told";
  }

  static std::size_t waiting(const RoomState& state) {
    return static_cast<std::size_t>(
        std::ranges::count(state.requests.newest, RequestStatus::waiting, &StageRequest::status));
  }

  void note(const RoomId& room, const Event& event) {
    ++counts[event.type];
    if (const auto* change = std::get_if<InvitationChange>(&event.data)) note(event, change->invitation);
    if (const auto* change = std::get_if<RequestChange>(&event.data)) note(event, change->request);
    if (const auto* change = std::get_if<StageChange>(&event.data)) note(room, event, *change);
    if (std::holds_alternative<RoomChange>(event.data)) happened_.insert({event.type, room.value()});
  }

  void note(const Event& event, const Invitation& invitation) {
    happened_.insert({event.type, invitation.id.value()});
    const auto known = std::ranges::find(invitations, invitation.id, &Sent::id);
    if (known == invitations.end()) {
      invitations.push_back({invitation.id, invitation.invitee, invitation.room, invitation.status});
    } else {
      const bool is_place = event.type == EventType::invitation_called || event.type == EventType::invitation_revoked;
      EXPECT_EQ(known->status, is_place ? InvitationStatus::accepted : InvitationStatus::pending)
          << name(event.type) << ' ' << invitation.id.value();
      known->status = invitation.status;
    }
    if (event.type == EventType::invitation_revoked) {
      // To be removed before having a seat.
      happened_.insert({EventType::stage_left, invitation.room.value() + '/' + invitation.invitee.value()});
      removed_.insert({invitation.room, invitation.invitee});
    }
    if (event.type == EventType::invitation_accepted) removed_.erase({invitation.room, invitation.invitee});
  }

  void note(const Event& event, const StageRequest& request) {
    happened_.insert({event.type, request.id.value()});
    if (event.type == EventType::request_created) requests.push_back({request.id, request.user});
  }

  void note(const RoomId& room, const Event& event, const StageChange& change) {
    const Seat& seat = change.seat;
    if (event.type == EventType::stage_left) {
      happened_.insert({event.type, room.value() + '/' + seat.user.value()});
      dead.insert(seat.lease);
      if (change.reason == LeaveReason::removed) removed_.insert({room, seat.user});
      return;
    }
    happened_.insert({event.type, seat.lease.value()});
    EXPECT_FALSE(dead.contains(seat.lease)) << "a dead lease lives again";
    EXPECT_FALSE(removed_.contains({room, seat.user})) << seat.user.value() << " was removed and not invited since";
  }

  std::map<RoomId, std::uint64_t> heard_;  // by this program
  std::set<std::pair<EventType, std::string>> happened_;
  std::vector<std::pair<EventType, std::string>> promised_;
  std::set<std::pair<RoomId, UserId>> removed_;
};

}  // namespace costage::app::testing
