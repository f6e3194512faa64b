// The chat of a show: reading it, from the last messages or page by page, and writing in it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/ports/storage.hpp"
#include "app/reactions.hpp"
#include "app/request.hpp"
#include "app/word_filters.hpp"
#include "domain/chat/commands.hpp"

namespace costage::app {

struct Context;

// A message as one person sees it.
struct MessageView {
  domain::ChatMessage message;
  std::vector<std::string> mine;  // the emojis they put on it
  bool is_new = true;             // of a sent one: false: it was sent before
};

struct ChatSnapshot {
  domain::Chat chat;
  std::string epoch;
  std::vector<MessageView> messages;  // the last ones, the oldest first
  std::string next_cursor;            // of those before; empty: there are none
  ReactionTotals reactions;
};

// Events include those the caller may not see: hide them with domain::may_see, keeping their seq. What was said is as
// it is now: a message that was deleted since is empty.
struct ChatEventPage {
  std::string epoch;
  domain::ChatEvents items;
  std::uint64_t last_seq = 0;
  domain::Sight sight;  // for may_see
};

struct NewMessage {
  std::string text;
  std::string client_id;
  std::optional<domain::MessageId> reply_to;
  std::vector<domain::UserId> mentions;
  bool asks_to_join = false;
};

class Chats {
 public:
  static constexpr std::size_t kMaxEvents = 500;

  Chats(const Context& context, WordFilters& filters, const Reactions& reactions)
      : in_(context), filters_(filters), reactions_(reactions) {}

  void snapshot(const Caller& caller, const domain::RoomId& room, Done<ChatSnapshot> done);
  void events(const Caller& caller, const domain::RoomId& room, std::uint64_t since, std::size_t limit,
              Done<ChatEventPage> done);
  // The newest first.
  void list(const Caller& caller, const domain::RoomId& room, const PageRequest& page, Done<Page<MessageView>> done);

  void send(const Caller& caller, const domain::RoomId& room, NewMessage message, const MaybeIdempotency& once,
            Done<MessageView> done);
  void edit(const Caller& caller, const domain::RoomId& room, const domain::MessageId& id, std::string text,
            const MaybeIdempotency& once, Done<MessageView> done);
  void remove(const Caller& caller, const domain::RoomId& room, const domain::MessageId& id, std::string reason,
              const MaybeIdempotency& once, Done<MessageView> done);
  void react(const Caller& caller, const domain::RoomId& room, const domain::MessageId& id, std::string emoji, bool on,
             const MaybeIdempotency& once, Done<MessageView> done);

 private:
  const Context& in_;
  WordFilters& filters_;
  const Reactions& reactions_;
};

}  // namespace costage::app
