// chat_crowd: thousands of WebSockets that read and count, and do nothing else, in a process of their own, so that
// their time is not the server's. bench/chat.mjs drives it, by lines:
//   in   a target per line, then an empty one      out  {"ready":N}
//        "until N"                                      the tally, once so many events have come, or 30 s later
//        "tally"                                        the tally
//        "latencies"                                    [ns, ..]: for each event seen by all, from its stamp "@<ns>@"
//        in
//                                                       CLOCK_MONOTONIC to the last who got it; forgets them
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>
#include <deque>
#include <iostream>
#include <unordered_map>

#include "chat/socket.hpp"

namespace costage::bench {
namespace {

constexpr std::size_t kAtOnce = 64;  // WebSockets that open at a time
constexpr std::chrono::seconds kPatience{30};

std::int64_t nanoseconds() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// How long each stamped event took until the last of all had it.
class LastOfAll final : public EventListener {
 public:
  explicit LastOfAll(const std::deque<CountingSocket>& sockets) : sockets_(sockets) {}
  void on_event(std::string_view text) override {
    const auto at = text.find("\"@");
    if (at == std::string_view::npos) return;
    std::int64_t stamp = 0;
    std::from_chars(text.data() + at + 2, text.data() + text.size(), stamp);
    if (++seen_[stamp] == sockets_.size()) latencies_.push_back(nanoseconds() - stamp);
  }
  std::vector<std::int64_t> take() { return std::exchange(latencies_, {}); }

 private:
  const std::deque<CountingSocket>& sockets_;
  std::unordered_map<std::int64_t, std::size_t> seen_;
  std::vector<std::int64_t> latencies_;
};

class Crowd {
 public:
  Crowd(std::uint16_t port, CountingSocket::Wants wants) : port_(port), wants_(std::move(wants)) {}

  void gather() {
    for (std::string target; std::getline(std::cin, target) && !target.empty();) {
      sockets_.emplace_back(port_, target, wants_, tally_);
      watch(sockets_.back());
      while (sockets_.size() - tally_.ready >= kAtOnce) turn();
    }
    while (tally_.ready < sockets_.size()) turn();
    say("{{\"ready\":{}}}", tally_.ready);
  }

  void obey() {
    epoll_event event{.events = EPOLLIN, .data = {}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    while (!done_) {
      turn();
      if (wanted_ != 0 && (tally_.events >= wanted_ || nanoseconds() > give_up_at_)) {
        wanted_ = 0;
        say_tally();
      }
    }
  }

 private:
  template <class... Args>
  static void say(fmt::format_string<Args...> text, Args&&... args) {
    fmt::print("{}\n", fmt::format(text, std::forward<Args>(args)...));
    std::fflush(stdout);
  }
  void say_tally() const {
    say(R"({{"ready":{},"closed":{},"frames":{},"events":{},"bytes":{}}})", tally_.ready, tally_.closed, tally_.frames,
        tally_.events, tally_.bytes);
  }

  void watch(CountingSocket& socket) const {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &socket}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.file(), &event);
  }

  void turn() {
    constexpr int kEvents = 256, kNapMs = 100;
    std::array<epoll_event, kEvents> events;
    const int count = ::epoll_wait(epoll_, events.data(), kEvents, kNapMs);
    for (int i = 0; i < count; ++i) {
      auto* socket = static_cast<CountingSocket*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!socket)
        take_command();
      else if (!socket->on_readable(&latencies_))
        ::epoll_ctl(epoll_, EPOLL_CTL_DEL, socket->file(), nullptr);
    }
  }

  // The driver waits for each answer, so there is never more than one line.
  void take_command() {
    std::string line;
    if (!std::getline(std::cin, line)) {
      done_ = true;
    } else if (line.starts_with("until ")) {
      wanted_ = std::stoull(line.substr(6));
      give_up_at_ = nanoseconds() + std::chrono::nanoseconds{kPatience}.count();
    } else if (line == "tally") {
      say_tally();
    } else if (line == "latencies") {
      say("[{}]", fmt::join(latencies_.take(), ","));
    }
  }

  std::uint16_t port_;
  CountingSocket::Wants wants_;
  Tally tally_;
  std::deque<CountingSocket> sockets_;
  LastOfAll latencies_{sockets_};
  int epoll_ = ::epoll_create1(0);
  std::uint64_t wanted_ = 0;
  std::int64_t give_up_at_ = 0;
  bool done_ = false;
};

}  // namespace
}  // namespace costage::bench

int main(int argc, char** argv) {
  using namespace costage::bench;
  CLI::App options{"WebSockets that count"};
  std::uint16_t port = 0;
  CountingSocket::Wants wants;
  options.add_option("--port", port)->required();
  options.add_option("--hello", wants.hello);
  options.add_option("--ready", wants.ready);
  CLI11_PARSE(options, argc, argv);
  try {
    Crowd crowd{port, wants};
    crowd.gather();
    crowd.obey();
  } catch (const std::exception& error) {
    fmt::print(stderr, "chat_crowd: {}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
