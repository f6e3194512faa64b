#include "node.hpp"

#include <algorithm>
#include <utility>

namespace costage::sim {

using namespace domain;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds kLongestNap = 1s;  // as main.cpp has it

}  // namespace

Node::Node(Installation& all, std::string id)
    : all_(all),
      world_(all.world),
      id_(std::move(id)),
      process_(std::make_shared<Process>(world_, [this] { sleep_until_due(); })),
      own_clock_(world_),
      storage_(world_, all.database, *process_),
      bus_(all.bus, *process_),
      media_(world_, all.media, *process_),
      app_(std::make_unique<app::App>(storage_, media_, clock_, world_.rng(), cluster())) {
  app_->subscribe([this](const app::Committed& committed) { told(committed); });
  app_->subscribe_to_chats([this](const app::ChatCommitted& committed) { told(committed); });
  app_->on_wake_changed([this] { sleep_until_due(); });
  process_->post(0ms, [this] { start(); });
}

Node::~Node() { end(); }

void Node::end() {
  if (!app_) return;
  process_->end();
  storage_.kill();
  hub_ = {};
  app_.reset();
}

app::Cluster Node::cluster() {
  return {.bus = &bus_,
          .is_shared = true,
          .node_id = id_,
          .url = "https://" + id_,
          .on_database_time = [this](WallTime now) { clock_.say(now); }};
}

void Node::start() {
  app_->start([this](bool ok) {
    world_.note(id_ + (ok ? " is ready" : " could not start"));
    started_ = ok;
    gave_up_ = !ok;
    if (ok) media_.start(app_->gate(), [this](const app::MediaEvent& event) { app_->on_media(event); });
  });
}

void Node::on_time() {
  storage_.forget_rooms(world_.planted(Plant::forgetful));
  app_->on_time();
  storage_.forget_rooms(false);
}

// Nobody calls on_time() before start() has begun the node.
void Node::sleep_until_due() {
  if (!started_) return;
  milliseconds nap = kLongestNap;
  if (const auto due = app_->next_wake()) nap = std::clamp<milliseconds>(*due - clock_.now(), 0ms, nap);
  const WallTime at = world_.now() + std::max(nap, 1ms);
  if (at >= wakes_at_) return;
  wakes_at_ = at;
  process_->post(at - world_.now(), [this, number = ++naps_] {
    if (number != naps_) return;
    wakes_at_ = WallTime::max();
    on_time();
  });
}

// Of a room that is over a node may forget how far it told: who listens there is asked for themselves (Reader).
void Node::told(const app::Committed& committed) {
  const RoomId& room = committed.state.room.id;
  if (const auto wrong = check(committed.state); !wrong.empty())
    world_.broken(Invariant::limits, "told by " + id_ + ": " + wrong);
  const auto book = all_.database.ledger().rooms().find(room);
  const bool is_over = book != all_.database.ledger().rooms().end() && !is_open(book->second.state.room.status);
  for (const Event& event : committed.events) {
    const bool is_there = book != all_.database.ledger().rooms().end() && event.seq <= book->second.events.size() &&
                          book->second.events[event.seq - 1] == event;
    if (!is_there) world_.broken(Invariant::acknowledged, id_ + " tells what is not in the history of " + room.value());
    const auto known = told_.find(room);
    const bool goes_on = known == told_.end() || event.seq == known->second + 1 || (is_over);
    if (!goes_on) world_.broken(Invariant::whole, id_ + " tells of " + room.value() + " with a hole or twice");
    told_[room] = event.seq;
  }
  hub_.publish(committed);
}

void Node::told(const app::ChatCommitted& committed) {
  const auto& chats = all_.database.ledger().chats();
  const auto book = chats.find(committed.chat.room);
  for (const ChatEvent& event : committed.events) {
    const bool is_there =
        book != chats.end() && event.seq <= book->second.events.size() && book->second.events[event.seq - 1] == event;
    if (!is_there)
      world_.broken(Invariant::acknowledged, id_ + " tells what is not in the chat of " + committed.chat.room.value());
  }
  hub_.publish(committed);
}

}  // namespace costage::sim
