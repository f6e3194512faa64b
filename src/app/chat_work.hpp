// What the use cases of a chat share. Private to src/app.
#pragma once

#include <utility>

#include "app/chats.hpp"
#include "app/context.hpp"
#include "domain/chat/decide.hpp"

namespace costage::app {

// The message as the caller sees it now.
[[nodiscard]] domain::Answer<MessageView> the_message(Transaction& tx, const domain::RoomId& room,
                                                      const domain::UserId& user, const domain::MessageId& id);
// A chat that the caller may read.
[[nodiscard]] domain::Answer<domain::ChatFacts> readable_chat(Transaction& tx, const domain::RoomId& room,
                                                              const Caller& caller);

// A verb on one message. `complete` adds the facts that only storage knows.
template <class Verb>
using Complete = std::function<void(Transaction&, Verb&)>;

template <class Verb>
ChatWrite<MessageView> message_write(const Context& in, const domain::RoomId& room, const domain::MessageId& id,
                                     Verb verb, const MaybeIdempotency& once, Complete<Verb> complete) {
  const Caller caller = verb.actor;
  const auto decide = [verb = std::move(verb), complete = std::move(complete), room, id, at = in.work.now()](
                          Transaction& tx, const domain::ChatFacts& facts) -> domain::Answer<ChatDecided> {
    Verb full = verb;
    full.message = tx.messages().find(room, id);
    complete(tx, full);
    auto events = domain::decide_chat(facts, full, at);
    if (!events) return domain::refuse(events.error());
    return ChatDecided{std::move(*events), Made{room, id.value()}};
  };
  const auto answer = [room, user = caller.user](Transaction& tx, const Made& made) {
    return the_message(tx, room, user, domain::MessageId{made.id});
  };
  return {caller, once, room, decide, answer};
}

}  // namespace costage::app
