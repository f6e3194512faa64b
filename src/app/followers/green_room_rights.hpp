// Who is taken off the stage, or whose place is taken back, is no longer in the green room; it is closed with the show.
#pragma once

#include "app/followers/follower.hpp"
#include "app/rooms_here.hpp"

namespace costage::app {

class GreenRoomRights final : public Follower {
 public:
  GreenRoomRights(MediaServer& media, const RoomsHere& here) : media_(media), here_(here) {}

  [[nodiscard]] std::string_view name() const override { return "green_room_rights"; }
  void follow(const domain::RoomId& room, const domain::Event& event, std::function<void(bool)> done) override;

 private:
  MediaServer& media_;
  const RoomsHere& here_;
};

}  // namespace costage::app
