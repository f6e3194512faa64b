// Who listens at one node, as realtime::Hub keeps them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/app.hpp"

namespace costage::sim {

// Of one topic of one connection, for events of one kind of stream.
template <class Event>
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void hear(const Event& event) = 0;
  // Was banned: hears nothing more.
  virtual void turn_out() = 0;
  [[nodiscard]] virtual const app::Caller& caller() const = 0;
};

// In the order of their numbers.
template <class Event>
class Listeners {
 public:
  using Member = std::shared_ptr<Listener<Event>>;

  void add(const domain::RoomId& room, std::uint64_t number, Member one) { by_room_[room][number] = std::move(one); }
  // True: it was the last one.
  bool remove(const domain::RoomId& room, std::uint64_t number) {
    const auto at = by_room_.find(room);
    if (at == by_room_.end() || at->second.erase(number) == 0 || !at->second.empty()) return false;
    by_room_.erase(at);
    return true;
  }
  [[nodiscard]] std::vector<Member> of(const domain::RoomId& room) const {
    std::vector<Member> out;
    if (const auto at = by_room_.find(room); at != by_room_.end())
      for (const auto& [number, one] : at->second) out.push_back(one);
    return out;
  }

 private:
  std::map<domain::RoomId, std::map<std::uint64_t, Member>> by_room_;
};

struct Hub {
  void publish(const app::Committed& committed) {
    const domain::RoomId& room = committed.state.room.id;
    for (const domain::Event& event : committed.events) {
      for (const auto& one : rooms.of(room)) one->hear(event);
      if (event.type == domain::EventType::moderation_banned)
        turn_out(room, std::get<domain::ModerationChange>(event.data).standing.user);
    }
  }
  void publish(const app::ChatCommitted& committed) {
    for (const domain::ChatEvent& event : committed.events)
      for (const auto& one : chats.of(committed.chat.room)) one->hear(event);
  }

  Listeners<domain::Event> rooms;
  Listeners<domain::ChatEvent> chats;

 private:
  void turn_out(const domain::RoomId& room, const domain::UserId& user) {
    for (const auto& one : rooms.of(room))
      if (one->caller().user == user) one->turn_out();
    for (const auto& one : chats.of(room))
      if (one->caller().user == user) one->turn_out();
  }
};

}  // namespace costage::sim
