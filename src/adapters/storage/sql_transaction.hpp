// app::Transaction as SQL: each statement is a literal beside its method, in words that SQLite and PostgreSQL share.
// A failing statement throws soci::soci_error.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace soci {
class session;
}

namespace costage::storage {

class SqlTransaction final : public app::Transaction {
 public:
  explicit SqlTransaction(soci::session& sql) : sql_(sql) {}

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

 private:
  void save_room_row(const domain::RoomState& state);
  void save_invitation(const domain::RoomState& state, const domain::Invitation& invitation);
  void append(const domain::RoomId& room, const domain::Event& event);

  soci::session& sql_;
};

}  // namespace costage::storage
