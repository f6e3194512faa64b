// People who act by chance: each request goes to some node, each client listens to shows and their chats.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reader.hpp"
#include "requests.hpp"

namespace costage::sim {

class People {
 public:
  People(World& world, Installation& all, Nodes& nodes);

  // They act until it is calm.
  void begin();
  void check_end() const;
  [[nodiscard]] Requests& requests() { return requests_; }
  [[nodiscard]] std::uint64_t events_heard() const;

 private:
  using Promise = std::pair<domain::EventType, std::string>;

  void act();
  void listen();

  // ---- shows ----
  void create_room();
  void stop_room();
  void take_seat();
  void host_takes_seat();
  void leave();
  void remove();
  void ban();
  void unban();
  void change_limit();
  // ---- invitations and requests ----
  void invite();
  void answer_invitation();
  void accept_twice();
  void cancel();
  void call();
  void ask();
  void withdraw();
  void decline();
  // ---- chat ----
  void say();
  // ---- media ----
  void connect();
  void join(const app::MediaGrant& token);
  void admitted(const app::MediaGrant& token);
  void switch_devices();
  void hang_up();

  // `verb` is given the App and how to answer.
  template <class T, class Verb>
  void send(std::string what, const app::Caller& by, Verb verb, std::function<std::string(const T&)> made,
            std::function<Promise(const T&)> promise);
  void answer(const app::Caller& by, const domain::Invitation& invitation, bool yes);
  void open_seat(const app::Caller& who, const domain::RoomId& room);
  void remember(const app::MediaGrant& token) { tokens_.push_back(token); }

  const app::Caller& somebody() { return world_.any(callers_); }
  const app::Caller& caller(const domain::UserId& user) const;
  [[nodiscard]] const domain::RoomState* any_room();
  [[nodiscard]] app::Caller host_of(const domain::RoomState& room);
  [[nodiscard]] const domain::Invitation* any_invitation(domain::InvitationStatus status);
  [[nodiscard]] const domain::StageRequest* any_request();

  World& world_;
  Installation& all_;
  Nodes& nodes_;
  const Ledger& ledger_;
  Requests requests_;
  std::vector<app::Caller> callers_;
  std::vector<app::MediaGrant> tokens_;
  std::vector<domain::RoomId> listened_to_;
  std::vector<std::shared_ptr<Reader<OfRoom>>> room_readers_;
  std::vector<std::shared_ptr<Reader<OfChat>>> chat_readers_;
  int said_ = 0, shows_ = 0;
};

template <class T, class Verb>
void People::send(std::string what, const app::Caller& by, Verb verb, std::function<std::string(const T&)> made,
                  std::function<Promise(const T&)> promise) {
  const auto start = [this, by, verb, made, promise](app::App& app, const app::MaybeIdempotency& once,
                                                     std::function<void(const Outcome&)> done) {
    verb(app, by, once, app::Done<T>([this, made, promise, done](const domain::Answer<T>& answer) {
           if (!answer) return done({answer.error().code, {}});
           done({{}, made(*answer), [this, promised = promise(*answer)] {
                   return ledger_.happened(promised.first, promised.second);
                 }});
         }));
  };
  requests_.send({std::move(what), by, start});
}

}  // namespace costage::sim
