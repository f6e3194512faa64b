#include "app/reactions.hpp"

#include <algorithm>
#include <utility>

#include "app/context.hpp"
#include "domain/names.hpp"

namespace costage::app {
namespace {

using namespace domain;

constexpr std::array<Named<ReactionKind>, kReactionKinds> kKinds{{{ReactionKind::heart, "heart"},
                                                                  {ReactionKind::applause, "applause"},
                                                                  {ReactionKind::laugh, "laugh"},
                                                                  {ReactionKind::wow, "wow"},
                                                                  {ReactionKind::fire, "fire"},
                                                                  {ReactionKind::celebrate, "celebrate"}}};

}  // namespace

std::string_view name(ReactionKind kind) { return name_in(kKinds, kind); }
std::optional<ReactionKind> reaction_kind_from(std::string_view name) { return value_in(kKinds, name); }

ReactionTotals totals_of(const ReactionCounts& counts) {
  ReactionTotals out;
  for (const auto& [kind, kind_name] : kKinds)
    if (const auto count = counts[static_cast<std::size_t>(kind)]; count > 0) out.emplace_back(kind_name, count);
  return out;
}

void Reactions::press(const Caller& caller, const RoomId& room, ReactionKind kind, std::uint64_t count) {
  const WallTime now = in_.work.now();
  if (!in_.here.may_react(room, caller, now)) return;
  if (!untold_.contains(room) && std::max(untold_.size(), unwritten_.size()) >= kRooms) return;
  std::uint64_t counted = 0;
  for (std::uint64_t i = 0; i < std::min(count, kAtOnce); ++i)
    if (limiter_.count(caller.user.value(), now).allowed) ++counted;
  if (counted == 0) return;
  untold_[room][static_cast<std::size_t>(kind)] += counted;
  if (!tell_at_) tell_at_ = now + kTold;
}

void Reactions::on_time(WallTime now) {
  if (tell_at_ && *tell_at_ <= now) tell();
  if (write_at_ && *write_at_ <= now) write();
}

void Reactions::tell() {
  tell_at_.reset();
  for (const auto& [room, counts] : std::exchange(untold_, {})) {
    listener_(room, counts);
    told_(room, counts);
    ReactionCounts& kept = unwritten_[room];
    for (std::size_t i = 0; i < kReactionKinds; ++i) kept[i] += counts[i];
  }
  if (!write_at_) write_at_ = in_.work.now() + kWritten;
}

// What cannot be written is tried again with the next.
void Reactions::write() {
  tell();
  write_at_.reset();
  auto written = std::make_shared<std::map<RoomId, ReactionCounts>>(std::exchange(unwritten_, {}));
  if (written->empty()) return;
  const auto add = [written](Transaction& tx) {
    for (const auto& [room, counts] : *written) tx.reactions().add(room, totals_of(counts));
    return true;
  };
  const auto done = [this, written](Commit commit) {
    if (commit == Commit::done) return;
    for (const auto& [room, counts] : *written)
      for (std::size_t i = 0; i < kReactionKinds; ++i) unwritten_[room][i] += counts[i];
    write_at_ = in_.work.now() + kWritten;
  };
  if (!in_.work.storage().submit(add, done)) done(Commit::failed);
}

std::optional<WallTime> Reactions::next_wake() const {
  if (!tell_at_ || !write_at_) return tell_at_ ? tell_at_ : write_at_;
  return std::min(*tell_at_, *write_at_);
}

ReactionTotals Reactions::with_newest(const RoomId& room, const ReactionTotals& written) const {
  ReactionCounts counts = unwritten(room);
  for (const auto& [kind_name, total] : written)
    if (const auto kind = reaction_kind_from(kind_name)) counts[static_cast<std::size_t>(*kind)] += total;
  return totals_of(counts);
}

ReactionCounts Reactions::unwritten(const RoomId& room) const {
  ReactionCounts out{};
  for (const auto* some : {&untold_, &unwritten_})
    if (const auto at = some->find(room); at != some->end())
      for (std::size_t i = 0; i < kReactionKinds; ++i) out[i] += at->second[i];
  return out;
}

}  // namespace costage::app
