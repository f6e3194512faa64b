#include "app/chat_order.hpp"

#include <utility>

#include "app/chat_work.hpp"
#include "domain/decide.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

domain::Answer<ReportView> the_report(Transaction& tx, const RoomId& room, const ReportId& id) {
  auto report = tx.reports().find(room, id);
  auto message = report ? tx.messages().find(room, report->message) : std::nullopt;
  if (!message) return refuse(Code::report_not_found);
  return ReportView{std::move(*report), std::move(*message)};
}

// A command on the chat itself, whose answer is a part of it.
template <class Part, class Command>
void set_part(const Context& in, const RoomId& room, Command command, Part Chat::* part, const MaybeIdempotency& once,
              std::function<void(Transaction&, const ChatFacts&, Command&)> complete, Done<Part> done) {
  const Caller caller = command.actor;
  const auto decide = [command = std::move(command), complete = std::move(complete), room, at = in.work.now()](
                          Transaction& tx, const ChatFacts& facts) -> domain::Answer<ChatDecided> {
    Command full = command;
    complete(tx, facts, full);
    auto events = decide_chat(facts, full, at);
    if (!events) return refuse(events.error());
    return ChatDecided{std::move(*events), Made{room}};
  };
  const auto answer = [room, part](Transaction& tx, const Made&) -> domain::Answer<Part> {
    const auto chat = tx.chats().find(room);
    if (!chat) return refuse(Code::room_not_found);
    return (*chat).*part;
  };
  in.work.write(ChatWrite<Part>{caller, once, room, decide, answer}, std::move(done));
}

std::optional<Refusal> why_not_words(Transaction& tx, const Caller& caller, const RoomId& room) {
  if (room.value().empty())
    return permitted(caller, Action::set_words) ? std::nullopt : std::optional<Refusal>{Code::not_permitted};
  const auto facts = load_chat(tx, room, caller.user);
  if (!facts) return facts.error();
  if (!permitted(facts->footing(), caller, Action::set_chat)) return denied(facts->footing(), caller);
  return {};
}

// Nothing is kept of somebody of whom there is nothing to say.
Standing standing_of(const RoomState& state, const UserId& user, const std::string& name) {
  const Standing* held = state.standings.find(user);
  if (held != nullptr) return *held;
  Standing none;
  none.user = user;
  none.name = name;
  return none;
}

}  // namespace

void ChatOrder::review(const Caller& caller, const RoomId& room, const MessageId& id, bool show,
                       const MaybeIdempotency& once, Done<MessageView> done) {
  const Complete<ReviewMessage> nothing = [](Transaction&, ReviewMessage&) {};
  in_.work.write(message_write(in_, room, id, ReviewMessage{{caller, {}}, show}, once, nothing), std::move(done));
}

void ChatOrder::report(const Caller& caller, const RoomId& room, const MessageId& id, ReportReason reason,
                       std::string detail, const MaybeIdempotency& once, Done<ReportView> done) {
  ReportMessage command{{caller, {}}, ReportId{in_.new_id("rep_")}, reason, std::move(detail)};
  const auto decide = [command = std::move(command), room, id, at = in_.work.now()](
                          Transaction& tx, const ChatFacts& facts) -> domain::Answer<ChatDecided> {
    ReportMessage full = command;
    full.message = tx.messages().find(room, id);
    // The same person says it once; who may not say it at all learns that first.
    auto events = decide_chat(facts, full, at);
    if (!events) return refuse(events.error());
    if (const auto before = tx.reports().of(id, command.actor.user))
      return ChatDecided{{}, Made{room, before->id.value(), false}};
    return ChatDecided{std::move(*events), Made{room, full.id.value(), true}};
  };
  const auto answer = [room](Transaction& tx, const Made& made) {
    auto view = the_report(tx, room, ReportId{made.id});
    if (view) view->is_new = made.created;
    return view;
  };
  in_.work.write(ChatWrite<ReportView>{caller, once, room, decide, answer}, std::move(done));
}

void ChatOrder::settle(const Caller& caller, const RoomId& room, const ReportId& id, const MaybeIdempotency& once,
                       Done<ReportView> done) {
  const auto decide = [caller, room, id, at = in_.work.now()](Transaction& tx,
                                                              const ChatFacts& facts) -> domain::Answer<ChatDecided> {
    SettleReport command{{caller, {}}, tx.reports().find(room, id)};
    if (command.report) command.message = tx.messages().find(room, command.report->message);
    auto events = decide_chat(facts, command, at);
    if (!events) return refuse(events.error());
    return ChatDecided{std::move(*events), Made{room, id.value()}};
  };
  const auto answer = [room](Transaction& tx, const Made& made) { return the_report(tx, room, ReportId{made.id}); };
  in_.work.write(ChatWrite<ReportView>{caller, once, room, decide, answer}, std::move(done));
}

void ChatOrder::pin(const Caller& caller, const RoomId& room, NewPin pin, const MaybeIdempotency& once,
                    Done<ChatPin> done) {
  PinMessage command{{caller, {}}, MessageId{in_.new_id("line_")}, std::move(pin.text), pin.time};
  set_part<ChatPin, PinMessage>(
      in_, room, std::move(command), &Chat::pin, once,
      [id = pin.message](Transaction& tx, const ChatFacts& facts, PinMessage& full) {
        if (!full.text) full.message = tx.messages().find(facts.room.id, id);
      },
      std::move(done));
}

void ChatOrder::unpin(const Caller& caller, const RoomId& room, const MaybeIdempotency& once, Done<ChatPin> done) {
  set_part<ChatPin, Unpin>(
      in_, room, Unpin{caller}, &Chat::pin, once, [](Transaction&, const ChatFacts&, Unpin&) {}, std::move(done));
}

void ChatOrder::set(const Caller& caller, const RoomId& room, std::function<void(ChatSettings&)> change,
                    const MaybeIdempotency& once, Done<ChatSettings> done) {
  set_part<ChatSettings, SetChat>(
      in_, room, SetChat{caller, {}}, &Chat::settings, once,
      [change = std::move(change)](Transaction&, const ChatFacts& facts, SetChat& full) {
        full.settings = facts.chat.settings;
        change(full.settings);
      },
      std::move(done));
}

void ChatOrder::words(const Caller& caller, const RoomId& room, Done<WordList> done) {
  in_.work.read<WordList>(
      [caller, room](Transaction& tx) -> domain::Answer<WordList> {
        if (auto refusal = why_not_words(tx, caller, room)) return refuse(*refusal);
        return tx.words().get(room);
      },
      std::move(done));
}

void ChatOrder::set_words(const Caller& caller, const RoomId& room, WordList words, const MaybeIdempotency& once,
                          Done<WordList> done) {
  const auto put = [caller, room, words](Transaction& tx) -> std::optional<Refusal> {
    if (auto refusal = why_not_words(tx, caller, room)) return refusal;
    if (auto bad = bad_list(words)) {
      Refusal refusal{Code::words_unusable};
      refusal.detail = std::move(*bad);
      return refusal;
    }
    tx.words().put(room, words);
    return {};
  };
  in_.work.note<WordList>({caller, once, Made{room}, words, put}, std::move(done));
}

void ChatOrder::overview(const Caller& caller, const RoomId& room, Done<ModerationView> done) {
  in_.work.read<ModerationView>(
      [caller, room](Transaction& tx) -> domain::Answer<ModerationView> {
        const auto state = load_room(room)(tx);
        if (!state) return refuse(state.error());
        if (!permitted(*state, caller, Action::read_moderation)) return refuse(denied(*state, caller));
        ModerationView out{state->standings.people, tx.messages().held(room, limits::kMaxPage), {}};
        for (ChatReport& report : tx.reports().open(room, limits::kMaxPage))
          if (auto message = tx.messages().find(room, report.message))
            out.reports.push_back({std::move(report), std::move(*message)});
        return out;
      },
      std::move(done));
}

template <class Verb>
void ChatOrder::act(Verb verb, const RoomId& room, const MaybeIdempotency& once, Done<Standing> done) {
  const Caller caller = verb.actor;
  const UserId user = verb.user;
  const auto decision = [verb = std::move(verb), at = in_.work.now()](Transaction& tx, const RoomState& state) {
    Verb command = verb;
    if (const auto known = tx.users().find(verb.user)) command.name = known->name;
    return decide(state, command, at);
  };
  const auto made = [user](const RoomState& after, const Events&) { return Made{after.room.id, user.value()}; };
  const auto answer = [user](Transaction& tx, const RoomState& state, const Made&) -> domain::Answer<Standing> {
    const auto known = tx.users().find(user);
    return standing_of(state, user, known ? known->name : "");
  };
  in_.work.write<Standing>(Write<Standing>{caller, once, load_room(room), decision, made, answer}, std::move(done));
}

template void ChatOrder::act(MutePerson, const RoomId&, const MaybeIdempotency&, Done<Standing>);
template void ChatOrder::act(UnmutePerson, const RoomId&, const MaybeIdempotency&, Done<Standing>);
template void ChatOrder::act(BanPerson, const RoomId&, const MaybeIdempotency&, Done<Standing>);
template void ChatOrder::act(UnbanPerson, const RoomId&, const MaybeIdempotency&, Done<Standing>);
template void ChatOrder::act(AppointModerator, const RoomId&, const MaybeIdempotency&, Done<Standing>);
template void ChatOrder::act(DismissModerator, const RoomId&, const MaybeIdempotency&, Done<Standing>);

}  // namespace costage::app
