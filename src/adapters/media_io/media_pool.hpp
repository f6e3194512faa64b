// Several media loops as one: each room lives on one of them, chosen when its first peer appears. Used by the control
// loop's thread only; the loops have their own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/media_io/load_meter.hpp"
#include "adapters/media_io/media_loop.hpp"

namespace costage::media_io {

struct MediaPoolConfig {
  std::string bind = "127.0.0.1";
  std::uint16_t first_port = 0;                 // loop i gets first_port + i; 0: any free ones
  std::optional<std::uint16_t> first_tcp_port;  // in the same way; none: no ICE over TCP
  std::vector<std::string> advertise;
  bool this_machine_only = false;  // as MediaLoopConfig
  std::size_t loops = 1;
  std::function<std::unique_ptr<Rng>()> make_rng;
  // Called on a loop's thread when events are waiting; post a call of take_events() to the control loop.
  std::function<void()> on_events;
};

class MediaPool {
 public:
  static Result<std::unique_ptr<MediaPool>, std::string> start(const MediaPoolConfig& config);

  // False: the loop or its queue is full, or nobody knows the peer or track named (it has gone already).
  bool send(media::Command command);
  // Binds the second room to the loop of the first until it is let apart, though nobody is in it. False: it lives on
  // another, or nobody is in the first.
  bool keep_together(const media::RoomSid& home, const media::RoomSid& other);
  void let_apart(const media::RoomSid& other);
  [[nodiscard]] std::vector<media::Event> take_events();
  // Looks how busy the loops are; call it every LoadMeter::kLookEvery.
  void measure();
  [[nodiscard]] const LoadMeter& load() const { return load_; }
  // Percent of what the loop of this room can do that is free; of a new room: of the loop that has most.
  [[nodiscard]] int headroom(const media::RoomSid& room) const;
  [[nodiscard]] std::vector<MediaLoopStats> stats() const;
  [[nodiscard]] std::vector<std::uint16_t> ports() const;
  void stop();

 private:
  using LoopIndex = std::size_t;
  struct Room {
    LoopIndex loop = 0;
    std::size_t peers = 0;  // and how often it is kept together with others
  };
  struct Peer {
    media::RoomSid room;
    LoopIndex loop = 0;
    std::vector<media::TrackSid> tracks;
  };

  bool add_peer(media::AddPeer command);
  bool remove_peer(media::RemovePeer command);
  bool move_peer(media::MovePeer command);
  bool publish(media::PublishTrack command);
  bool unpublish(media::UnpublishTrack command);
  bool send_data(media::SendData command);
  bool to_loop_of_peer(const media::PeerSid& peer, media::Command command);
  bool to_loop_of_track(const media::TrackSid& track, media::Command command);
  void leave(const media::RoomSid& room);
  [[nodiscard]] LoopIndex emptiest_loop() const;
  void forget_track(const media::PeerSid& peer, const media::TrackSid& track);

  std::vector<std::unique_ptr<MediaLoop>> loops_;
  LoadMeter load_;
  std::vector<std::size_t> peers_on_loop_;
  std::unordered_map<media::RoomSid, Room> rooms_;
  std::unordered_map<media::PeerSid, Peer> peers_;
  std::unordered_map<media::TrackSid, media::PeerSid> tracks_;
};

}  // namespace costage::media_io
