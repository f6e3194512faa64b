#include "app/users.hpp"

#include <utility>

#include "app/context.hpp"
#include "base/text.hpp"
#include "domain/limits.hpp"
#include "domain/permission.hpp"

namespace costage::app {
namespace {

using namespace domain;

std::optional<Refusal> bad_user(const User& user) {
  if (auto bad = bad_user_id(user.id, "userId")) return bad;
  if (user.name.empty() || characters(user.name) > limits::kUserName)
    return Refusal::invalid("name", "It must have 1 to " + std::to_string(limits::kUserName) + " characters.");
  return {};
}

}  // namespace

void Users::seen(const Caller& caller) {
  if (caller.admin || caller.guest_of) return;
  const auto known = seen_.find(caller.user);
  if (known != seen_.end() && known->second == caller.name) return;
  if (seen_.size() >= kMaxSeen) seen_.clear();
  const User user{caller.user, caller.name};
  const bool taken = in_.work.storage().submit(
      [user](Transaction& tx) {
        tx.users().put(user);
        return true;
      },
      [this, id = user.id](Commit commit) {
        if (commit != Commit::done) seen_.erase(id);
      });
  if (taken) seen_[user.id] = user.name;
}

void Users::put(const Caller& caller, const User& user, const MaybeIdempotency& once, Done<User> done) {
  if (!permitted(caller, Action::put_user)) return done(refuse(Code::not_permitted));
  if (auto bad = bad_user(user)) return done(refuse(*bad));
  auto answer = std::make_shared<domain::Answer<User>>(user);
  auto shared_done = std::make_shared<Done<User>>(std::move(done));
  const bool taken = in_.work.storage().submit(
      [user, once, caller, answer, at = in_.work.now()](Transaction& tx) {
        if (const auto before = made_before(tx, caller.user, once, at)) {
          if (!*before) *answer = refuse(before->error());
          return false;
        }
        tx.users().put(user);
        if (once) tx.answers().put({caller.user, once->key, once->request, at, Made{{}, user.id.value(), true}});
        return true;
      },
      [this, id = user.id, answer, shared_done](Commit commit) {
        seen_.erase(id);
        (*shared_done)(commit == Commit::done ? std::move(*answer) : refuse(code_for(commit)));
      });
  if (!taken) (*shared_done)(refuse(Code::unavailable));
}

}  // namespace costage::app
