#include "app/media_inbox.hpp"

#include <algorithm>

namespace costage::app {

using namespace domain;

// Of two of a kind the later one says how it is now. A seat is known here before its token is given out.
void MediaInbox::put(const MediaCommand& reported) {
  const Person person{reported.room, reported.user};
  const auto lease = lease_of(person);
  if (!lease) return;
  auto& waiting = waiting_[person];
  const auto same_kind = [&](const Report& one) { return one.command.index() == reported.command.index(); };
  if (!waiting.empty()) waiting.erase(std::remove_if(waiting.begin() + 1, waiting.end(), same_kind), waiting.end());
  waiting.push_back({*lease, reported.command});
  if (waiting.size() == 1) carry_out_first(person);
}

std::optional<LeaseId> MediaInbox::lease_of(const Person& person) const {
  const Stage* stage = here_.stage_of(person.first);
  const Seat* seat = stage == nullptr ? nullptr : stage->find(person.second);
  if (seat == nullptr) return {};
  return seat->lease;
}

void MediaInbox::carry_out_first(const Person& person) {
  const Report& report = waiting_.at(person).front();
  if (report.lease != lease_of(person)) return drop_first(person);
  const auto counts = [&cluster = cluster_](const RoomState& state) { return cluster.carries(state.room); };
  work_.command_if(counts, person.first, report.command,
                   [this, person](Commit commit) { carried_out(person, commit); });
}

void MediaInbox::carried_out(const Person& person, Commit commit) {
  if (commit != Commit::failed && commit != Commit::lost_race) return drop_first(person);
  retries_.insert({work_.now() + kRetryAfter, person});
  wake_changed_();
}

void MediaInbox::drop_first(const Person& person) {
  const auto at = waiting_.find(person);
  at->second.pop_front();
  if (!at->second.empty()) return carry_out_first(person);
  waiting_.erase(at);
}

void MediaInbox::on_time(WallTime now) {
  while (!retries_.empty() && retries_.begin()->first <= now)
    carry_out_first(retries_.extract(retries_.begin()).value().second);
}

std::optional<WallTime> MediaInbox::next_wake() const {
  if (retries_.empty()) return {};
  return retries_.begin()->first;
}

}  // namespace costage::app
