// A unit of work runs on a storage worker inside a transaction, several units share one commit, and the answer comes
// back to the control loop after that commit: what was acknowledged is durable.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/ports/chat_stores.hpp"
#include "app/ports/stores.hpp"

namespace costage::app {

// Only valid while its unit of work runs, on that worker's thread.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual RoomStore& rooms() = 0;
  virtual InvitationStore& invitations() = 0;
  virtual RequestStore& requests() = 0;
  virtual HistoryStore& history() = 0;
  virtual ChatStore& chats() = 0;
  virtual MessageStore& messages() = 0;
  virtual EmojiStore& emojis() = 0;
  virtual ReportStore& reports() = 0;
  virtual WordStore& words() = 0;
  virtual ReactionStore& reactions() = 0;
  virtual UserStore& users() = 0;
  virtual BlockStore& blocks() = 0;
  virtual PictureStore& pictures() = 0;
  virtual AnswerStore& answers() = 0;
  virtual RevocationStore& revocations() = 0;
  virtual WebhookStore& webhooks() = 0;
  virtual NodeStore& nodes() = 0;
};

enum class Commit {
  done,
  // Nothing of the unit remains:
  failed,     // the disk refused
  damaged,    // it read a record that cannot be
  lost_race,  // another writer was faster
};

class Storage {
 public:
  // True: keep what the unit wrote. False: roll its writes back (a refusal).
  using Work = std::function<bool(Transaction&)>;
  using Done = std::function<void(Commit)>;

  virtual ~Storage() = default;
  // Takes a unit of work, or refuses with false when the queue is full (counted); then `done` is never called.
  // `done` runs on the control loop, in the order of submission.
  [[nodiscard]] virtual bool submit(Work work, Done done) = 0;
  // The same, but only units of one lane keep their order: those of others may overtake them.
  [[nodiscard]] virtual bool submit_in(const std::string& lane, Work work, Done done) {
    (void)lane;
    return submit(std::move(work), std::move(done));
  }
  // What only reads: it sees one moment of the database, with all in it that was answered before, and may overtake.
  [[nodiscard]] virtual bool read(Work work, Done done) { return submit(std::move(work), std::move(done)); }
  // Empty: it works. Otherwise what is wrong and what to do, for operators. Goes away by itself when it is over.
  [[nodiscard]] virtual std::optional<std::string> trouble() const = 0;
};

}  // namespace costage::app
