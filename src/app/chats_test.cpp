#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

const Caller kAda{UserId{"ada"}, "Ada", false};
const Caller kMona{UserId{"mona"}, "Mona", false};

class ChatCases : public UseCases {
 protected:
  void SetUp() override {
    UseCases::SetUp();
    for (const Caller& one : {kAda, kMona}) app.users().seen(one);
    app.subscribe_to_chats([this](const ChatCommitted& c) {
      for (const ChatEvent& event : c.events) chat_events.push_back(event);
    });
    room = create_room();
  }
  domain::Answer<MessageView> say(const Caller& who, NewMessage message, const MaybeIdempotency& once = {}) {
    return ask<MessageView>([&](auto done) { app.chats().send(who, room, std::move(message), once, done); });
  }
  MessageId said(const Caller& who, std::string text) {
    const auto made = say(who, {std::move(text), "", {}, {}, false});
    EXPECT_EQ(refusal(made), "");
    return made->message.id;
  }
  ChatSnapshot snapshot(const Caller& who) {
    auto answer = ask<ChatSnapshot>([&](auto done) { app.chats().snapshot(who, room, done); });
    EXPECT_EQ(refusal(answer), "");
    return std::move(*answer);
  }
  std::vector<std::string> texts(const Caller& who) {
    std::vector<std::string> out;
    for (const MessageView& one : snapshot(who).messages) out.push_back(one.message.text);
    return out;
  }
  domain::Answer<ChatEventPage> since(const Caller& who, std::uint64_t seq) {
    return ask<ChatEventPage>([&](auto done) { app.chats().events(who, room, seq, 500, done); });
  }
  template <class Verb>
  std::string act(const Caller& who, const UserId& on) {
    Verb verb;
    verb.actor = who;
    verb.user = on;
    return refusal(ask<Standing>([&](auto done) { app.chat_order().act(std::move(verb), room, {}, done); }));
  }
  std::string set_words(const WordList& words) {
    return refusal(ask<WordList>([&](auto done) { app.chat_order().set_words(kHost, room, words, {}, done); }));
  }

  RoomId room;
  ChatEvents chat_events;
};
using Texts = std::vector<std::string>;

TEST_F(ChatCases, AMessageNeitherLoadsNorChangesTheRoom) {
  events.clear();
  const auto version = get(room).version;
  said(kAda, "Hi");
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(get(room).version, version);
  ASSERT_EQ(chat_events.size(), 1u);
  EXPECT_EQ(chat_events.at(0).seq, 1u);
  EXPECT_EQ(texts(kHost), Texts{"Hi"});
}

TEST_F(ChatCases, AResendAfterALostAnswerIsOneMessage) {
  const auto first = say(kAda, {"Hi", "c1", {}, {}, false});
  const auto again = say(kAda, {"Hi ", "c1", {}, {}, false});
  EXPECT_EQ(again->message.id, first->message.id);
  EXPECT_TRUE(first->is_new);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(refusal(say(kAda, {"Ho", "c1", {}, {}, false})), "client_id_used");
  EXPECT_EQ(refusal(say(kMona, {"Ho", "c1", {}, {}, false})), "") << "ids are each person's own";
  EXPECT_EQ(texts(kHost), (Texts{"Hi", "Ho"}));
}

TEST_F(ChatCases, TheRateIsThatOfStorage) {
  for (std::size_t i = 0; i < limits::kMessagesAtOnce; ++i) said(kAda, "Hi");
  EXPECT_EQ(refusal(say(kAda, {"Hi", "", {}, {}, false})), "rate_limited");
  wait(5s);
  said(kAda, "Hi");
}

// The last hundred, and all others page by page, also when the show is over.
TEST_F(ChatCases, OldMessagesAreReadPageByPage) {
  for (int i = 0; i < 250; ++i) {
    said(kAda, std::to_string(i));
    wait(1s);
  }
  ask<Room>([&](auto done) { app.rooms().stop(kHost, room, {}, done); });
  const auto now = snapshot(kMona);
  ASSERT_EQ(now.messages.size(), limits::kLastMessages);
  EXPECT_EQ(now.messages.front().message.text, "150");
  EXPECT_FALSE(now.next_cursor.empty());
  PageRequest request{100, ""};
  int expected = 249;
  do {
    const auto page = ask<Page<MessageView>>([&](auto done) { app.chats().list(kMona, room, request, done); });
    for (const MessageView& one : page->items) EXPECT_EQ(one.message.text, std::to_string(expected--));
    request.cursor = page->next_cursor;
  } while (!request.cursor.empty());
  EXPECT_EQ(expected, -1);
}

TEST_F(ChatCases, WhatWasTakenAwayIsNotReadFromTheHistoryEither) {
  const auto id = said(kAda, "A secret");
  const auto answer = say(kMona, {"What?", "", id, {}, false});
  EXPECT_EQ(answer->message.reply_to.excerpt, "A secret");
  ask<MessageView>([&](auto done) { app.chats().remove(kHost, room, id, "", {}, done); });
  const auto page = since(kMona, 0);
  ASSERT_EQ(page->items.size(), 3u);
  EXPECT_EQ(std::get<MessageChange>(page->items.at(0).data).message.text, "");
  EXPECT_EQ(snapshot(kMona).messages.at(1).message.reply_to.excerpt, "");
}

TEST_F(ChatCases, TheChatSaysWhoCameOnStageAndLeft) {
  app.watching().start(kHost, room, "host");
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  ASSERT_EQ(chat_events.size(), 1u);
  const auto& line = std::get<MessageChange>(chat_events.at(0).data).message;
  EXPECT_EQ(line.kind, MessageKind::came_on_stage);
  EXPECT_EQ(line.name, "Gus");
  ask<StageView>([&](auto done) { app.stage().leave(kGuest, room, {}, done); });
  EXPECT_EQ(std::get<MessageChange>(chat_events.at(1).data).message.kind, MessageKind::left_stage);
}

TEST_F(ChatCases, WordsOfTheRoomAndOfTheApplication) {
  EXPECT_EQ(set_words({{{"badword", WordAction::hold}}, {}}), "");
  EXPECT_EQ(say(kAda, {"B a d w o r d!", "", {}, {}, false})->message.status, MessageStatus::held);
  EXPECT_EQ(texts(kMona), Texts{}) << "nobody reads it";
  EXPECT_EQ(texts(kAda), Texts{"B a d w o r d!"}) << "but who wrote it";
  const auto overview = ask<ModerationView>([&](auto done) { app.chat_order().overview(kHost, room, done); });
  EXPECT_EQ(overview->held.size(), 1u);
  const WordList everywhere{{{"badword", WordAction::refuse}}, WordAction::hold};
  EXPECT_EQ(refusal(ask<WordList>([&](auto done) { app.chat_order().set_words(kHost, {}, everywhere, {}, done); })),
            "not_permitted");
  EXPECT_EQ(refusal(ask<WordList>([&](auto done) { app.chat_order().set_words(kAdmin, {}, everywhere, {}, done); })),
            "");
  EXPECT_EQ(refusal(say(kAda, {"badword", "", {}, {}, false})), "message_refused");
  EXPECT_EQ(say(kAda, {"see https://example.com", "", {}, {}, false})->message.status, MessageStatus::held);
  EXPECT_EQ(set_words({std::vector<ListedWord>(kListedWords + 1, {"x", WordAction::hold}), {}}), "words_unusable");
}

TEST_F(ChatCases, EmojisAreEachPersonsOnce) {
  const auto id = said(kAda, "Hi");
  const auto react = [&](const Caller& who, bool on) {
    return *ask<MessageView>([&](auto done) { app.chats().react(who, room, id, "👏", on, {}, done); });
  };
  react(kMona, true);
  EXPECT_EQ(react(kMona, true).message.reactions, (std::vector<EmojiCount>{{"👏", 1}}));
  EXPECT_EQ(react(kHost, true).message.reactions, (std::vector<EmojiCount>{{"👏", 2}}));
  EXPECT_EQ(snapshot(kMona).messages.at(0).mine, Texts{"👏"});
  EXPECT_EQ(snapshot(kAda).messages.at(0).mine, Texts{});
  react(kMona, false);
  EXPECT_EQ(react(kMona, false).message.reactions, (std::vector<EmojiCount>{{"👏", 1}}));
}

TEST_F(ChatCases, AReportIsMadeOnceAndSettled) {
  const auto id = said(kAda, "Hi");
  const auto report = [&](const Caller& who) {
    return ask<ReportView>(
        [&](auto done) { app.chat_order().report(who, room, id, ReportReason::spam, "", {}, done); });
  };
  const auto made = report(kMona);
  EXPECT_TRUE(made->is_new);
  EXPECT_FALSE(report(kMona)->is_new);
  EXPECT_EQ(refusal(report(kAda)), "not_oneself");
  const auto settle = [&](const Caller& who) {
    return refusal(ask<ReportView>([&](auto done) { app.chat_order().settle(who, room, made->report.id, {}, done); }));
  };
  EXPECT_EQ(settle(kMona), "not_permitted");
  EXPECT_EQ(settle(kHost), "");
  const auto overview = ask<ModerationView>([&](auto done) { app.chat_order().overview(kHost, room, done); });
  EXPECT_TRUE(overview->reports.empty());
  EXPECT_TRUE(report(kMona)->is_new) << "what goes on can be said again";
}

// D13: within the same turn nothing of them is left at the media server, and no token gets them back.
TEST_F(ChatCases, ABanClosesEverything) {
  go_on_air(kHost, room);
  bring_guest_on_stage(room);
  EXPECT_EQ(act<BanPerson>(kHost, kGuest.user), "");
  EXPECT_TRUE(server.was_told("remove guest"));
  EXPECT_TRUE(server.was_told("remove guest#")) << "and those with which they watch";
  EXPECT_EQ(refusal(ask<MediaCredentials>([&](auto done) { app.stage().viewer(kGuest, room, done); })), "banned");
  EXPECT_EQ(refusal(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kGuest, room, done); })), "banned");
  EXPECT_EQ(refusal(ask<ChatSnapshot>([&](auto done) { app.chats().snapshot(kGuest, room, done); })), "banned");
  bool is_revoked = false;
  app.revocations().load([&](bool, const std::vector<Revocation>& all) {
    is_revoked = std::ranges::find(all, viewers_of(kGuest.user), &Revocation::identity) != all.end();
  });
  storage.run();
  EXPECT_TRUE(is_revoked);
  EXPECT_EQ(act<UnbanPerson>(kHost, kGuest.user), "");
  EXPECT_EQ(refusal(ask<RoomSnapshot>([&](auto done) { app.history().snapshot(kGuest, room, done); })), "");
}

TEST_F(ChatCases, OnlyPeopleWhoWereHereAreActedOn) {
  EXPECT_EQ(act<MutePerson>(kHost, UserId{"nobody"}), "user_unknown");
  EXPECT_EQ(act<MutePerson>(kAda, UserId{"nobody"}), "not_permitted") << "who may not is told nothing";
  EXPECT_EQ(act<MutePerson>(kHost, kHost.user), "host_protected");
}

// However many press, a room hears of it four times a second.
TEST_F(ChatCases, ReactionsAreToldTogether) {
  std::vector<ReactionTotals> told;
  app.reactions().on_burst([&](const RoomId&, const ReactionCounts& counts) { told.push_back(totals_of(counts)); });
  for (int i = 0; i < 50; ++i) app.reactions().press(kAda, room, ReactionKind::heart, 3);
  app.reactions().press(kMona, room, ReactionKind::fire, 1);
  EXPECT_TRUE(told.empty());
  wait(Reactions::kTold);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.at(0), (ReactionTotals{{"heart", 150}, {"fire", 1}}));
  wait(Reactions::kTold);
  EXPECT_EQ(told.size(), 1u) << "nothing more happened";
  EXPECT_EQ(snapshot(kAda).reactions, (ReactionTotals{{"heart", 150}, {"fire", 1}})) << "also before it is written";
  wait(Reactions::kWritten);
  EXPECT_EQ(snapshot(kAda).reactions, (ReactionTotals{{"heart", 150}, {"fire", 1}}));
}

TEST_F(ChatCases, ReactionsOfOnePersonAreLimited) {
  for (int i = 0; i < 1'000; ++i) app.reactions().press(kAda, room, ReactionKind::heart, 20);
  wait(Reactions::kTold);
  EXPECT_EQ(snapshot(kAda).reactions, (ReactionTotals{{"heart", Reactions::kPerMinute}}));
  act<MutePerson>(kHost, kMona.user);
  app.reactions().press(kMona, room, ReactionKind::wow, 1);
  app.reactions().press({UserId{"g"}, "G", false, room}, room, ReactionKind::wow, 1);
  wait(Reactions::kTold);
  EXPECT_EQ(snapshot(kAda).reactions.size(), 1u) << "who is muted, and guests, are left out";
}

TEST_F(ChatCases, WhatCannotBeWrittenIsTriedAgain) {
  app.reactions().press(kAda, room, ReactionKind::heart, 2);
  wait(Reactions::kTold);
  storage.database.fail_commits = true;
  wait(Reactions::kWritten);
  storage.database.fail_commits = false;
  EXPECT_EQ(snapshot(kAda).reactions, (ReactionTotals{{"heart", 2}}));
  wait(Reactions::kWritten);
  app.on_stop();
  storage.run();
  EXPECT_EQ(snapshot(kAda).reactions, (ReactionTotals{{"heart", 2}}));
}

}  // namespace
}  // namespace costage::app
