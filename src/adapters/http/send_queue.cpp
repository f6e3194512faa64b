#include "adapters/http/send_queue.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>

namespace costage::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kGathered = 64;  // parts of one write
// The kernel takes no more while so much has not gone out: without it, it would keep megabytes of who does not read.
constexpr int kUnsent = 64 * 1024;

// A list of parts for sendmsg, as many as fit.
class Parts {
 public:
  bool add(const void* data, std::size_t size) {
    if (count_ == kGathered) return false;
    parts_[count_++] = {const_cast<void*>(data), size};
    return true;
  }
  // The first `size` bytes of all are left out.
  void skip(std::size_t size) {
    for (std::size_t i = 0; i < count_ && size > 0; ++i) {
      const std::size_t left_out = std::min(size, parts_[i].iov_len);
      parts_[i].iov_base = static_cast<char*>(parts_[i].iov_base) + left_out;
      parts_[i].iov_len -= left_out;
      size -= left_out;
    }
  }
  [[nodiscard]] ssize_t send(int file) {
    msghdr message{};
    message.msg_iov = parts_.data();
    message.msg_iovlen = count_;
    return ::sendmsg(file, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  }

 private:
  std::array<iovec, kGathered> parts_;
  std::size_t count_ = 0;
};

}  // namespace

SendQueue::SendQueue(std::shared_ptr<Pace> pace, Socket socket) : pace_(std::move(pace)), socket_(std::move(socket)) {
  ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsent, sizeof kUnsent);
}

void SendQueue::push(const SharedFrame& frame, Urgency urgency) {
  if (failed_) return settle(frame);
  entries_.push_back(frame);
  schedule(urgency == Urgency::paced && tick_ == pace_->tick() ? Due::later : Due::now);
}

void SendQueue::settle(const SharedFrame& frame) {
  if (frame) settled_.add(cost(*frame));
}

void SendQueue::schedule(Due due) {
  if (blocked_ || due <= due_) return;
  due_ = due;
  due == Due::now ? pace_->write_now(shared_from_this()) : pace_->write_later(shared_from_this());
}

void SendQueue::write(Buffers buffers, Written written) {
  if (failed_) return written(asio::error::broken_pipe, 0);
  buffers_ = std::move(buffers);
  written_ = std::move(written);
  entries_.push_back(nullptr);
  flush();
}

void SendQueue::flush() {
  due_ = Due::not_yet;
  if (blocked_ || failed_ || first_ == entries_.size()) return;
  tick_ = pace_->tick();
  pace_->note_written();
  while (write_some()) {
  }
}

// False: nothing is left, or it cannot go on now.
bool SendQueue::write_some() {
  Parts parts;
  for (std::size_t i = first_; i < entries_.size(); ++i) {
    if (entries_[i]) {
      if (!parts.add(entries_[i]->bytes().data(), entries_[i]->bytes().size())) break;
    } else if (!std::ranges::all_of(buffers_, [&](const auto& part) { return parts.add(part.data(), part.size()); })) {
      break;
    }
  }
  parts.skip(sent_);
  const ssize_t size = parts.send(socket_.native_handle());
  if (size < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return wait_until_writable(), false;
    return fail({errno, boost::system::system_category()}), false;
  }
  on_sent(static_cast<std::size_t>(size));
  return first_ < entries_.size();
}

void SendQueue::on_sent(std::size_t size) {
  for (sent_ += size; first_ < entries_.size() && sent_ >= size_of_front();) {
    sent_ -= size_of_front();
    pop_front();
  }
  if (first_ == entries_.size()) on_empty();
}

std::size_t SendQueue::size_of_front() const {
  return entries_[first_] ? entries_[first_]->bytes().size() : asio::buffer_size(buffers_);
}

void SendQueue::pop_front() {
  if (const SharedFrame frame = std::move(entries_[first_++])) return settle(frame);
  const std::size_t size = asio::buffer_size(buffers_);
  std::exchange(written_, nullptr)({}, size);
}

void SendQueue::when_empty(std::function<void()> call) {
  if (failed_) return;
  when_empty_ = std::move(call);
  if (entries_.empty()) on_empty();
}

void SendQueue::on_empty() {
  first_ = 0;
  entries_.clear();
  if (entries_.capacity() > kKeptCapacity) entries_ = {};
  if (when_empty_) asio::post(socket_.get_executor(), std::exchange(when_empty_, nullptr));
}

void SendQueue::wait_until_writable() {
  // What was sent goes now: a blocked queue is the one that may be long.
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(std::exchange(first_, 0)));
  blocked_ = true;
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
    self->blocked_ = false;
    if (error)
      self->fail(error);
    else
      self->flush();
  });
}

// The end of the connection is told by whoever reads from it.
void SendQueue::fail(error_code error) {
  if (std::exchange(failed_, true)) return;
  for (const SharedFrame& frame : std::exchange(entries_, {})) settle(frame);
  first_ = 0;
  when_empty_ = nullptr;
  if (const Written written = std::exchange(written_, nullptr)) written(error, 0);
}

// A frame that was begun has to be ended, and Beast waits for what is its own.
void SendQueue::forget() {
  const std::size_t begun = first_ + (sent_ > 0 ? 1 : 0);
  const auto dropped = std::remove_if(entries_.begin() + static_cast<std::ptrdiff_t>(begun), entries_.end(),
                                      [this](const SharedFrame& frame) {
                                        settle(frame);
                                        return frame != nullptr;
                                      });
  entries_.erase(dropped, entries_.end());
}

void SendQueue::close() {
  error_code ignored;
  socket_.close(ignored);
  fail(asio::error::operation_aborted);
}

}  // namespace costage::http
