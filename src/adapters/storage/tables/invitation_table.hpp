// invitations: all of them, those that their room holds in mind marked `held`; and when the last were sent.
#pragma once

#include "adapters/storage/health.hpp"
#include "adapters/storage/row.hpp"
#include "app/ports/stores.hpp"

namespace costage::storage {

class InvitationTable final : public app::InvitationStore {
 public:
  InvitationTable(Sql& sql, Health& health) : sql_(sql), health_(health) {}

  domain::Invitations load(const domain::RoomId& room);
  // Writes the rows that the events changed.
  void save(const domain::RoomState& before, const domain::RoomState& after, const domain::Events& events);

  std::optional<domain::Invitation> find(const domain::InvitationId& id) override;
  std::optional<domain::Invitation> newest_for(const domain::RoomId& room, const domain::UserId& invitee) override;
  app::Page<domain::Invitation> list(const app::InvitationFilter& filter, const app::PageRequest& page) override;
  int appearances(const domain::RoomId& room, const domain::UserId& invitee) override;
  std::size_t pending_elsewhere(const domain::UserId& invitee, const domain::RoomId& except, WallTime now) override;

 private:
  Sql& sql_;
  Health& health_;
};

}  // namespace costage::storage
