// The in-memory twin of the database: passes the same suite, keeps nothing, and can be told to fail. Several nodes may
// write to it, one transaction after the other.
#pragma once

#include <deque>

#include "adapters/storage/group_commit.hpp"
#include "adapters/storage/memory/memory_stores.hpp"

namespace costage::storage {

class MemoryDatabase final : public Database, public app::Transaction {
 public:
  void begin() override { log_.forget(); }
  void commit() override;  // throws while fail_commits
  void rollback() override { log_.undo_to(0); }
  void open_savepoint() override { savepoint_ = log_.size(); }
  void keep_savepoint() override {}
  void undo_savepoint() override { log_.undo_to(savepoint_); }
  app::Transaction& transaction() override { return *this; }
  void try_writing() override { begin(), commit(); }

  app::InvitationStore& invitations() override { return invitations_; }
  app::RequestStore& requests() override { return requests_; }
  MemoryHistory& history() override { return history_; }
  app::ChatStore& chats() override { return chats_; }
  app::MessageStore& messages() override { return chats_; }
  app::EmojiStore& emojis() override { return emojis_; }
  app::ReportStore& reports() override { return chats_.reports; }
  app::WordStore& words() override { return words_; }
  app::ReactionStore& reactions() override { return reactions_; }
  MemoryRooms& rooms() override { return rooms_; }
  app::UserStore& users() override { return users_; }
  app::BlockStore& blocks() override { return blocks_; }
  app::PictureStore& pictures() override { return pictures_; }
  app::AnswerStore& answers() override { return answers_; }
  app::RevocationStore& revocations() override { return revocations_; }
  app::WebhookStore& webhooks() override { return webhooks_; }
  app::NodeStore& nodes() override { return nodes_; }

  bool fail_commits = false;
  WallTime now;  // its clock, which stands still until it is set

 private:
  UndoLog log_;
  std::size_t savepoint_ = 0;
  MemoryInvitations invitations_{log_};
  MemoryRequests requests_{log_};
  MemoryHistory history_{log_, now};
  MemoryChats chats_{log_, history_.streams};
  MemoryEmojis emojis_{log_};
  MemoryWords words_{log_};
  MemoryReactions reactions_{log_};
  MemoryRooms rooms_{log_, invitations_, requests_, history_, chats_};
  MemoryUsers users_{log_};
  MemoryBlocks blocks_{log_};
  MemoryPictures pictures_{log_};
  MemoryAnswers answers_{log_};
  MemoryRevocations revocations_{log_};
  MemoryWebhooks webhooks_{log_};
  MemoryNodes nodes_{log_, now};
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
