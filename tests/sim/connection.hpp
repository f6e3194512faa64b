// The server's side of one topic of one client: step by step what realtime::Connection does, without its socket. It
// lives on its node and dies with it.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node.hpp"
#include "topic.hpp"

namespace costage::sim {

// What the client is sent.
template <class Source>
struct Frames {
  std::function<void(std::uint64_t seq, const typename Source::State& state)> snapshot;
  std::function<void(std::uint64_t seq)> resumed;
  std::function<void(const typename Source::Event& event)> event;
  std::function<void(domain::Code why)> ended;
};

template <class Source>
class Connection final : public Listener<typename Source::Event>,
                         public std::enable_shared_from_this<Connection<Source>> {
 public:
  using Event = typename Source::Event;
  static constexpr std::size_t kMaxMissed = 1'000, kEventsPerRead = 100, kMaxWaiting = 1000;

  Connection(Node& node, std::uint64_t number, app::Caller caller, domain::RoomId room, Frames<Source> frames)
      : node_(node), number_(number), caller_(std::move(caller)), room_(std::move(room)), frames_(std::move(frames)) {}

  // From here on nothing is missed: what comes until the answer waits behind it.
  void start(std::optional<std::uint64_t> since) {
    waiting_.emplace();
    is_full_ = false;
    ahead_.reset();
    Source::listeners(node_.hub()).add(room_, number_, this->shared_from_this());
    if (!since) return give_snapshot();
    give_missed(std::make_shared<Missed>(Missed{*since, {}}));
  }
  // The client is gone.
  void close() {
    if (std::exchange(closed_, true)) return;
    Source::unwatch(node_.app(), room_, id());
    if (Source::listeners(node_.hub()).remove(room_, number_)) node_.app().unfollow(Source::topic(room_));
  }

  void hear(const Event& event) override {
    if (closed_) return;
    if (waiting_) {
      is_full_ = is_full_ || waiting_->size() >= kMaxWaiting;
      if (!is_full_) waiting_->push_back(event);
      return;
    }
    if (ahead_) {
      const std::uint64_t held = *ahead_;
      if (event.seq <= held) return;
      ahead_.reset();
      if (event.seq > held + 1) return start(held);
    }
    frames_.event(event);
  }
  void turn_out() override { refuse(domain::Code::banned); }
  [[nodiscard]] const app::Caller& caller() const override { return caller_; }

 private:
  struct Missed {
    std::uint64_t since;
    std::vector<Event> events;
  };
  [[nodiscard]] std::string id() const { return "con_" + std::to_string(number_); }

  template <class T>
  app::Done<T> when_wanted(std::function<void(const T&)> then) {
    return [self = this->shared_from_this(), then = std::move(then)](const domain::Answer<T>& answer) {
      if (self->closed_) return;
      if (answer) return then(*answer);
      self->refuse(answer.error().code);
    };
  }
  void refuse(domain::Code why) {
    if (closed_) return;
    close();
    frames_.ended(why);
  }

  void begin(std::uint64_t seq) {
    node_.app().follow(Source::topic(room_), seq);
    Source::watch(node_.app(), caller_, room_, id());
  }
  void go_on(std::uint64_t seq) {
    const std::vector<Event> waited = std::move(*waiting_);
    waiting_.reset();
    if (is_full_) return start(seq);
    ahead_ = seq;
    for (const Event& event : waited) {
      if (event.seq > seq + 1) return start(seq);
      hear(event);
      seq = std::max(seq, event.seq);
    }
  }
  void give_snapshot() {
    Source::snapshot(node_.app(), caller_, room_,
                     when_wanted<typename Source::Snapshot>([this](const typename Source::Snapshot& snapshot) {
                       begin(Source::seq(snapshot));
                       frames_.snapshot(Source::seq(snapshot), Source::state(snapshot));
                       go_on(Source::seq(snapshot));
                     }));
  }
  void give_missed(const std::shared_ptr<Missed>& missed) {
    const std::uint64_t from = missed->events.empty() ? missed->since : missed->events.back().seq;
    Source::events(node_.app(), caller_, room_, from, kEventsPerRead,
                   when_wanted<typename Source::Page>(
                       [this, missed](const typename Source::Page& page) { on_missed(missed, page); }));
  }
  void on_missed(const std::shared_ptr<Missed>& missed, const typename Source::Page& page) {
    if (missed->since > page.last_seq || page.last_seq - missed->since > kMaxMissed) return give_snapshot();
    missed->events.insert(missed->events.end(), page.items.begin(), page.items.end());
    const std::uint64_t reached = missed->events.empty() ? missed->since : missed->events.back().seq;
    if (reached < page.last_seq && page.items.empty()) return give_snapshot();
    if (reached < page.last_seq) return give_missed(missed);
    begin(page.last_seq);
    frames_.resumed(page.last_seq);
    for (const Event& event : missed->events) frames_.event(event);
    go_on(page.last_seq);
  }

  Node& node_;
  std::uint64_t number_;
  app::Caller caller_;
  domain::RoomId room_;
  Frames<Source> frames_;
  bool closed_ = false;
  std::optional<std::vector<Event>> waiting_;
  bool is_full_ = false;
  std::optional<std::uint64_t> ahead_;
};

}  // namespace costage::sim
