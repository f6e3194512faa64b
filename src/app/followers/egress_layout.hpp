// A recording shows the stage as the show does.
#pragma once

#include "app/followers/follower.hpp"
#include "app/ports/media_server.hpp"
#include "app/rooms_here.hpp"

namespace costage::app {

class EgressLayout final : public Follower {
 public:
  EgressLayout(MediaServer& media, const RoomsHere& here) : media_(media), here_(here) {}

  [[nodiscard]] std::string_view name() const override { return "egress_layout"; }
  void follow(const domain::RoomId& room, const domain::Event& event, std::function<void(bool)> done) override;

 private:
  MediaServer& media_;
  const RoomsHere& here_;
};

}  // namespace costage::app
