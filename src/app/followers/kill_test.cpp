// kill -9 between the commit that removes a co-host and its effect at a media server that lives on (a cluster): the
// next start carries it out. Nobody who was removed keeps the right to publish.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "adapters/storage/testing/loop.hpp"
#include "adapters/storage/testing/temporary_database.hpp"
#include "adapters/storage/worker.hpp"
#include "app/app.hpp"

namespace costage::app {
namespace {

using namespace domain;

constexpr int kRounds = 200;
constexpr int kRoundsOfADatabase = 10;  // each reads all shows of those before
const Caller kHost{UserId{"host"}, "Hanna"};
const Caller kGuest{UserId{"guest"}, "Gus"};
const MaybeIdempotency kOnce;

// Who may publish, at a media server that does not end with us. Changes come over a pipe: what was written to it
// happened, whatever becomes of the writer.
struct Change {
  std::array<char, 64> room{};
  std::array<char, 64> identity{};  // empty: everybody's
  bool may_publish = false;
};
Change change(const RoomId& room, const std::string& identity, bool may_publish) {
  Change out{{}, {}, may_publish};
  room.value().copy(out.room.data(), out.room.size() - 1);
  identity.copy(out.identity.data(), out.identity.size() - 1);
  return out;
}

struct Cluster {
  std::map<std::pair<RoomId, Identity>, bool> may_publish;

  void apply(const Change& change) {
    const RoomId room{change.room.data()};
    const Identity identity{change.identity.data()};
    if (!identity.value().empty()) may_publish[{room, identity}] = change.may_publish;
    if (identity.value().empty())
      std::erase_if(may_publish, [&](const auto& entry) { return entry.first.first == room; });
  }
};

class ClusterMedia final : public MediaServer {
 public:
  using Send = std::function<void(const Change&)>;
  ClusterMedia(Send send, bool killed_at_removal) : send_(std::move(send)), killed_at_removal_(killed_at_removal) {}

  std::optional<MediaCredentials> mint(const MediaGrant&, WallTime) override {
    return MediaCredentials{"ws://media", Secret{"token"}};
  }
  void set_publish_right(const MediaGrant& grant, MediaDone done) override {
    send_(change(grant.room, grant.identity.value(), true));
    done(MediaOutcome::done);
  }
  void remove(const RoomId& room, const Identity& identity, WallTime, MediaDone done) override {
    if (killed_at_removal_) kill(getpid(), SIGKILL);
    send_(change(room, identity.value(), false));
    done(MediaOutcome::done);
  }
  void mute(const RoomId&, const Identity&, const TrackSources&, MediaDone done) override { done(MediaOutcome::done); }
  void close_room(const RoomId& room, MediaDone done) override {
    send_(change(room, {}, false));
    done(MediaOutcome::done);
  }

 private:
  Send send_;
  bool killed_at_removal_;
};

// A program: storage, the use cases and their loop.
class Node {
 public:
  Node(const std::string& folder, WallTime now, std::uint64_t seed, ClusterMedia media)
      : rng_(seed), media_(std::move(media)) {
    clock.time = now;
    worker_ = std::make_unique<storage::Worker>(storage::open_sqlite(folder, rng_).value(),
                                                [this](auto f) { loop_.post(std::move(f)); });
    app_ = std::make_unique<App>(*worker_, media_, clock, rng_);
    bool started = false;
    app_->start([&](bool ok) { started = ok; });
    loop_.run_until([&] { return started; });
  }
  ~Node() { worker_.reset(); }

  template <class T, class Start>
  T ask(Start start) {
    std::optional<domain::Answer<T>> answer;
    start(*app_, [&](domain::Answer<T> a) { answer = std::move(a); });
    loop_.run_until([&] { return answer.has_value(); });
    COSTAGE_CHECK(*answer, "the story of this test is allowed");
    return std::move(**answer);
  }
  // All that followers have to do is done.
  void catch_up() {
    for (bool behind = true; behind; clock.time += std::chrono::seconds{1}) {
      app_->on_time();
      behind = in_storage<bool>([](Transaction& tx) { return !tx.history().behind("media_rights", {}, 1).empty(); });
    }
  }
  template <class T>
  T in_storage(std::function<T(Transaction&)> work) {
    std::optional<T> out;
    bool done = false;
    COSTAGE_CHECK(worker_->submit([&](Transaction& tx) { return out = work(tx), false; }, [&](Commit) { done = true; }),
                  "the queue has room");
    loop_.run_until([&] { return done; });
    return *out;
  }
  void media(const MediaEvent& event) { app_->on_media(event); }

  VirtualClock clock;

 private:
  SeededRng rng_;
  ClusterMedia media_;
  storage::testing::Loop loop_;
  std::unique_ptr<storage::Worker> worker_;
  std::unique_ptr<App> app_;
};

void go_on_air(Node& node, const Caller& who, const RoomId& room) {
  const auto data =
      node.ask<BroadcasterData>([&](App& app, auto done) { app.stage().broadcaster(who, room, {}, kOnce, done); });
  node.media(ParticipantJoined{room, on_stage_as(who.user), data.lease});
  node.media(MediaDevicesChanged{room, on_stage_as(who.user), MediaDevice::on, MediaDevice::on, true});
}

// A show whose co-host is removed.
void tell(Node& node) {
  CreateRoom create;
  create.title = "Show";
  create.policies.invite_watchers_only = false;
  node.ask<User>([&](App& app, auto done) {
    app.users().put({UserId{"backend"}, "", true}, {kGuest.user, kGuest.name}, kOnce, done);
  });
  const RoomId room = node.ask<Room>([&](App& app, auto done) { app.rooms().create(kHost, create, kOnce, done); }).id;
  go_on_air(node, kHost, room);
  const InvitationId id = node.ask<InviteAnswer>([&](App& app, auto done) {
                                app.invitations().create(kHost, room, kGuest.user, {}, kOnce, done);
                              })
                              .invitation.id;
  node.ask<Invitation>([&](App& app, auto done) { app.invitations().accept(kGuest, id, kOnce, done); });
  go_on_air(node, kGuest, room);
  node.ask<StageView>([&](App& app, auto done) { app.stage().remove(kHost, room, kGuest.user, kOnce, done); });
}

// Runs the story in a program of its own, which is killed at the removal, or anywhere.
void tell_and_kill(const std::string& folder, WallTime now, std::uint64_t seed, Cluster& cluster) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const bool at_removal = seed % 2 == 0;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const auto send = [&](const Change& c) { COSTAGE_CHECK(write(ends[1], &c, sizeof c) == sizeof c, "a pipe"); };
    Node node(folder, now, seed, {send, at_removal});
    for (;;) tell(node);
  }
  close(ends[1]);
  std::mt19937 random(static_cast<unsigned>(seed));
  const int last = static_cast<int>(random() % 12);
  Change change;
  for (int n = 0; read(ends[0], &change, sizeof change) == sizeof change; ++n) {
    cluster.apply(change);
    if (!at_removal && n == last) kill(child, SIGKILL);
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
}

TEST(Followers, Kill9BetweenCommitAndEffectLeavesNobodyWithARight) {  // D13, S-066
  std::optional<storage::TemporaryFolder> folder;
  Cluster cluster;
  int left_behind = 0;
  WallTime now = VirtualClock{}.time;
  for (int round = 0; round < kRounds; ++round, now += std::chrono::hours{1}) {
    if (round % kRoundsOfADatabase == 0) {
      folder.emplace();
      cluster = {};
    }
    tell_and_kill(folder->path(), now, static_cast<std::uint64_t>(round), cluster);
    Node node(folder->path(), now, 1'000'000 + static_cast<std::uint64_t>(round),
              {[&](const Change& change) { cluster.apply(change); }, false});
    const auto intruders = [&] {
      return node.in_storage<int>([&](Transaction& tx) {
        return static_cast<int>(std::ranges::count_if(cluster.may_publish, [&](const auto& entry) {
          const auto& [room, identity] = entry.first;
          return entry.second && tx.rooms().load(room)->stage.find(UserId{identity.value()}) == nullptr;
        }));
      });
    };
    left_behind += intruders();
    node.catch_up();
    ASSERT_EQ(intruders(), 0) << "round " << round;
  }
  EXPECT_GE(left_behind, kRounds / 4) << "the kill comes between commit and effect often enough to mean something";
}

}  // namespace
}  // namespace costage::app
