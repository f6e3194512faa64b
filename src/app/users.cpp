#include "app/users.hpp"

#include <utility>

#include "app/core.hpp"
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
  const bool taken = core_.storage.submit(
      [user](Transaction& tx) {
        tx.put_user(user);
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
  auto answer = std::make_shared<domain::Answer<StoredAnswer>>(user);
  auto respond =
      std::make_shared<Done<StoredAnswer>>(answering<User>(std::move(done), [](const User& stored) { return stored; }));
  const bool taken = core_.storage.submit(
      [user, once, caller, answer, at = core_.now()](Transaction& tx) {
        if (auto earlier = earlier_answer(tx, caller.user, once, at)) {
          *answer = std::move(*earlier);
          return false;
        }
        tx.put_user(user);
        if (once) tx.put_answer({caller.user, once->key, once->request, at, user});
        return true;
      },
      [this, id = user.id, answer, respond](Commit commit) {
        seen_.erase(id);
        (*respond)(commit == Commit::done ? std::move(*answer) : refusal_for(commit));
      });
  if (!taken) (*respond)(refuse(Code::unavailable));
}

}  // namespace costage::app
