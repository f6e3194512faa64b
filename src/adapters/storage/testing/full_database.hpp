// A SQLite database with a row of every kind, and what a program sees of it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/storage/group_commit.hpp"
#include "domain/chat/decide.hpp"
#include "domain/decide.hpp"

namespace costage::storage::testing {

using namespace domain;
using namespace std::chrono_literals;
using app::Transaction;

inline const Actor kHost{UserId{"host"}, "Hanna"};
inline const Actor kGuest{UserId{"guest"}, "Gus"};
inline const std::string kHardText = "a \"b\" 'c' \\d\\n \\. \\N;\t--\n\\.\n:e %s 👩‍👩‍👧 ü $1";
inline constexpr const char* kUrl = "https://hooks.example/a?b=\\";

// ---- a database with a row of every kind ----

// Decides about a room and its chat, and writes what comes of it.
class Writer {
 public:
  explicit Writer(Transaction& tx, RoomId room) : tx_(tx), room_(std::move(room)) {
    CreateRoom create;
    create.actor = kHost;
    create.id = room_;
    create.title = "Sale";
    create.description = kHardText;
    create.metadata = R"({"shop":"\"7\"\\"})";
    const Events events = *create_room(create, now_);
    tx_.rooms().save({}, replay({}, events), events);
  }
  void run(const Command& command) {
    const RoomState before = *tx_.rooms().load(room_);
    const auto events = decide(before, command, now_);
    ASSERT_TRUE(events) << events.error().sentence();
    if (!events->empty()) tx_.rooms().save(before, replay(before, *events), *events);
  }
  void say(const Actor& actor, const ChatCommand& command) {
    const auto person = *tx_.rooms().person(room_, actor.user);
    const ChatFacts facts{*tx_.chats().find(room_), person.room, person.seat, person.standing};
    const auto events = decide_chat(facts, command, now_);
    ASSERT_TRUE(events) << events.error().sentence();
    Chat after = facts.chat;
    for (const ChatEvent& event : *events) after = apply(std::move(after), event);
    tx_.chats().save(facts.chat, after, *events);
  }
  void send(const Actor& actor, const char* id, const std::string& text, std::optional<WordAction> verdict = {}) {
    SendMessage command;
    command.actor = actor;
    command.id = MessageId{id};
    command.text = text;
    command.client_id = std::string("client of ") + id;
    command.mentions = {kHost.user};
    command.verdict = verdict;
    say(actor, command);
  }
  std::optional<ChatMessage> message(const char* id) { return tx_.messages().find(room_, MessageId{id}); }

 private:
  Transaction& tx_;
  RoomId room_;
  WallTime now_ = from_unix_ms(1'800'000'000'000);
};

inline void add_show(Writer& writer) {
  Invite invite;
  invite.actor = kHost;
  invite.id = InvitationId{"i1"};
  invite.invitee = kGuest.user;
  invite.invitee_name = kGuest.name;
  invite.invitee_watching = true;
  Egress egress;
  egress.id = EgressId{"EG_1"};
  egress.state = EgressState::active;
  egress.started_at = from_unix_ms(1'800'000'000'123);
  MutePerson mute;
  mute.actor = kHost;
  mute.user = UserId{"loud"};
  mute.name = "Lou";
  mute.reason = kHardText.substr(0, 8);
  const std::vector<Command> show{
      OpenLease{kHost, LeaseId{"l1"}},
      MediaJoined{kHost.user, LeaseId{"l1"}},
      DevicesChanged{kHost.user, Device::off, Device::on, true},
      AskToJoin{{UserId{"other"}, "Olga"}, RequestId{"q1"}, "I make \"cups\" ü"},
      invite,
      AcceptInvitation{kGuest, InvitationId{"i1"}},
      OpenLease{kGuest, LeaseId{"l2"}},
      SetRunOfShow{kHost, {{{"Clay", kGuest.user}, {"Questions", {}}}, 1}},
      SetScene{kHost, {Layout::spotlight, kGuest.user, {kGuest.user, kHost.user}}},
      EgressReported{egress, kHost.user},
      ModerationCommand{mute},
  };
  for (const Command& command : show) writer.run(command);
}

inline void add_chat(Writer& writer) {
  writer.send(kGuest, "m1", kHardText);
  writer.send(kGuest, "m2", "held", WordAction::hold);
  writer.say(kHost, SetChat{kHost, {Writers::everybody, 30s, 5}});
  ReactToMessage react;
  react.actor = kHost;
  react.message = writer.message("m1");
  react.emoji = "👩‍👩‍👧";
  writer.say(kHost, react);
  ReportMessage report;
  report.actor = kHost;
  report.message = writer.message("m1");
  report.id = ReportId{"rep"};
  report.detail = "It is \"bad\"";
  writer.say(kHost, report);
  PinMessage pin;
  pin.actor = kHost;
  pin.id = MessageId{"line"};
  pin.message = writer.message("m1");
  writer.say(kHost, pin);
}

inline void add_the_rest(Transaction& tx, const RoomId& room) {
  const WallTime now = from_unix_ms(1'800'000'000'000);
  std::string bytes;
  for (unsigned i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * i);
  tx.pictures().put({room, PictureKind::cover, PictureFormat::webp, bytes, now});
  tx.emojis().put(MessageId{"m1"}, kHost.user, "👩‍👩‍👧", true);
  tx.words().put(room, {{{"ü\"*\\", WordAction::hold}}, WordAction::hold});
  tx.words().put(RoomId{}, {{{"everywhere", WordAction::refuse}}, {}});
  tx.reactions().add(room, {{"heart", 7}});
  tx.users().put({kGuest.user, "Gus\t\\N"});
  tx.users().set_takes_invitations(kGuest.user, false);
  tx.blocks().put({kGuest.user, kHost.user, now});
  tx.answers().put({kHost.user, "key", "digest", now, {room, "i1", true}});
  tx.revocations().put({room, app::Identity{"ann"}, now});
  tx.webhooks().append(kUrl, R"({"ü":"\"3"})", now, 9);
  tx.history().put_position("media_rights", {room, 3});
}

// ---- what both databases are asked ----

struct Seen {
  std::optional<RoomState> state;
  Events history;
  std::optional<Chat> chat;
  ChatEvents chat_history;
  std::vector<ChatMessage> messages, held;
  std::vector<ChatReport> reports;
  std::vector<std::string> emojis;
  WordList words, words_of_all;
  app::ReactionTotals reactions;
  std::optional<Picture> picture;
  std::optional<app::User> user;
  bool is_blocked = false;
  std::optional<app::IdempotencyRecord> answer;
  std::vector<app::Revocation> revocations;
  std::optional<app::KeptWebhook> webhook;
  std::uint64_t followed = 0;
  std::string epoch;
  bool operator==(const Seen&) const = default;
};

inline Seen see(Database& database, const RoomId& room) {
  Seen seen;
  const auto look = [&](Transaction& tx) {
    seen = {tx.rooms().load(room),
            tx.history().since(room, 0, 1000),
            tx.chats().find(room),
            tx.chats().since(room, 0, 1000),
            tx.messages().list(room, kGuest.user, {100, ""}).items,
            tx.messages().held(room, 100),
            tx.reports().open(room, 100),
            tx.emojis().of(MessageId{"m1"}, kHost.user),
            tx.words().get(room),
            tx.words().get(RoomId{}),
            tx.reactions().totals(room),
            tx.pictures().find(room, PictureKind::cover),
            tx.users().find(kGuest.user),
            tx.blocks().has_any({kHost.user}, kGuest.user),
            tx.answers().find(kHost.user, "key"),
            tx.revocations().latest(10),
            tx.webhooks().oldest(kUrl),
            tx.history().behind("media_rights", {}, 1).at(0).followed,
            tx.history().epoch()};
    return false;
  };
  EXPECT_EQ(run_together(database, {{look, {}}}).at(0), app::Commit::done);
  return seen;
}

}  // namespace costage::storage::testing
