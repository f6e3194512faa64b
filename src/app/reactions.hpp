// Hearts and the like that float over the stage: not history. However many people press, a room hears of them four
// times a second, and only their totals are kept.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/ports/storage.hpp"
#include "app/request.hpp"
#include "base/rate_limiter.hpp"

namespace costage::app {

struct Context;

enum class ReactionKind { heart, applause, laugh, wow, fire, celebrate };
inline constexpr std::size_t kReactionKinds = 6;
std::string_view name(ReactionKind kind);
std::optional<ReactionKind> reaction_kind_from(std::string_view name);

// How many of each kind, in the order of ReactionKind.
using ReactionCounts = std::array<std::uint64_t, kReactionKinds>;
ReactionTotals totals_of(const ReactionCounts& counts);  // those that are not zero

class Reactions {
 public:
  static constexpr std::chrono::milliseconds kTold{250};
  static constexpr std::chrono::seconds kWritten{5};
  static constexpr unsigned kPerMinute = 600;  // of one person: ten a second
  static constexpr std::uint64_t kAtOnce = 20;
  static constexpr std::size_t kRooms = 10'000;  // with something to tell or to write, about 200 bytes each: 2 MB

  using Listener = std::function<void(const domain::RoomId&, const ReactionCounts&)>;

  explicit Reactions(const Context& context) : in_(context) {}

  // Whoever may not, and what is too much, is left out without a word.
  void press(const Caller& caller, const domain::RoomId& room, ReactionKind kind, std::uint64_t count);
  void on_burst(Listener listener) { listener_ = std::move(listener); }
  // What was pressed on this node, for the others; they show it and do not count it again.
  void on_told(Listener listener) { told_ = std::move(listener); }
  void show(const domain::RoomId& room, const ReactionCounts& counts) { listener_(room, counts); }
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;
  void on_stop() { write(); }
  // With those that are not written yet.
  [[nodiscard]] ReactionTotals with_newest(const domain::RoomId& room, const ReactionTotals& written) const;

 private:
  [[nodiscard]] ReactionCounts unwritten(const domain::RoomId& room) const;
  void tell();
  void write();

  const Context& in_;
  Listener listener_ = [](const domain::RoomId&, const ReactionCounts&) {};
  Listener told_ = [](const domain::RoomId&, const ReactionCounts&) {};
  RateLimiter limiter_{kPerMinute};
  std::map<domain::RoomId, ReactionCounts> untold_, unwritten_;
  std::optional<WallTime> tell_at_, write_at_;
};

}  // namespace costage::app
