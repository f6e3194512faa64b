#include "adapters/http/pace.hpp"

#include <boost/asio/post.hpp>

#include "adapters/http/send_queue.hpp"

namespace costage::http {

void Pace::write_now(std::shared_ptr<SendQueue> queue) {
  if (stopped_) return;
  now_.push_back(std::move(queue));
  start_slice();
}

void Pace::write_later(std::shared_ptr<SendQueue> queue) {
  if (!stopped_) later_.push_back(std::move(queue));
}

void Pace::stop() {
  stopped_ = true;
  now_.clear();
  later_.clear();
}

void Pace::start_slice() {
  if (std::exchange(slice_comes_, true)) return;
  boost::asio::post(loop_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->write_slice();
  });
}

void Pace::write_slice() {
  slice_comes_ = false;
  for (std::size_t i = 0; i < kSlice && !now_.empty(); ++i) {
    const auto queue = std::move(now_.front());
    now_.pop_front();
    queue->flush();
  }
  if (!now_.empty()) start_slice();
}

// Whoever was written to in this tick is idle from the next on, unless something more waits.
void Pace::note_written() {
  if (std::exchange(ticking_, true)) return;
  timer_.expires_after(kTick);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (!error && self) self->on_tick();
  });
}

void Pace::on_tick() {
  if (++tick_ == 0) ++tick_;
  ticking_ = false;
  for (auto& queue : later_) now_.push_back(std::move(queue));
  later_.clear();
  if (!now_.empty()) start_slice();
}

}  // namespace costage::http
