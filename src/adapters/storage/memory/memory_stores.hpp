// The stores in memory. Private to the MemoryDatabase.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/storage/memory/memory_chats.hpp"
#include "adapters/storage/memory/memory_streams.hpp"
#include "adapters/storage/memory/memory_table.hpp"
#include "app/ports/stores.hpp"
#include "domain/limits.hpp"

namespace costage::storage {

class MemoryInvitations final : public app::InvitationStore {
 public:
  explicit MemoryInvitations(UndoLog& log) : rows(log) {}
  std::optional<domain::Invitation> find(const domain::InvitationId& id) override { return rows.find(id); }
  std::optional<domain::Invitation> newest_for(const domain::RoomId& room, const domain::UserId& invitee) override;
  app::Page<domain::Invitation> list(const app::InvitationFilter& filter, const app::PageRequest& page) override;
  int appearances(const domain::RoomId& room, const domain::UserId& invitee) override;
  std::size_t pending_elsewhere(const domain::UserId& invitee, const domain::RoomId& except, WallTime now) override;

  MemoryTable<domain::InvitationId, domain::Invitation> rows;
};

class MemoryRequests final : public app::RequestStore {
 public:
  explicit MemoryRequests(UndoLog& log) : rows(log) {}
  std::optional<domain::StageRequest> find(const domain::RequestId& id) override { return rows.find(id); }
  std::optional<domain::StageRequest> newest_of(const domain::RoomId& room, const domain::UserId& user) override;
  app::Page<domain::StageRequest> list(const app::RequestFilter& filter, const app::PageRequest& page) override;

  MemoryTable<domain::RequestId, domain::StageRequest> rows;
};

class MemoryHistory final : public app::HistoryStore {
 public:
  MemoryHistory(UndoLog& log, const WallTime& now) : rows(log), streams(log, now), followers_(log), now_(now) {}
  domain::Events since(const domain::RoomId& room, std::uint64_t seq, std::size_t limit) override;
  std::string epoch() override { return "memory"; }
  std::vector<app::FollowerPosition> behind(const std::string& follower, const domain::RoomId& after,
                                            std::size_t limit) override;
  void put_position(const std::string& follower, const app::FollowerPosition& position) override {
    const std::pair key{follower, position.room};
    followers_.put(key, std::max(position.followed, followers_.find(key).value_or(0)));
  }
  app::Touched touched(std::chrono::seconds back) override {
    return conceals_touched ? app::Touched{now_, {}} : streams.touched(back);
  }

  MemoryTable<std::pair<domain::RoomId, std::uint64_t>, domain::Event> rows;
  MemoryStreams streams;          // of rooms and of chats
  bool conceals_touched = false;  // told to fail: nothing was written of late, whatever was

 private:
  [[nodiscard]] std::map<domain::RoomId, std::uint64_t> ends() const;

  MemoryTable<std::pair<std::string, domain::RoomId>, std::uint64_t> followers_;
  const WallTime& now_;
};

class MemoryRooms final : public app::RoomStore {
 public:
  MemoryRooms(UndoLog& log, MemoryInvitations& invitations, MemoryRequests& requests, MemoryHistory& history,
              MemoryChats& chats)
      : rows_(log), invitations_(invitations), requests_(requests), history_(history), chats_(chats) {}
  std::optional<app::PersonInRoom> person(const domain::RoomId& room, const domain::UserId& user) override;
  std::optional<domain::RoomState> load(const domain::RoomId& room) override { return rows_.find(room); }
  void save(const domain::RoomState& before, const domain::RoomState& after, const domain::Events& events) override;
  app::Page<domain::Room> list(const app::RoomFilter& filter, const app::PageRequest& page) override;
  std::vector<domain::RoomId> open_after(const domain::RoomId& after, std::size_t limit) override;

  int races_to_lose = 0;  // the next saves come too late

 private:
  MemoryTable<domain::RoomId, domain::RoomState> rows_;
  MemoryInvitations& invitations_;
  MemoryRequests& requests_;
  MemoryHistory& history_;
  MemoryChats& chats_;
};

class MemoryUsers final : public app::UserStore {
 public:
  explicit MemoryUsers(UndoLog& log) : rows_(log) {}
  std::optional<app::User> find(const domain::UserId& id) override { return rows_.find(id); }
  void put(const app::User& user) override;
  void set_takes_invitations(const domain::UserId& id, bool on) override;

 private:
  MemoryTable<domain::UserId, app::User> rows_;
};

class MemoryBlocks final : public app::BlockStore {
 public:
  explicit MemoryBlocks(UndoLog& log) : rows_(log) {}
  void put(const app::Block& block) override;
  void remove(const domain::UserId& by, const domain::UserId& user) override {
    rows_.erase_if([&](const app::Block& one) { return one.by == by && one.user == user; });
  }
  std::size_t count(const domain::UserId& by) override { return of(by).size(); }
  bool has_any(const std::vector<domain::UserId>& by, const domain::UserId& user) override;
  app::Page<app::Block> list(const domain::UserId& by, const app::PageRequest& page) override;

 private:
  [[nodiscard]] std::vector<app::Block> of(const domain::UserId& by) const;
  MemoryTable<std::pair<domain::UserId, domain::UserId>, app::Block> rows_;
};

class MemoryPictures final : public app::PictureStore {
 public:
  explicit MemoryPictures(UndoLog& log) : rows_(log) {}
  std::optional<domain::Picture> find(const domain::RoomId& room, domain::PictureKind kind) override {
    return rows_.find({room, kind});
  }
  void put(const domain::Picture& picture) override { rows_.put({picture.room, picture.kind}, picture); }
  void remove(const domain::RoomId& room, domain::PictureKind kind) override {
    rows_.erase_if([&](const domain::Picture& one) { return one.room == room && one.kind == kind; });
  }

 private:
  MemoryTable<std::pair<domain::RoomId, domain::PictureKind>, domain::Picture> rows_;
};

class MemoryNodes final : public app::NodeStore {
 public:
  MemoryNodes(UndoLog& log, const WallTime& now) : rows_(log), now_(now) {}
  void renew(const app::Node& node, std::chrono::seconds lease) override;
  std::vector<app::Node> living() override;
  void remove(const std::string& id) override {
    rows_.erase_if([&](const app::Node& row) { return row.id == id; });
  }

 private:
  MemoryTable<std::string, app::Node> rows_;
  const WallTime& now_;
};

class MemoryAnswers final : public app::AnswerStore {
 public:
  explicit MemoryAnswers(UndoLog& log) : rows_(log) {}
  std::optional<app::IdempotencyRecord> find(const domain::UserId& user, const std::string& key) override {
    return rows_.find({user, key});
  }
  void put(const app::IdempotencyRecord& record) override {
    const auto known = find(record.user, record.key);
    if (known && known->at + domain::limits::kIdempotencyKept > record.at) throw app::LostRace();
    rows_.put({record.user, record.key}, record);
  }
  void forget_before(WallTime time) override {
    rows_.erase_if([time](const app::IdempotencyRecord& record) { return record.at < time; });
  }

 private:
  MemoryTable<std::pair<domain::UserId, std::string>, app::IdempotencyRecord> rows_;
};

class MemoryRevocations final : public app::RevocationStore {
 public:
  explicit MemoryRevocations(UndoLog& log) : rows_(log) {}
  void put(const app::Revocation& revocation) override;
  std::vector<app::Revocation> latest(std::size_t limit) override;
  void forget_before(WallTime time) override {
    rows_.erase_if([time](const app::Revocation& revocation) { return revocation.until < time; });
  }

 private:
  MemoryTable<std::pair<std::string, std::string>, app::Revocation> rows_;
};

class MemoryWebhooks final : public app::WebhookStore {
 public:
  explicit MemoryWebhooks(UndoLog& log) : rows_(log), urls_(log) {}
  std::uint64_t append(const std::string& url, const std::string& body, WallTime made, std::size_t most) override;
  std::optional<app::KeptWebhook> oldest(const std::string& url) override;
  void remove(const std::string& url, const app::KeptWebhook& webhook) override;
  std::uint64_t give_up_before(const std::string& url, WallTime time) override;
  void forget_before(WallTime time) override {
    rows_.erase_if([time](const Row& row) { return row.webhook.made < time; });
  }

 private:
  struct Row {
    std::string url;
    app::KeptWebhook webhook;
  };
  struct Url {
    std::uint64_t last = 0, lost = 0;
  };
  template <class Condition>
  std::uint64_t lose(const std::string& url, Condition condition);

  MemoryTable<std::pair<std::string, std::uint64_t>, Row> rows_;
  MemoryTable<std::string, Url> urls_;
};

}  // namespace costage::storage
