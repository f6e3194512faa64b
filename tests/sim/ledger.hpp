// Reads along in the database, after every commit: what really happened, and whether it may have.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/storage/memory/memory_database.hpp"
#include "world.hpp"

namespace costage::sim {

class Ledger {
 public:
  struct Lease {
    domain::RoomId room;
    domain::UserId user;
    std::optional<WallTime> died_at;
  };
  struct RoomBook {
    domain::Events events;
    domain::RoomState state;
  };
  struct ChatBook {
    domain::ChatEvents events;
  };

  Ledger(World& world, storage::MemoryDatabase& database) : world_(world), database_(database) {}

  void read();

  // Of an invitation, a request or a lease by its id, of who left or was banned by room and user.
  [[nodiscard]] bool happened(domain::EventType type, const std::string& subject) const {
    return happened_.contains({type, subject});
  }
  [[nodiscard]] bool was_sent(const domain::MessageId& message) const { return sent_.contains(message); }
  [[nodiscard]] const std::map<domain::RoomId, RoomBook>& rooms() const { return rooms_; }
  [[nodiscard]] const std::map<domain::RoomId, ChatBook>& chats() const { return chats_; }
  [[nodiscard]] const std::map<domain::InvitationId, domain::Invitation>& invitations() const { return invitations_; }
  [[nodiscard]] const std::map<domain::RequestId, domain::StageRequest>& requests() const { return requests_; }
  [[nodiscard]] const std::map<domain::LeaseId, Lease>& leases() const { return leases_; }
  [[nodiscard]] std::uint64_t commits() const { return commits_; }
  [[nodiscard]] const std::map<domain::EventType, int>& counts() const { return counts_; }

 private:
  void read_room(const domain::RoomId& room);
  void read_chat(const domain::RoomId& room);
  void note(const domain::RoomId& room, const domain::Event& event);
  void note(const domain::Event& event, const domain::Invitation& invitation);
  void note(const domain::RoomId& room, const domain::Event& event, const domain::StageChange& change);
  void end_leases(const domain::RoomId& room);
  void note_message(const domain::ChatMessage& message);

  World& world_;
  storage::MemoryDatabase& database_;
  std::uint64_t commits_ = 0;
  std::map<domain::RoomId, RoomBook> rooms_;
  std::map<domain::RoomId, ChatBook> chats_;
  std::map<domain::InvitationId, domain::Invitation> invitations_;
  std::map<domain::RequestId, domain::StageRequest> requests_;
  std::map<domain::LeaseId, Lease> leases_;
  std::set<std::pair<domain::EventType, std::string>> happened_;
  std::set<domain::MessageId> sent_;
  std::set<std::string> texts_, titles_;  // each made under one key
  std::map<domain::EventType, int> counts_;
};

}  // namespace costage::sim
