// The client's side of one topic: keeps its place in the history, comes back to another node when its own is gone, and
// holds what it hears against the database's history.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "connection.hpp"
#include "nodes.hpp"

namespace costage::sim {

template <class Source>
class Reader : public std::enable_shared_from_this<Reader<Source>> {
 public:
  using Event = typename Source::Event;
  using State = typename Source::State;

  Reader(World& world, Nodes& nodes, const Ledger& ledger, app::Caller caller, domain::RoomId room)
      : world_(world), nodes_(nodes), ledger_(ledger), caller_(std::move(caller)), room_(std::move(room)) {}

  void begin() {
    connect();
    look();
  }
  // All of it was heard, unless it is not for them.
  void check_end() const {
    if (refused_) return;
    const auto* history = Source::history(ledger_, room_);
    const std::size_t end = history == nullptr ? 0 : history->size();
    if (!seq_ || *seq_ != end)
      return broken(fmt::format("is at {} of {}", seq_ ? static_cast<std::int64_t>(*seq_) : -1, end));
    if constexpr (std::is_same_v<Source, OfRoom>)
      if (state_ != Source::state(ledger_, room_)) broken("has another state of it");
  }
  [[nodiscard]] std::uint64_t events_heard() const { return heard_; }

 private:
  static constexpr milliseconds kLookEvery{1000}, kOnTheWay{20}, kAnswerBound{60'000};
  static constexpr unsigned kNetworkLost = 8;  // in a thousand

  void connect() {
    const std::uint64_t life = ++life_;
    node_ = nodes_.any();
    if (!node_) return later(life);
    is_answered_ = false;  // who was refused is so until another answer comes
    begun_at_ = node_->process().awake();
    connection_ = std::make_shared<Connection<Source>>(*node_, ++number_of_all(), caller_, room_, frames(life));
    std::optional<std::uint64_t> since = seq_;
    if (since)
      world_.note(fmt::format("{} comes back to {} after {} at {}", caller_.user.value(), Source::topic(room_), *since,
                              node_->id()));
    if (since && world_.planted(Plant::off_by_one)) ++*since;
    node_->process().post(world_.between(milliseconds{1}, kOnTheWay),
                          [node = node_, connection = connection_, since] { connection->start(since); });
  }
  std::uint64_t& number_of_all() { return nodes_.connections; }

  Frames<Source> frames(std::uint64_t life) {
    return {[this, life](std::uint64_t seq, const State& state) {
              deliver(life, [this, seq, state] { on_snapshot(seq, state); });
            },
            [this, life](std::uint64_t) { deliver(life, [this] { is_answered_ = true, refused_ = false; }); },
            [this, life](const Event& event) { deliver(life, [this, event] { on_event(event); }); },
            [this, life](domain::Code why) { deliver(life, [this, why] { on_ended(why); }); }};
  }
  // In order, as TCP does.
  void deliver(std::uint64_t life, std::function<void()> frame) {
    const WallTime at = world_.now() + world_.between(milliseconds{1}, kOnTheWay);
    delivered_until_ = std::max(delivered_until_, at);
    world_.after(delivered_until_ - world_.now(), [self = this->shared_from_this(), life, frame = std::move(frame)] {
      if (life == self->life_) frame();
    });
  }

  void on_snapshot(std::uint64_t seq, const State& state) {
    is_answered_ = true;
    refused_ = false;
    world_.note(
        fmt::format("{} is given {} up to {} by {}", caller_.user.value(), Source::topic(room_), seq, node_->id()));
    if (seq_ && seq < *seq_) broken("was given an older state than it had");
    seq_ = seq;
    state_ = state;
  }
  void on_event(const Event& event) {
    ++heard_;
    if (!seq_) return broken("heard an event before it was answered");
    if (event.seq <= *seq_) return broken(fmt::format("heard {} again after {}", event.seq, *seq_));
    const std::uint64_t before = std::exchange(*seq_, event.seq);
    if (event.seq != before + 1)
      return broken(fmt::format("{} misses what is between {} and {}", Source::kKind, before, event.seq));
    const auto* history = Source::history(ledger_, room_);
    if (history == nullptr || event.seq > history->size() || (*history)[event.seq - 1] != event)
      return broken(fmt::format("heard {}, which is not so in the database", event.seq));
    Source::apply(state_, event);
  }
  void on_ended(domain::Code why) {
    is_answered_ = true;
    refused_ = why != domain::Code::unavailable;
    later(life_);
  }
  // Tries another time, if nothing else was done until then.
  void later(std::uint64_t life) {
    world_.after(world_.between(milliseconds{100}, milliseconds{3000}), [self = this->shared_from_this(), life] {
      if (self->life_ == life) self->connect();
    });
  }

  void look() {
    world_.after(kLookEvery, [self = this->shared_from_this()] { self->look(); });
    if (!node_) return;
    if (!node_->process().is_alive()) {
      node_.reset();
      return later(++life_);
    }
    if (!is_answered_ && node_->process().awake() - begun_at_ > kAnswerBound)
      world_.broken(Invariant::answered, caller_.user.value() + " waits for ever for " + Source::topic(room_));
    if (world_.trouble(kNetworkLost)) hang_up();
  }
  void hang_up() {
    node_->process().post(world_.between(milliseconds{1}, milliseconds{5000}),
                          [node = node_, connection = connection_] { connection->close(); });
    node_.reset();
    later(++life_);
  }
  void broken(const std::string& what) const {
    world_.broken(Invariant::whole, caller_.user.value() + " in " + Source::topic(room_) + ' ' + what);
  }

  World& world_;
  Nodes& nodes_;
  const Ledger& ledger_;
  app::Caller caller_;
  domain::RoomId room_;
  std::shared_ptr<Node> node_;
  std::shared_ptr<Connection<Source>> connection_;
  std::uint64_t life_ = 0;  // counts connections: what an older one was sent is not heard any more
  bool is_answered_ = false, refused_ = false;
  milliseconds begun_at_{0};
  WallTime delivered_until_;
  std::optional<std::uint64_t> seq_;
  State state_{};
  std::uint64_t heard_ = 0;
};

}  // namespace costage::sim
