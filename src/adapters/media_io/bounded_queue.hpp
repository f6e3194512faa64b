// Hands values from any thread to one other. Touched by several threads: everything in it is guarded by its mutex.
// Never waits: what does not fit is refused and counted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace costage::media_io {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  enum class Pushed { first, more, full };  // first: the queue was empty, so its reader has to be woken
  Pushed push(T value) {
    const std::lock_guard lock(mutex_);
    if (values_.size() >= capacity_) {
      ++refused_;
      return Pushed::full;
    }
    values_.push_back(std::move(value));
    return values_.size() == 1 ? Pushed::first : Pushed::more;
  }
  Pushed push_all(std::vector<T>& values) {
    const std::lock_guard lock(mutex_);
    const bool was_empty = values_.empty();
    const std::size_t fits = std::min(values.size(), capacity_ - values_.size());
    std::move(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(fits), std::back_inserter(values_));
    refused_ += values.size() - fits;
    values.clear();
    return fits == 0 ? Pushed::full : was_empty ? Pushed::first : Pushed::more;
  }
  [[nodiscard]] std::vector<T> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(values_, {});
  }
  [[nodiscard]] std::uint64_t refused() const {
    const std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::vector<T> values_;
  std::uint64_t refused_ = 0;
};

}  // namespace costage::media_io
