#include "adapters/storage/memory/memory_database.hpp"
#include "adapters/storage/testing/postgres_server.hpp"
#include "adapters/storage/testing/store_suite.hpp"
#include "adapters/storage/testing/temporary_database.hpp"
#include "domain/chat/decide.hpp"

namespace costage::storage {
namespace {

using namespace domain;
using namespace std::chrono_literals;

const Actor kHost{UserId{"host"}, "Hanna", false};
const Actor kAda{UserId{"ada"}, "Ada \"the\" writer ü", false};
const RoomId kRoom{"room1"};
using Texts = std::vector<std::string>;

class ChatStores : public StoreSuite {
 protected:
  void SetUp() override {
    StoreSuite::SetUp();
    if (database) create_room();
  }
  void create_room() {
    CreateRoom create;
    create.actor = kHost;
    create.id = kRoom;
    create.title = "Sale";
    const auto events = *domain::create_room(create, now);
    in_transaction([&](app::Transaction& tx) {
      tx.rooms().save({}, replay({}, events), events);
      return true;
    });
  }
  // Decides on the stored chat and saves it.
  std::string run(const Actor& actor, const ChatCommand& command) {
    return in_transaction([&](app::Transaction& tx) -> std::string {
      const auto person = *tx.rooms().person(kRoom, actor.user);
      const ChatFacts facts{*tx.chats().find(kRoom), person.room, person.seat, person.standing};
      const auto events = decide_chat(facts, command, now);
      if (!events) return std::string(info(events.error().code).name);
      Chat after = facts.chat;
      for (const ChatEvent& event : *events) after = apply(std::move(after), event);
      if (!events->empty()) tx.chats().save(facts.chat, after, *events);
      return {};
    });
  }
  MessageId say(const Actor& actor, const std::string& text, const std::string& client = {},
                std::optional<WordAction> verdict = {}) {
    SendMessage command;
    command.actor = actor;
    command.id = MessageId{"m" + std::to_string(++ids_)};
    command.text = text;
    command.client_id = client;
    command.mentions = {UserId{"bob"}};
    command.verdict = verdict;
    EXPECT_EQ(run(actor, command), "");
    return command.id;
  }
  std::optional<ChatMessage> find(const MessageId& id) {
    return in_transaction([&](app::Transaction& tx) { return tx.messages().find(kRoom, id); });
  }
  Texts texts(const UserId& reader, const app::PageRequest& request = {}) {
    Texts out;
    const auto page = in_transaction([&](app::Transaction& tx) { return tx.messages().list(kRoom, reader, request); });
    for (const ChatMessage& one : page.items) out.push_back(one.text);
    if (!page.next_cursor.empty()) out.push_back("more");
    return out;
  }

 private:
  int ids_ = 0;
};

TEST_P(ChatStores, EveryRoomHasAChat) {
  const auto find = [&](const char* room) {
    return in_transaction([&](app::Transaction& tx) { return tx.chats().find(RoomId{room}); });
  };
  EXPECT_EQ(find("room1"), (Chat{kRoom, {}, {}, 0}));
  EXPECT_FALSE(find("other"));
}

TEST_P(ChatStores, AMessageComesBackAsItWas) {
  const auto id = say(kAda, "Hello \"all\"\nü 👏", "c1");
  const auto found = *find(id);
  EXPECT_EQ(found.text, "Hello \"all\"\nü 👏");
  EXPECT_EQ(found.name, kAda.name);
  EXPECT_EQ(found.mentions, (std::vector<UserId>{UserId{"bob"}}));
  EXPECT_EQ(found.place, 1u);
  const auto events = in_transaction([&](app::Transaction& tx) { return tx.chats().since(kRoom, 0, 10); });
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events.at(0).data, ChatEventData{MessageChange{found}});
  const auto by_client = [&](const char* user, const char* client) {
    return in_transaction([&](app::Transaction& tx) { return tx.messages().by_client(kRoom, UserId{user}, client); });
  };
  EXPECT_EQ(by_client("ada", "c1"), found);
  EXPECT_FALSE(by_client("host", "c1"));
  EXPECT_FALSE(by_client("ada", "c2"));
  EXPECT_FALSE(in_transaction([&](app::Transaction& tx) { return tx.messages().find(RoomId{"other"}, id); }));
}

TEST_P(ChatStores, SettingsPinEmojisAndReportsToo) {
  const auto id = say(kAda, "Hi");
  run(kHost, SetChat{kHost, {Writers::stage, 30s, 5}});
  PinMessage pin;
  pin.actor = kHost;
  pin.id = MessageId{"line"};
  pin.message = find(id);
  pin.time = 60s;
  EXPECT_EQ(run(kHost, pin), "");
  const auto chat = *in_transaction([&](app::Transaction& tx) { return tx.chats().find(kRoom); });
  EXPECT_EQ(chat.settings, (ChatSettings{Writers::stage, 30s, 5}));
  EXPECT_EQ(chat.pin, (ChatPin{"Hi", id, kHost.user, "Hanna", now, now + 60s}));
  EXPECT_EQ(chat.seq, 4u);

  ReactToMessage react;
  react.actor = kHost;
  react.message = find(id);
  react.emoji = "👩‍👩‍👧";
  EXPECT_EQ(run(kHost, react), "");
  EXPECT_EQ(find(id)->reactions, (std::vector<EmojiCount>{{"👩‍👩‍👧", 1}}));

  ReportMessage report;
  report.actor = kHost;
  report.message = find(id);
  report.id = ReportId{"rep"};
  report.reason = ReportReason::hate;
  report.detail = "It is \"bad\"";
  EXPECT_EQ(run(kHost, report), "");
  const auto of = [&] { return in_transaction([&](app::Transaction& tx) { return tx.reports().of(id, kHost.user); }); };
  ASSERT_TRUE(of());
  EXPECT_EQ(of()->detail, report.detail);
  EXPECT_EQ(in_transaction([&](app::Transaction& tx) { return tx.reports().open(kRoom, 10).size(); }), 1u);
  SettleReport settle{{kHost, find(id)}, of()};
  EXPECT_EQ(run(kHost, settle), "");
  EXPECT_FALSE(of());
  const auto found = in_transaction([&](app::Transaction& tx) { return tx.reports().find(kRoom, ReportId{"rep"}); });
  EXPECT_EQ(found->settled_by, kHost.user);
}

TEST_P(ChatStores, PagesHoldWhatTheReaderIsShown) {
  say(kAda, "1");
  say(kAda, "2", "", WordAction::hold);
  say(kHost, "3");
  EXPECT_EQ(texts(UserId{"bob"}), (Texts{"3", "1"}));
  EXPECT_EQ(texts(kAda.user), (Texts{"3", "2", "1"}));
  EXPECT_EQ(texts(kAda.user, {2, ""}), (Texts{"3", "2", "more"}));
  const auto first =
      in_transaction([&](app::Transaction& tx) { return tx.messages().list(kRoom, kAda.user, {2, ""}); });
  EXPECT_EQ(texts(kAda.user, {2, first.next_cursor}), (Texts{"1"}));
  EXPECT_EQ(in_transaction([&](app::Transaction& tx) { return tx.messages().held(kRoom, 10).size(); }), 1u);
}

TEST_P(ChatStores, WhenSomebodyWroteLast) {
  for (int i = 0; i < 4; ++i) {
    say(kAda, "Hi");
    now += 1s;
  }
  say(kHost, "Hi");
  const auto recent = in_transaction([&](app::Transaction& tx) { return tx.messages().recent(kRoom, kAda.user, 2); });
  EXPECT_EQ(recent, (std::vector<WallTime>{now - 1s, now - 2s}));
}

TEST_P(ChatStores, WhoPutWhichEmoji) {
  const auto id = say(kAda, "Hi");
  const auto put = [&](const char* emoji, bool on) {
    in_transaction([&](app::Transaction& tx) { return tx.emojis().put(id, kHost.user, emoji, on), 0; });
  };
  const auto of = [&](const UserId& user) {
    return in_transaction([&](app::Transaction& tx) { return tx.emojis().of(id, user); });
  };
  put("👏", true);
  put("👏", true);
  EXPECT_EQ(of(kHost.user), Texts{"👏"});
  EXPECT_EQ(of(kAda.user), Texts{});
  EXPECT_TRUE(in_transaction([&](app::Transaction& tx) { return tx.emojis().has(id, kHost.user, "👏"); }));
  put("👏", false);
  EXPECT_EQ(of(kHost.user), Texts{});
}

TEST_P(ChatStores, WordsOfARoomAndOfTheApplication) {
  const WordList words{{{"two words", WordAction::refuse}, {"ü\"*", WordAction::hold}}, WordAction::hold};
  const auto get = [&](const char* room) {
    return in_transaction([&](app::Transaction& tx) { return tx.words().get(RoomId{room}); });
  };
  in_transaction([&](app::Transaction& tx) { return tx.words().put(RoomId{}, words), 0; });
  EXPECT_EQ(get(""), words);
  EXPECT_EQ(get("room1"), WordList{});
  in_transaction([&](app::Transaction& tx) { return tx.words().put(RoomId{}, {}), 0; });
  EXPECT_EQ(get(""), WordList{});
}

TEST_P(ChatStores, ReactionsAddUp) {
  const auto add = [&](std::uint64_t hearts) {
    in_transaction([&](app::Transaction& tx) { return tx.reactions().add(kRoom, {{"heart", hearts}}), 0; });
  };
  add(2);
  add(3);
  EXPECT_EQ(in_transaction([&](app::Transaction& tx) { return tx.reactions().totals(kRoom); }),
            (app::ReactionTotals{{"heart", 5}}));
}

TEST_P(ChatStores, WhoIsSecondHasLostTheRace) {
  const auto chat = *in_transaction([&](app::Transaction& tx) { return tx.chats().find(kRoom); });
  say(kAda, "first");
  const ChatLine line{MessageId{"line"}, MessageKind::came_on_stage, kAda.user, "Ada"};
  const ChatEvents late{line_event(chat, line, now)};
  const auto commits = run_together(*database, {{[&](app::Transaction& tx) {
                                                   tx.chats().save(chat, apply(chat, late.at(0)), late);
                                                   return true;
                                                 },
                                                 {}}});
  EXPECT_EQ(commits.at(0), app::Commit::lost_race);
  EXPECT_EQ(texts(kAda.user), Texts{"first"});
}

TEST_P(ChatStores, StandingsAreRowsOfTheRoom) {
  MutePerson mute;
  mute.actor = kHost;
  mute.user = kAda.user;
  mute.name = kAda.name;
  mute.time = 60s;
  mute.reason = "\"Loud\"";
  const auto after = StoreSuite::run(kRoom, ModerationCommand{mute});
  EXPECT_EQ(load(kRoom), after);
  const auto person = [&] {
    return in_transaction([&](app::Transaction& tx) { return tx.rooms().person(kRoom, kAda.user); });
  };
  EXPECT_EQ(person()->standing, after.standings.people.at(0));
  EXPECT_FALSE(person()->seat);
  UnmutePerson unmute;
  unmute.actor = kHost;
  unmute.user = kAda.user;
  StoreSuite::run(kRoom, ModerationCommand{unmute});
  EXPECT_FALSE(person()->standing);
}

std::unique_ptr<Database> make_memory() { return std::make_unique<MemoryDatabase>(); }

INSTANTIATE_TEST_SUITE_P(Memory, ChatStores, ::testing::Values(make_memory));
INSTANTIATE_TEST_SUITE_P(Sqlite, ChatStores, ::testing::Values(make_temporary_database));
INSTANTIATE_TEST_SUITE_P(Postgres, ChatStores, ::testing::Values(testing::make_postgres));

}  // namespace
}  // namespace costage::storage
