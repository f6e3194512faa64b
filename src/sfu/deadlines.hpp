// Which of many is due first: a binary heap of those that wait. Each knows its place in it, so that it is moved and
// taken out in O(log n); what is next is O(1). It grows when somebody joins; nothing else allocates.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace costage::sfu {

class Deadlines {
 public:
  // One that may wait. It must not outlive the Deadlines.
  class Entry {
   public:
    explicit Entry(Deadlines& all) : all_(all) { all_.admit(); }
    ~Entry() {
      set_deadline(kNever);
      --all_.members_;
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

    [[nodiscard]] Instant deadline() const { return at_; }
    // kNever: waits for nothing.
    void set_deadline(Instant at) {
      if (at != at_) all_.move(*this, at);
    }

   private:
    friend class Deadlines;
    Deadlines& all_;
    Instant at_ = kNever;
    std::size_t place_ = kNowhere;
  };

  // The one that waits for the earliest moment, if that has come. It stays first until it is given another.
  [[nodiscard]] Entry* due(Instant now) const {
    return heap_.empty() || heap_.front()->at_ > now ? nullptr : heap_.front();
  }
  [[nodiscard]] Instant next() const { return heap_.empty() ? kNever : heap_.front()->at_; }
  [[nodiscard]] std::size_t waiting() const { return heap_.size(); }

 private:
  static constexpr std::size_t kNowhere = SIZE_MAX;

  // Room for everybody at once, so that move() needs no more.
  void admit() {
    if (++members_ > heap_.capacity()) heap_.reserve(2 * members_);
  }
  void move(Entry& entry, Instant at) {
    entry.at_ = at;
    if (at == kNever) return remove(entry);
    if (entry.place_ == kNowhere) {
      entry.place_ = heap_.size();
      heap_.push_back(&entry);
    }
    settle(entry);
  }
  void remove(Entry& entry) {
    const std::size_t place = std::exchange(entry.place_, kNowhere);
    if (place == kNowhere) return;
    Entry& last = *heap_.back();
    heap_.pop_back();
    if (&last == &entry) return;
    heap_[place] = &last;
    last.place_ = place;
    settle(last);
  }
  void settle(Entry& entry) {
    rise(entry);
    sink(entry);
  }
  void rise(Entry& entry) {
    while (entry.place_ > 0 && entry.at_ < heap_[(entry.place_ - 1) / 2]->at_)
      swap(entry, *heap_[(entry.place_ - 1) / 2]);
  }
  void sink(Entry& entry) {
    for (std::size_t child = 2 * entry.place_ + 1; child < heap_.size(); child = 2 * entry.place_ + 1) {
      if (child + 1 < heap_.size() && heap_[child + 1]->at_ < heap_[child]->at_) ++child;
      if (heap_[child]->at_ >= entry.at_) return;
      swap(entry, *heap_[child]);
    }
  }
  void swap(Entry& a, Entry& b) {
    std::swap(heap_[a.place_], heap_[b.place_]);
    std::swap(a.place_, b.place_);
  }

  std::vector<Entry*> heap_;
  std::size_t members_ = 0;
};

}  // namespace costage::sfu
