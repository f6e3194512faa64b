// A room: who is there, who speaks, how well they are connected.
#pragma once

#include <vector>

#include "base/media.hpp"
#include "sfu/context.hpp"
#include "sfu/peer.hpp"

namespace costage::sfu {

class Room {
 public:
  explicit Room(media::RoomSid sid) : sid_(std::move(sid)) {}

  void add(Peer* peer) { peers_.push_back(peer); }
  void remove(const Peer* peer) { std::erase(peers_, peer); }
  [[nodiscard]] const std::vector<Peer*>& peers() const { return peers_; }
  [[nodiscard]] bool empty() const { return peers_.empty(); }

  // Closes the window of 400 ms and tells whose state changed.
  void measure_speakers(Context& context);
  static void measure_quality(Context& context, Peer& peer);
  static void measure_demand(Context& context, Peer& peer, Instant now);

 private:
  media::RoomSid sid_;
  std::vector<Peer*> peers_;
};

}  // namespace costage::sfu
