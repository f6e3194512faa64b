// Rights at the media server begin and end with the lease (D13).
#pragma once

#include "app/followers/follower.hpp"
#include "app/rooms_here.hpp"

namespace costage::app {

class MediaRights final : public Follower {
 public:
  MediaRights(MediaServer& media, const RoomsHere& here) : media_(media), here_(here) {}

  [[nodiscard]] std::string_view name() const override { return "media_rights"; }
  void follow(const domain::RoomId& room, const domain::Event& event, std::function<void(bool)> done) override;

 private:
  MediaServer& media_;
  const RoomsHere& here_;
};

// What the media server is told of somebody with a seat.
MediaGrant grant_for(const domain::RoomId& room, const std::string& region, const domain::Seat& seat);

}  // namespace costage::app
