// The two kinds of streams that a client can listen to: what realtime::Connection does with each.
#pragma once

#include <string>

#include "app/app.hpp"
#include "hub.hpp"
#include "ledger.hpp"

namespace costage::sim {

struct OfRoom {
  static constexpr const char* kKind = "of the show";
  using Event = domain::Event;
  using Page = app::EventPage;
  using Snapshot = app::RoomSnapshot;
  using State = domain::Stage;  // that a client keeps of it
  static std::string topic(const domain::RoomId& room) { return "room/" + room.value(); }
  static Listeners<Event>& listeners(Hub& hub) { return hub.rooms; }
  static void snapshot(app::App& app, const app::Caller& caller, const domain::RoomId& room, app::Done<Snapshot> done) {
    app.history().snapshot(caller, room, std::move(done));
  }
  static void events(app::App& app, const app::Caller& caller, const domain::RoomId& room, std::uint64_t from,
                     std::size_t limit, app::Done<Page> done) {
    app.history().events(caller, room, from, limit, std::move(done));
  }
  static std::uint64_t seq(const Snapshot& snapshot) { return snapshot.seq; }
  static State state(const Snapshot& snapshot) { return snapshot.stage; }
  static void apply(State& state, const Event& event) { domain::apply(state, event); }
  static void watch(app::App& app, const app::Caller& caller, const domain::RoomId& room, const std::string& id) {
    app.watching().start(caller, room, id);
  }
  static void unwatch(app::App& app, const domain::RoomId& room, const std::string& id) {
    app.watching().stop(room, id);
  }
  static const domain::Events* history(const Ledger& ledger, const domain::RoomId& room) {
    const auto at = ledger.rooms().find(room);
    return at == ledger.rooms().end() ? nullptr : &at->second.events;
  }
  static State state(const Ledger& ledger, const domain::RoomId& room) { return ledger.rooms().at(room).state.stage; }
};

struct OfChat {
  static constexpr const char* kKind = "of the chat";
  using Event = domain::ChatEvent;
  using Page = app::ChatEventPage;
  using Snapshot = app::ChatSnapshot;
  using State = domain::ChatPin;
  static std::string topic(const domain::RoomId& room) { return "chat/" + room.value(); }
  static Listeners<Event>& listeners(Hub& hub) { return hub.chats; }
  static void snapshot(app::App& app, const app::Caller& caller, const domain::RoomId& room, app::Done<Snapshot> done) {
    app.chats().snapshot(caller, room, std::move(done));
  }
  static void events(app::App& app, const app::Caller& caller, const domain::RoomId& room, std::uint64_t from,
                     std::size_t limit, app::Done<Page> done) {
    app.chats().events(caller, room, from, limit, std::move(done));
  }
  static std::uint64_t seq(const Snapshot& snapshot) { return snapshot.chat.seq; }
  static State state(const Snapshot& snapshot) { return snapshot.chat.pin; }
  static void apply(State&, const Event&) {}
  static void watch(app::App&, const app::Caller&, const domain::RoomId&, const std::string&) {}
  static void unwatch(app::App&, const domain::RoomId&, const std::string&) {}
  static const domain::ChatEvents* history(const Ledger& ledger, const domain::RoomId& room) {
    const auto at = ledger.chats().find(room);
    return at == ledger.chats().end() ? nullptr : &at->second.events;
  }
  static State state(const Ledger&, const domain::RoomId&) { return {}; }
};

}  // namespace costage::sim
