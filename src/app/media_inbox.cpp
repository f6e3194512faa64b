#include "app/media_inbox.hpp"

#include <algorithm>

namespace costage::app {

using namespace domain;

// Of two of a kind the later one says how it is now.
void MediaInbox::put(const MediaCommand& reported) {
  const Person person{reported.room, reported.user};
  auto& waiting = waiting_[person];
  const auto same_kind = [&](const StageCommand& one) { return one.index() == reported.command.index(); };
  if (!waiting.empty()) waiting.erase(std::remove_if(waiting.begin() + 1, waiting.end(), same_kind), waiting.end());
  waiting.push_back(reported.command);
  if (waiting.size() == 1) carry_out_first(person);
}

void MediaInbox::carry_out_first(const Person& person) {
  work_.command(person.first, waiting_.at(person).front(),
                [this, person](Commit commit) { carried_out(person, commit); });
}

void MediaInbox::carried_out(const Person& person, Commit commit) {
  if (commit == Commit::failed || commit == Commit::lost_race) {
    retries_.insert({work_.now() + kRetryAfter, person});
    return wake_changed_();
  }
  const auto at = waiting_.find(person);
  at->second.pop_front();
  if (at->second.empty())
    waiting_.erase(at);
  else
    carry_out_first(person);
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
