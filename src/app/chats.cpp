#include "app/chats.hpp"

#include <algorithm>
#include <utility>

#include "app/chat_work.hpp"
#include "app/cursor.hpp"
#include "app/ports/stores.hpp"
#include "base/message_text.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

MessageView view_of(Transaction& tx, ChatMessage message, const UserId& user) {
  auto mine = message.reactions.empty() ? std::vector<std::string>{} : tx.emojis().of(message.id, user);
  return {std::move(message), std::move(mine)};
}

Page<MessageView> page_of(Transaction& tx, const RoomId& room, const UserId& reader, const PageRequest& asked) {
  auto found = tx.messages().list(room, reader, asked);
  Page<MessageView> out{{}, std::move(found.next_cursor)};
  for (ChatMessage& message : found.items) out.items.push_back(view_of(tx, std::move(message), reader));
  return out;
}

domain::Answer<ChatSnapshot> take_snapshot(Transaction& tx, const RoomId& room, const Caller& caller, WallTime now) {
  auto facts = readable_chat(tx, room, caller);
  if (!facts) return refuse(facts.error());
  ChatSnapshot out;
  out.chat = std::move(facts->chat);
  out.epoch = tx.history().epoch();
  if (!is_pinned(out.chat.pin, now)) out.chat.pin = {};
  auto page = page_of(tx, room, caller.user, {limits::kLastMessages, ""});
  std::ranges::reverse(page.items);
  out.messages = std::move(page.items);
  out.next_cursor = std::move(page.next_cursor);
  out.reactions = tx.reactions().totals(room);
  return out;
}

// What a message says now: a text that was taken away is not read later from the history.
void renew(Transaction& tx, const RoomId& room, ChatEvent& event) {
  const auto newest = [&](ChatMessage& message) {
    auto now = tx.messages().find(room, message.id);
    if (now && now->text != message.text) message = std::move(*now);
  };
  if (auto* change = std::get_if<MessageChange>(&event.data)) newest(change->message);
  if (auto* change = std::get_if<ReportChange>(&event.data)) newest(change->message);
}

// The facts of a message that only storage knows.
void complete(Transaction& tx, WordFilters& filters, const RoomId& room, SendMessage& command, WallTime now) {
  if (command.reply_to) command.answered = tx.messages().find(room, *command.reply_to);
  command.recent = tx.messages().recent(room, command.actor.user, limits::kMessagesAtOnce);
  command.verdict = filters.verdict(tx, room, command.text);
  if (!command.asks_to_join) return;
  const auto request = tx.requests().newest_of(room, command.actor.user);
  command.has_request = request && status_at(*request, now) == RequestStatus::waiting;
}

// The one that was sent with this clientId before, unless it says something else.
std::optional<domain::Answer<ChatDecided>> sent_before(Transaction& tx, const RoomId& room,
                                                       const SendMessage& command) {
  if (command.client_id.empty()) return {};
  const auto before = tx.messages().by_client(room, command.actor.user, command.client_id);
  if (!before) return {};
  const auto text = message_text(command.text);
  const bool is_same = before->edited_at || before->deleted_at || (text && *text == before->text);
  if (!is_same) return refuse(Code::client_id_used);
  return ChatDecided{{}, Made{room, before->id.value(), false}};
}

}  // namespace

domain::Answer<MessageView> the_message(Transaction& tx, const RoomId& room, const UserId& user, const MessageId& id) {
  auto found = tx.messages().find(room, id);
  if (!found) return refuse(Code::message_not_found);
  return view_of(tx, std::move(*found), user);
}

domain::Answer<ChatFacts> readable_chat(Transaction& tx, const RoomId& room, const Caller& caller) {
  auto facts = load_chat(tx, room, caller.user);
  if (facts && !permitted(facts->footing(), caller, Action::read_chat)) return refuse(denied(facts->footing(), caller));
  return facts;
}

void Chats::snapshot(const Caller& caller, const RoomId& room, Done<ChatSnapshot> done) {
  const auto add_newest = [&reactions = reactions_, room, done = std::move(done)](domain::Answer<ChatSnapshot> read) {
    if (read) read->reactions = reactions.with_newest(room, read->reactions);
    done(std::move(read));
  };
  in_.work.read<ChatSnapshot>(
      [caller, room, at = in_.work.now()](Transaction& tx) { return take_snapshot(tx, room, caller, at); }, add_newest);
}

void Chats::events(const Caller& caller, const RoomId& room, std::uint64_t since, std::size_t limit,
                   Done<ChatEventPage> done) {
  in_.work.read<ChatEventPage>(
      [caller, room, since,
       limit = std::clamp<std::size_t>(limit, 1, kMaxEvents)](Transaction& tx) -> domain::Answer<ChatEventPage> {
        const auto facts = readable_chat(tx, room, caller);
        if (!facts) return refuse(facts.error());
        ChatEventPage page{tx.history().epoch(), tx.chats().since(room, since, limit), facts->chat.seq,
                           Sight{false, permitted(facts->footing(), caller, Action::read_moderation)}};
        for (ChatEvent& event : page.items) renew(tx, room, event);
        return page;
      },
      std::move(done));
}

void Chats::list(const Caller& caller, const RoomId& room, const PageRequest& page, Done<Page<MessageView>> done) {
  if (auto bad = bad_cursor(page.cursor)) return done(refuse(*bad));
  in_.work.read<Page<MessageView>>(
      [caller, room, page](Transaction& tx) -> domain::Answer<Page<MessageView>> {
        const auto facts = readable_chat(tx, room, caller);
        if (!facts) return refuse(facts.error());
        return page_of(tx, room, caller.user, page);
      },
      std::move(done));
}

void Chats::send(const Caller& caller, const RoomId& room, NewMessage message, const MaybeIdempotency& once,
                 Done<MessageView> done) {
  SendMessage sent{caller,
                   MessageId{in_.new_id("msg_")},
                   std::move(message.text),
                   std::move(message.client_id),
                   std::move(message.reply_to),
                   std::move(message.mentions),
                   message.asks_to_join,
                   {},
                   {},
                   in_.presence.watches_since(room, caller.user),
                   false,
                   {}};
  const auto decide = [sent = std::move(sent), room, &filters = filters_, at = in_.work.now()](
                          Transaction& tx, const ChatFacts& facts) -> domain::Answer<ChatDecided> {
    if (auto before = sent_before(tx, room, sent)) return std::move(*before);
    SendMessage command = sent;
    complete(tx, filters, room, command, at);
    auto events = decide_chat(facts, command, at);
    if (!events) return refuse(events.error());
    return ChatDecided{std::move(*events), Made{room, command.id.value(), true}};
  };
  const auto answer = [room, user = caller.user](Transaction& tx, const Made& made) {
    auto view = the_message(tx, room, user, MessageId{made.id});
    if (view) view->is_new = made.created;
    return view;
  };
  in_.work.write<MessageView>(ChatWrite<MessageView>{caller, once, room, decide, answer}, std::move(done));
}

void Chats::edit(const Caller& caller, const RoomId& room, const MessageId& id, std::string text,
                 const MaybeIdempotency& once, Done<MessageView> done) {
  const Complete<EditMessage> complete = [room, &filters = filters_](Transaction& tx, EditMessage& command) {
    command.verdict = filters.verdict(tx, room, command.text);
  };
  in_.work.write(message_write(in_, room, id, EditMessage{{caller, {}}, std::move(text), {}}, once, complete),
                 std::move(done));
}

void Chats::remove(const Caller& caller, const RoomId& room, const MessageId& id, std::string reason,
                   const MaybeIdempotency& once, Done<MessageView> done) {
  const Complete<DeleteMessage> nothing = [](Transaction&, DeleteMessage&) {};
  in_.work.write(message_write(in_, room, id, DeleteMessage{{caller, {}}, std::move(reason)}, once, nothing),
                 std::move(done));
}

void Chats::react(const Caller& caller, const RoomId& room, const MessageId& id, std::string emoji, bool on,
                  const MaybeIdempotency& once, Done<MessageView> done) {
  const Complete<ReactToMessage> complete = [id](Transaction& tx, ReactToMessage& command) {
    command.was_on = tx.emojis().has(id, command.actor.user, command.emoji);
  };
  auto write = message_write(in_, room, id, ReactToMessage{{caller, {}}, emoji, on, false}, once, complete);
  // Who put it there is kept beside the message.
  write.decide = [decide = std::move(write.decide), id, emoji, on, user = caller.user](
                     Transaction& tx, const ChatFacts& facts) -> domain::Answer<ChatDecided> {
    auto decided = decide(tx, facts);
    if (decided && !decided->events.empty()) tx.emojis().put(id, user, emoji, on);
    return decided;
  };
  in_.work.write(std::move(write), std::move(done));
}

}  // namespace costage::app
