#include <gtest/gtest.h>

#include "domain/chat/decide.hpp"
#include "domain/limits.hpp"

namespace costage::domain {
namespace {

using namespace std::chrono_literals;

const Actor kHost{UserId{"host"}, "Hanna", false};
const Actor kAda{UserId{"ada"}, "Ada", false};
const Actor kBob{UserId{"bob"}, "Bob", false};
const Actor kMona{UserId{"mona"}, "Mona", false};
const Sight kModerates{false, true};

// A chat for tests: commands in, refusals or nothing out.
class Talk : public ::testing::Test {
 protected:
  Talk() {
    room.id = RoomId{"room1"};
    room.host = kHost.user;
    room.status = RoomStatus::live;
    chat.room = room.id;
  }

  [[nodiscard]] ChatFacts facts(const Actor& actor) const {
    ChatFacts out{chat, room, {}, {}};
    if (const auto at = standings.find(actor.user); at != standings.end()) out.standing = at->second;
    if (const auto at = seats.find(actor.user); at != seats.end()) out.seat = at->second;
    return out;
  }
  std::string run(const Actor& actor, const ChatCommand& command) {
    last.clear();
    const auto events = decide_chat(facts(actor), command, now);
    if (!events) {
      refusal = events.error();
      return std::string(info(events.error().code).name);
    }
    last = *events;
    for (const ChatEvent& event : last) {
      chat = apply(std::move(chat), event);
      if (const auto* change = std::get_if<MessageChange>(&event.data)) messages[change->message.id] = change->message;
    }
    return {};
  }
  SendMessage said(const Actor& actor, std::string text) {
    SendMessage command;
    command.actor = actor;
    command.id = MessageId{"m" + std::to_string(++ids)};
    command.text = std::move(text);
    return command;
  }
  std::string say(const Actor& actor, std::string text) { return run(actor, said(actor, std::move(text))); }
  const ChatMessage& newest() { return messages.at(MessageId{"m" + std::to_string(ids)}); }
  template <class Verb>
  Verb on(const Actor& actor, const ChatMessage& message) {
    Verb verb;
    verb.actor = actor;
    verb.message = message;
    return verb;
  }
  void appoint(const Actor& actor) { standings[actor.user].moderator = true; }

  Room room;
  Chat chat;
  std::map<UserId, Standing> standings;
  std::map<UserId, Seat> seats;
  std::map<MessageId, ChatMessage> messages;
  WallTime now = from_unix_ms(1'800'000'000'000);
  ChatEvents last;
  Refusal refusal{Code::unavailable};
  int ids = 0;
};

// S-007, S-080, S-081: everybody writes, with the role they have then.
TEST_F(Talk, AMessageKeepsTheRoleOfItsAuthor) {
  EXPECT_EQ(say(kHost, "Welcome"), "");
  EXPECT_EQ(newest().role, Role::host);
  seats[kAda.user].user = kAda.user;
  EXPECT_EQ(say(kAda, "Hello"), "");
  EXPECT_EQ(newest().role, Role::co_host);
  appoint(kMona);
  EXPECT_EQ(say(kMona, "Be nice"), "");
  EXPECT_EQ(newest().role, Role::moderator);
  EXPECT_EQ(say(kBob, "Hi"), "");
  EXPECT_EQ(newest().role, Role::viewer);
  EXPECT_EQ(newest().place, 4u);
  EXPECT_EQ(run({UserId{"g"}, "G", false, room.id}, said({UserId{"g"}, "G", false, room.id}, "Hi")), "not_permitted")
      << "guests only read";
}

// N-051: at the limit, and one past it.
TEST_F(Talk, TextIsLimitedAndMadeNormal) {
  EXPECT_EQ(say(kAda, std::string(limits::kMessage, 'x')), "");
  EXPECT_EQ(say(kAda, std::string(limits::kMessage + 1, 'x')), "invalid_request");
  EXPECT_EQ(say(kAda, "e\u0301"), "");
  EXPECT_EQ(newest().text, "\u00e9");
  EXPECT_EQ(say(kAda, "<b>*not bold*</b>"), "");
  EXPECT_EQ(newest().text, "<b>*not bold*</b>") << "text is text";
  EXPECT_EQ(say(kAda, "pay\u200bpal"), "message_misleading");
  EXPECT_EQ(say(kAda, " \n "), "message_blank");
  EXPECT_EQ(say(kAda, "\u202eevil"), "message_misleading");
  EXPECT_EQ(say(kAda, "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307"), "message_stacked_marks");
  std::string lines;
  for (int i = 0; i < 30; ++i) lines += "a\n";
  EXPECT_EQ(say(kAda, lines), "message_too_many_lines");
}

TEST_F(Talk, AnAnswerQuotesOneLine) {
  say(kAda, "How much\nis the blue one?");
  const ChatMessage asked = newest();
  auto answer = said(kHost, "12");
  answer.reply_to = asked.id;
  EXPECT_EQ(run(kHost, answer), "message_not_found");
  answer.answered = asked;
  EXPECT_EQ(run(kHost, answer), "");
  EXPECT_EQ(messages.at(answer.id).reply_to, (Quote{asked.id, kAda.user, "Ada", "How much is the blue one?"}));
  answer.answered->status = MessageStatus::deleted;
  EXPECT_EQ(run(kHost, answer), "message_deleted");
}

TEST_F(Talk, AtHostNamesTheHost) {
  EXPECT_EQ(say(kAda, "Hey @host, in blue?"), "");
  EXPECT_EQ(newest().mentions, std::vector<UserId>{kHost.user});
}

TEST_F(Talk, MentionsAndClientIdsAreLimited) {
  auto message = said(kAda, "Hello all");
  message.mentions.assign(limits::kMentions, kBob.user);
  EXPECT_EQ(run(kAda, message), "");
  message.mentions.push_back(kBob.user);
  EXPECT_EQ(run(kAda, message), "invalid_request");
  message.mentions.clear();
  message.client_id = std::string(limits::kClientId + 1, 'c');
  EXPECT_EQ(run(kAda, message), "invalid_request");
}

// N-054.
TEST_F(Talk, SlowModeIsForViewers) {
  EXPECT_EQ(run(kHost, SetChat{kHost, {Writers::everybody, 30s, 0}}), "");
  auto message = said(kAda, "Again");
  message.recent = {now - 29s};
  EXPECT_EQ(run(kAda, message), "slow_mode");
  EXPECT_EQ(refusal.retry_after, 1s);
  message.recent = {now - 30s};
  EXPECT_EQ(run(kAda, message), "");
  message = said(kHost, "Again");
  message.recent = {now};
  EXPECT_EQ(run(kHost, message), "");
}

TEST_F(Talk, NobodyWritesMoreThanOneASecondForLong) {
  auto message = said(kHost, "Again");
  message.recent = {now, now - 1s, now - 2s, now - 3s};
  EXPECT_EQ(run(kHost, message), "") << "five at once";
  message.recent.push_back(now - 4s);
  EXPECT_EQ(run(kHost, message), "rate_limited");
  EXPECT_EQ(refusal.retry_after, 1s);
  message.recent.back() = now - 5s;
  EXPECT_EQ(run(kHost, message), "");
}

TEST_F(Talk, WhoMayWrite) {
  run(kHost, SetChat{kHost, {Writers::stage, 0s, 0}});
  EXPECT_EQ(say(kAda, "Hi"), "chat_for_stage");
  EXPECT_EQ(say(kHost, "Hi"), "");
  appoint(kMona);
  EXPECT_EQ(say(kMona, "Hi"), "");
  run(kHost, SetChat{kHost, {Writers::nobody, 0s, 0}});
  EXPECT_EQ(say(kHost, "Hi"), "chat_off");
  run(kHost, SetChat{kHost, {Writers::everybody, 0s, 0}});
  room.chat_enabled = false;
  EXPECT_EQ(say(kHost, "Hi"), "chat_off") << "D6";
  room.chat_enabled = true;
  room.status = RoomStatus::ended;
  EXPECT_EQ(say(kHost, "Hi"), "room_ended");
}

TEST_F(Talk, OneMustHaveWatched) {
  run(kHost, SetChat{kHost, {Writers::everybody, 0s, 5}});
  auto message = said(kAda, "Hi");
  EXPECT_EQ(run(kAda, message), "watch_longer");
  message.watches_since = now - 5min + 10s;
  EXPECT_EQ(run(kAda, message), "watch_longer");
  EXPECT_EQ(refusal.retry_after, 10s);
  message.watches_since = now - 5min;
  EXPECT_EQ(run(kAda, message), "");
}

TEST_F(Talk, TheSettingsHaveLimitsAndAreForWhoModerates) {
  EXPECT_EQ(run(kAda, SetChat{kAda, {}}), "not_permitted");
  EXPECT_EQ(run(kHost, SetChat{kHost, {Writers::everybody, limits::kMaxSlowMode + 1s, 0}}), "invalid_request");
  EXPECT_EQ(run(kHost, SetChat{kHost, {Writers::everybody, 0s, limits::kMaxWatchedMinutes + 1}}), "invalid_request");
  EXPECT_EQ(run(kHost, SetChat{kHost, {}}), "");
  EXPECT_TRUE(last.empty()) << "nothing changed";
}

TEST_F(Talk, WhoIsMutedDoesNotWriteEditOrReact) {
  say(kAda, "Hi");
  const ChatMessage mine = newest();
  Standing& standing = standings[kAda.user];
  standing.muted = true;
  standing.muted_until = now + 60s;
  EXPECT_EQ(say(kAda, "Hi"), "muted");
  EXPECT_EQ(refusal.retry_after, 60s);
  auto edit = on<EditMessage>(kAda, mine);
  edit.text = "Ho";
  EXPECT_EQ(run(kAda, edit), "muted");
  auto react = on<ReactToMessage>(kAda, mine);
  react.emoji = "👏";
  EXPECT_EQ(run(kAda, react), "muted");
  EXPECT_EQ(run(kAda, on<DeleteMessage>(kAda, mine)), "") << "but may take back what they said";
  now += 60s;
  EXPECT_EQ(say(kAda, "Hi"), "");
  standing.banned = true;
  EXPECT_EQ(say(kAda, "Hi"), "banned");
}

// S-031.
TEST_F(Talk, AskingToJoinNeedsARequest) {
  auto message = said(kAda, "May I join?");
  message.asks_to_join = true;
  EXPECT_EQ(run(kAda, message), "request_not_found");
  message.has_request = true;
  EXPECT_EQ(run(kAda, message), "");
  EXPECT_TRUE(newest().asks_to_join);
}

TEST_F(Talk, OnesOwnMessageIsChangedWithinTwoMinutes) {
  say(kAda, "Hi");
  auto edit = on<EditMessage>(kAda, newest());
  edit.text = "Hello";
  EXPECT_EQ(run(kBob, on<EditMessage>(kBob, newest())), "not_permitted");
  now += limits::kEditWindow;
  EXPECT_EQ(run(kAda, edit), "");
  EXPECT_EQ(newest().text, "Hello");
  EXPECT_EQ(newest().edited_at, now);
  EXPECT_EQ(newest().place, 1u) << "it stays where it is";
  now += 1ms;
  EXPECT_EQ(run(kAda, edit), "edit_too_late");
  edit.message.reset();
  EXPECT_EQ(run(kAda, edit), "message_not_found");
}

TEST_F(Talk, WhatIsDeletedIsEmpty) {
  say(kAda, "Buy at my shop");
  const ChatMessage message = newest();
  EXPECT_EQ(run(kBob, on<DeleteMessage>(kBob, message)), "not_permitted");
  auto pin = on<PinMessage>(kHost, message);
  pin.id = MessageId{"line"};
  EXPECT_EQ(run(kHost, pin), "");
  EXPECT_EQ(chat.pin.text, "Buy at my shop");
  auto removal = on<DeleteMessage>(kHost, message);
  removal.reason = "Spam";
  EXPECT_EQ(run(kHost, removal), "");
  EXPECT_EQ(newest().text, "");
  EXPECT_EQ(newest().status, MessageStatus::deleted);
  EXPECT_EQ(newest().deleted_by, kHost.user);
  EXPECT_EQ(newest().reason, "Spam");
  EXPECT_EQ(chat.pin.text, "") << "and pinned no more";
  EXPECT_EQ(run(kHost, on<DeleteMessage>(kHost, newest())), "");
  EXPECT_TRUE(last.empty());
  EXPECT_EQ(run(kAda, on<EditMessage>(kAda, newest())), "message_deleted");
}

// N-053: held for review, or refused.
TEST_F(Talk, WordsHoldOrRefuse) {
  auto message = said(kAda, "some words");
  message.verdict = WordAction::refuse;
  EXPECT_EQ(run(kAda, message), "message_refused");
  message.verdict = WordAction::hold;
  EXPECT_EQ(run(kAda, message), "");
  EXPECT_EQ(newest().status, MessageStatus::held);
  EXPECT_TRUE(may_see(last.at(0), kAda.user, {}));
  EXPECT_TRUE(may_see(last.at(0), kMona.user, kModerates));
  EXPECT_FALSE(may_see(last.at(0), kBob.user, {}));
  auto show = on<ReviewMessage>(kAda, newest());
  show.show = true;
  EXPECT_EQ(run(kAda, show), "not_permitted");
  say(kBob, "Meanwhile");
  appoint(kMona);
  show.actor = kMona;
  now += 1min;
  EXPECT_EQ(run(kMona, show), "");
  EXPECT_EQ(messages.at(message.id).status, MessageStatus::shown);
  EXPECT_EQ(messages.at(message.id).place, 3u) << "it comes when it is shown";
  show.message = messages.at(message.id);
  EXPECT_EQ(run(kMona, show), "message_not_held");
  message.actor = kHost;
  EXPECT_EQ(run(kHost, message), "") << "who moderates is not held";
  EXPECT_EQ(messages.at(message.id).status, MessageStatus::shown);
}

TEST_F(Talk, WhatIsRefusedIsSeenByNobodyElse) {
  auto message = said(kAda, "some words");
  message.verdict = WordAction::hold;
  run(kAda, message);
  EXPECT_EQ(run(kHost, on<ReviewMessage>(kHost, newest())), "");
  EXPECT_EQ(newest().status, MessageStatus::refused);
  EXPECT_FALSE(may_see(last.at(0), kBob.user, {}));
  EXPECT_EQ(run(kAda, on<DeleteMessage>(kAda, newest())), "");
  EXPECT_EQ(last.at(0).type, ChatEventType::refused) << "nobody hears of a message they never saw";
  EXPECT_EQ(newest().text, "");
}

TEST_F(Talk, AnEditThatWouldBeHeldIsRefused) {
  say(kAda, "Hi");
  auto edit = on<EditMessage>(kAda, newest());
  edit.text = "some words";
  edit.verdict = WordAction::hold;
  EXPECT_EQ(run(kAda, edit), "message_refused");
}

TEST_F(Talk, EmojisAreCounted) {
  say(kAda, "Hi");
  auto react = on<ReactToMessage>(kBob, newest());
  react.emoji = "not one";
  EXPECT_EQ(run(kBob, react), "emoji_unknown");
  react.emoji = "👏🏽";
  EXPECT_EQ(run(kBob, react), "");
  EXPECT_EQ(newest().reactions, (std::vector<EmojiCount>{{"👏🏽", 1}}));
  react.message = newest();
  react.was_on = true;
  EXPECT_EQ(run(kBob, react), "");
  EXPECT_TRUE(last.empty()) << "once is once";
  react.on = false;
  EXPECT_EQ(run(kBob, react), "");
  EXPECT_TRUE(newest().reactions.empty());
  react.message->reactions.assign(limits::kMessageEmojis, {"x", 1});
  react.on = true;
  react.was_on = false;
  EXPECT_EQ(run(kBob, react), "reactions_full");
}

TEST_F(Talk, ReportsAreForModerators) {
  say(kAda, "Hi");
  auto report = on<ReportMessage>(kAda, newest());
  report.id = ReportId{"rep"};
  EXPECT_EQ(run(kAda, report), "not_oneself");
  report.actor = kBob;
  report.detail = std::string(limits::kReportDetail + 1, 'x');
  EXPECT_EQ(run(kBob, report), "invalid_request");
  report.detail.pop_back();
  EXPECT_EQ(run(kBob, report), "");
  EXPECT_FALSE(may_see(last.at(0), kAda.user, {}));
  EXPECT_FALSE(may_see(last.at(0), kBob.user, {}));
  auto settle = on<SettleReport>(kBob, newest());
  EXPECT_EQ(run(kBob, settle), "not_permitted");
  settle.actor = kHost;
  EXPECT_EQ(run(kHost, settle), "report_not_found");
  settle.report =
      std::get<ReportChange>(last.empty() ? ChatEventData{ReportChange{{}, newest()}} : last.at(0).data).report;
  EXPECT_EQ(run(kHost, settle), "");
}

// N-055.
TEST_F(Talk, AnAnnouncementIsPinnedForATime) {
  PinMessage pin;
  pin.actor = kAda;
  pin.id = MessageId{"line"};
  pin.text = "Two for one";
  EXPECT_EQ(run(kAda, pin), "not_permitted");
  pin.actor = kHost;
  pin.time = limits::kMinPin - 1s;
  EXPECT_EQ(run(kHost, pin), "invalid_request");
  pin.time = limits::kMinPin;
  EXPECT_EQ(run(kHost, pin), "");
  EXPECT_EQ(last.size(), 2u) << "the chat says so";
  EXPECT_EQ(messages.at(pin.id).kind, MessageKind::pinned);
  EXPECT_TRUE(is_pinned(chat.pin, now));
  EXPECT_FALSE(is_pinned(chat.pin, now + limits::kMinPin));
  EXPECT_EQ(run(kHost, Unpin{kHost}), "");
  EXPECT_FALSE(is_pinned(chat.pin, now));
  EXPECT_EQ(run(kHost, Unpin{kHost}), "");
  EXPECT_TRUE(last.empty());
  pin.text.reset();
  EXPECT_EQ(run(kHost, pin), "message_not_found");
}

TEST_F(Talk, LinesOfTheShowAreNobodysToChange) {
  ChatMessage line;
  line.kind = MessageKind::came_on_stage;
  line.user = kAda.user;
  EXPECT_EQ(run(kAda, on<EditMessage>(kAda, line)), "message_not_found");
  EXPECT_EQ(run(kHost, on<DeleteMessage>(kHost, line)), "message_not_found");
}

TEST(ChatEventTable, NamesEachOnce) {
  for (const ChatEventInfo& row : all_chat_events()) EXPECT_EQ(chat_event_type_from(row.name), row.type);
  EXPECT_FALSE(chat_event_type_from("chat.unknown"));
}

}  // namespace
}  // namespace costage::domain
