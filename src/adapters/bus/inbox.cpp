#include "adapters/bus/inbox.hpp"

#include <algorithm>
#include <utility>

namespace costage::bus {

void Inbox::listen(std::string_view subject, Heard heard) { listeners_.emplace(subject, std::move(heard)); }

void Inbox::close() { closed_ = true; }

InboxCounts Inbox::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

// Called by a library in C, through which no exception may pass.
void Inbox::hear(std::string_view subject, std::string_view bytes) noexcept {
  try {
    if (bytes.size() <= kMaxMessage) return store({std::string{subject}, std::string{bytes}});
  } catch (...) {  // no memory
    const std::lock_guard lock(mutex_);
    posted_ = false;
  }
  const std::lock_guard lock(mutex_);
  ++counts_.lost;
}

void Inbox::store(Message message) {
  {
    const std::lock_guard lock(mutex_);
    bytes_ += message.size();
    queue_.push_back(std::move(message));
    drop_oldest();
    if (std::exchange(posted_, true)) return;
  }
  post_delivery();
}

void Inbox::drop_oldest() {
  while (queue_.size() > kMaxWaiting || bytes_ > kMaxWaitingBytes) {
    bytes_ -= queue_.front().size();
    queue_.pop_front();
    ++counts_.lost;
  }
}

void Inbox::post_delivery() {
  post_([self = shared_from_this()] { self->deliver(); });
}

// What is left waits for another turn, in which other work of the loop comes first.
void Inbox::deliver() {
  if (closed_) return;
  bool more = false;
  const auto messages = take(more);
  if (more) post_delivery();
  deliver(messages);
}

std::vector<Inbox::Message> Inbox::take(bool& more) {
  const std::lock_guard lock(mutex_);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMaxTogether));
  std::vector<Message> messages(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  for (const Message& message : messages) bytes_ -= message.size();
  posted_ = more = !queue_.empty();
  return messages;
}

void Inbox::deliver(const std::vector<Message>& messages) {
  std::uint64_t heard = 0;
  for (const Message& message : messages) {
    const auto [first, last] = listeners_.equal_range(message.subject);
    for (auto listener = first; listener != last && !closed_; ++listener) listener->second(message.bytes);
    heard += first != last ? 1 : 0;
  }
  const std::lock_guard lock(mutex_);
  counts_.heard += heard;
}

void Inbox::connected() {
  post_([self = shared_from_this()] {
    for (std::size_t i = 0; i < self->on_connected_.size() && !self->closed_; ++i) self->on_connected_[i]();
  });
}

}  // namespace costage::bus
