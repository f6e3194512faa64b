// The storage port in SQL through SOCI. Private to the SQL databases.
#pragma once

#include <soci/soci.h>

#include <string>

#include "adapters/storage/health.hpp"
#include "app/ports/store.hpp"

namespace costage::storage {

class SqlStore final : public app::Transaction {
 public:
  SqlStore(soci::session& sql, Health& health) : sql_(sql), health_(health) {}

  std::optional<domain::RoomState> load_room(const domain::RoomId& room) override;
  void save_room(const domain::RoomState& state, const domain::Events& events) override;
  std::optional<domain::Room> find_room(const domain::RoomId& room) override;
  app::Page<domain::Room> list_rooms(const app::RoomFilter& filter, const app::PageRequest& page) override;
  std::vector<domain::RoomId> open_rooms(const domain::RoomId& after, std::size_t limit) override;
  std::optional<domain::Invitation> find_invitation(const domain::InvitationId& id) override;
  app::Page<domain::Invitation> list_invitations(const app::InvitationFilter& filter,
                                                 const app::PageRequest& page) override;
  std::size_t pending_elsewhere(const domain::UserId& invitee, const domain::RoomId& except, WallTime now) override;
  domain::Events events_since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) override;
  std::string history_epoch() override;
  std::optional<app::User> find_user(const domain::UserId& id) override;
  void put_user(const app::User& user) override;
  std::optional<app::IdempotencyRecord> find_answer(const domain::UserId& user, const std::string& key) override;
  void put_answer(const app::IdempotencyRecord& record) override;
  void forget_answers_before(WallTime time) override;
  void put_revocation(const app::Revocation& revocation) override;
  std::vector<app::Revocation> revocations(std::size_t limit) override;
  void forget_revocations_before(WallTime time) override;

 private:
  void save_room_row(const domain::RoomState& state, std::uint64_t seq_before);
  void save_seats(const domain::RoomState& state);
  void save_invitation(const domain::Invitation& invitation, std::uint64_t created_seq);
  void save_event(const domain::RoomId& room, const domain::Event& event);

  soci::session& sql_;
  Health& health_;
};

}  // namespace costage::storage
