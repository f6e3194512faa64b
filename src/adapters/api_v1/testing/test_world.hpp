// For tests of the API: the use cases over storage in memory, behind a real server on loopback, all on the test's loop.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>

#include "adapters/api_v1/api.hpp"
#include "adapters/http/test_client.hpp"
#include "adapters/storage/memory/memory_database.hpp"
#include "app/app.hpp"

namespace costage::api_v1 {

class TestMedia final : public app::MediaServer {
 public:
  std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime) override {
    return app::MediaCredentials{"ws://media", Secret{"for " + grant.identity.value()}};
  }
  using Done = app::MediaDone;
  void set_publish_right(const app::MediaGrant&, Done done) override { done(app::MediaOutcome::done); }
  void remove(const domain::RoomId&, const app::Identity&, WallTime, Done done) override {
    done(app::MediaOutcome::done);
  }
  void mute(const domain::RoomId&, const app::Identity&, const domain::TrackSources&, Done done) override {
    done(app::MediaOutcome::done);
  }
  void close_room(const domain::RoomId&, Done done) override { done(app::MediaOutcome::done); }
};

// Storage in memory that works by itself, one turn of the loop later.
class LoopStorage final : public app::Storage {
 public:
  explicit LoopStorage(boost::asio::io_context& loop) : loop_(loop) {}
  [[nodiscard]] bool submit(Work work, Done done) override {
    if (!memory_.submit(std::move(work), std::move(done))) return false;
    boost::asio::post(loop_, [this] { memory_.run(); });
    return true;
  }
  [[nodiscard]] std::optional<std::string> trouble() const override { return memory_.trouble(); }
  void fail_commits(bool fail) { memory_.database.fail_commits = fail; }

 private:
  boost::asio::io_context& loop_;
  storage::MemoryStorage memory_;
};

class TestWorld : public testing::Test {
 protected:
  TestWorld() {
    api_.mount(server_);
    server_.set_error_body([](unsigned status, std::string_view sentence) { return problem(status, sentence); });
    port_ = server_.listen("127.0.0.1", 0).value();
  }

  static Settings settings() {
    Settings settings;
    settings.keys = {{"app", Secret{"a-secret-of-at-least-32-characters"}}};
    settings.signing_key = "app";
    settings.version = "0.1.0";
    settings.dev = true;
    settings.writes_per_minute = 20;
    return settings;
  }
  [[nodiscard]] std::string token(const std::string& user, bool admin = false,
                                  std::chrono::seconds life = std::chrono::hours{1}) const {
    const auth::User who{user, user == "hanna" ? "Hanna" : user, admin, clock_.time + life};
    return *auth::sign_user(who, "app", settings().keys.at("app"));
  }
  [[nodiscard]] http::TestClient::Headers as(const std::string& user, bool admin = false) const {
    return {{"Authorization", "Bearer " + token(user, admin)}};
  }
  // Runs the loop until the part is over.
  void run(std::function<boost::asio::awaitable<void>()> part) {
    boost::asio::co_spawn(
        loop_,
        [this, part]() -> boost::asio::awaitable<void> {
          co_await part();
          server_.stop([this] { loop_.stop(); });
        },
        [](std::exception_ptr error) {
          if (error) std::rethrow_exception(error);
        });
    loop_.run_for(std::chrono::seconds{20});
    ASSERT_TRUE(loop_.stopped()) << "the test did not come to its end";
  }
  struct Answer {
    unsigned status = 0;
    json::value body;
    http::TestClient::Answer raw;

    [[nodiscard]] std::string text(std::string_view name) const {
      const auto* value = body.as_object().if_contains(name);
      return value && value->is_string() ? std::string{value->as_string()} : "";
    }
  };
  boost::asio::awaitable<Answer> ask(std::string method, std::string target, std::string body,
                                     http::TestClient::Headers headers) {
    http::TestClient client{loop_, port_};
    Answer answer;
    answer.raw = co_await client.request(method, target, body, headers);
    answer.status = answer.raw.status;
    boost::system::error_code ignored;
    answer.body = json::parse(answer.raw.body, ignored);
    if (!answer.body.is_object()) answer.body = json::object{};
    co_return answer;
  }

  boost::asio::io_context loop_{1};
  VirtualClock clock_;
  TestMedia media_;
  SeededRng rng_{7};
  LoopStorage storage_{loop_};
  app::App app_{storage_, media_, clock_, rng_};
  Api api_{app_, clock_, rng_, settings()};
  http::Server server_{loop_};
  std::uint16_t port_ = 0;
};

}  // namespace costage::api_v1
