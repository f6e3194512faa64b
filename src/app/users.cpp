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
  const bool taken = in_.work.storage().submit_in(
      user.id.value(),
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
  const auto change = [user](Transaction& tx) -> std::optional<Refusal> {
    tx.users().put(user);
    return {};
  };
  const auto forget = [this, id = user.id, done = std::move(done)](domain::Answer<User> answer) {
    seen_.erase(id);
    done(std::move(answer));
  };
  in_.work.note<User>({caller, once, Made{{}, user.id.value(), true}, user, change}, forget);
}

// Behind seen(): whoever has an answer is known to others.
void Users::me(const Caller& caller, Done<User> done) {
  in_.work.read_in<User>(
      caller.user.value(),
      [caller](Transaction& tx) -> domain::Answer<User> {
        return tx.users().find(caller.user).value_or(User{caller.user, caller.name});
      },
      std::move(done));
}

void Users::take_invitations(const Caller& caller, bool on, const MaybeIdempotency& once, Done<User> done) {
  if (!permitted(caller, Action::update_me, Relation::own)) return done(refuse(Code::not_permitted));
  const User me{caller.user, caller.name, on};
  const auto change = [me](Transaction& tx) -> std::optional<Refusal> {
    tx.users().put(me);
    tx.users().set_takes_invitations(me.id, me.takes_invitations);
    return {};
  };
  in_.work.note<User>({caller, once, Made{{}, me.id.value()}, me, change}, std::move(done));
}

}  // namespace costage::app
