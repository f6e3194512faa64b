#include "app/users.hpp"

#include "app/use_cases_test.hpp"

namespace costage::app {
namespace {

class UsersTest : public UseCases {
 protected:
  domain::Answer<User> put(const std::string& id, const std::string& name, const MaybeIdempotency& once = {}) {
    return ask<User>([&](auto done) { app.users().put(kAdmin, {UserId{id}, name}, once, done); });
  }
  std::string name_of(const std::string& id) {
    const auto user = storage.database.users().find(UserId{id});
    return user ? user->name : "";
  }
};

TEST_F(UsersTest, AreKnownByWhatTheyComeWith) {
  app.users().seen({UserId{"ann"}, "Ann"});
  storage.run();
  EXPECT_EQ(name_of("ann"), "Ann");
  app.users().seen({UserId{"ann"}, "Ann B."});
  storage.run();
  EXPECT_EQ(name_of("ann"), "Ann B.");
  Caller guest{UserId{"guest-1"}, "Guest"};
  guest.guest_of = RoomId{"room"};
  app.users().seen(guest);
  app.users().seen(kAdmin);
  storage.run();
  EXPECT_EQ(name_of("guest-1") + name_of("backend"), "") << "guests come and go, and a server is nobody";
}

TEST_F(UsersTest, AreWrittenAgainWhenThatFailed) {
  storage.full = true;
  app.users().seen({UserId{"ann"}, "Ann"});
  storage.full = false;
  storage.database.fail_commits = true;
  app.users().seen({UserId{"ann"}, "Ann"});
  storage.run();
  storage.database.fail_commits = false;
  app.users().seen({UserId{"ann"}, "Ann"});
  storage.run();
  EXPECT_EQ(name_of("ann"), "Ann");
}

TEST_F(UsersTest, ArePutByTheApplication) {
  const Idempotency key{"k", "digest"}, reused{"k", "another digest"};
  EXPECT_EQ(refusal(put("ann", "Ann", key)), "");
  EXPECT_EQ(put("ann", "Ann", key)->name, "Ann");
  EXPECT_EQ(refusal(put("ann", "Anna", reused)), "idempotency_conflict");
  EXPECT_EQ(name_of("ann"), "Ann");
  EXPECT_EQ(refusal(put("two\nlines", "Ann")), "invalid_request");
  EXPECT_EQ(refusal(put("ann", "")), "invalid_request");
  EXPECT_EQ(refusal(put("ann", std::string(101, 'x'))), "invalid_request");
  storage.full = true;
  EXPECT_EQ(refusal(put("bob", "Bob")), "unavailable");
  storage.full = false;
  storage.database.fail_commits = true;
  EXPECT_EQ(refusal(put("bob", "Bob")), "unavailable");
}

TEST_F(UsersTest, RevocationsAreKept) {
  const Revocation revocation{RoomId{"show"}, Identity{"ann"}, clock.time};
  std::optional<bool> recorded;
  const auto record = [&] {
    app.revocations().record(revocation, [&](bool ok) { recorded = ok; });
    storage.run();
    return recorded;
  };
  std::vector<Revocation> loaded;
  std::optional<bool> read;
  const auto load = [&] {
    app.revocations().load([&](bool ok, std::vector<Revocation> all) {
      read = ok;
      loaded = std::move(all);
    });
    storage.run();
    return read;
  };
  EXPECT_EQ(record(), true);
  EXPECT_EQ(load(), true);
  EXPECT_EQ(loaded, (std::vector{revocation}));
  storage.full = true;
  EXPECT_EQ(record(), false);
  EXPECT_EQ(load(), false);
}

}  // namespace
}  // namespace costage::app
