// The in-memory twin of the database: passes the same suite, keeps nothing, and can be told to fail.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "adapters/storage/group_commit.hpp"

namespace costage::storage {

class MemoryDatabase final : public Database, public app::Transaction {
 public:
  void begin() override { undo_.clear(); }
  void commit() override;  // throws while fail_commits
  void rollback() override { undo_to(0); }
  void open_savepoint() override { savepoint_ = undo_.size(); }
  void keep_savepoint() override {}
  void undo_savepoint() override { undo_to(savepoint_); }
  app::Transaction& transaction() override { return *this; }
  void try_writing() override { begin(), commit(); }

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
  std::string history_epoch() override { return "memory"; }
  std::optional<app::User> find_user(const domain::UserId& id) override;
  void put_user(const app::User& user) override;
  std::optional<app::IdempotencyRecord> find_answer(const domain::UserId& user, const std::string& key) override;
  void put_answer(const app::IdempotencyRecord& record) override;
  void forget_answers_before(WallTime time) override;
  void put_revocation(const app::Revocation& revocation) override;
  std::vector<app::Revocation> revocations(std::size_t limit) override;
  void forget_revocations_before(WallTime time) override;

  bool fail_commits = false;

 private:
  template <class Map>
  void put(Map& map, const typename Map::key_type& key, const typename Map::mapped_type& value);
  template <class Map>
  void erase(Map& map, const typename Map::key_type& key);
  void undo_to(std::size_t size);

  std::map<domain::RoomId, domain::RoomState> rooms_;
  std::map<domain::InvitationId, domain::Invitation> invitations_;
  std::map<std::pair<domain::RoomId, std::uint64_t>, domain::Event> events_;
  std::map<domain::UserId, app::User> users_;
  std::map<std::pair<domain::UserId, std::string>, app::IdempotencyRecord> answers_;
  std::map<std::pair<std::string, std::string>, app::Revocation> revocations_;
  std::vector<std::function<void()>> undo_;  // the newest last
  std::size_t savepoint_ = 0;
};

// Storage without a thread, for tests of use cases: units wait until run() is called, then answers come at once.
class MemoryStorage final : public app::Storage {
 public:
  [[nodiscard]] bool submit(Work work, Done done) override;
  [[nodiscard]] std::optional<std::string> trouble() const override { return database.health.trouble(); }
  // Until nothing is queued, also what the answers submit.
  void run();

  MemoryDatabase database;
  bool full = false;

 private:
  std::deque<Unit> queue_;
};

}  // namespace costage::storage
