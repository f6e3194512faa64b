// Where each node has a media server of its own: which of them carries a show. It is written in the room, so that all
// nodes agree; chosen when somebody first needs it, by how much the nodes can still carry; and another one as soon as
// the node that carried it does not live any more.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/nodes.hpp"
#include "app/ports/media_server.hpp"
#include "app/request.hpp"
#include "app/rooms_here.hpp"
#include "app/work/unit_of_work.hpp"

namespace costage::app {

// What becomes of the shows that a node carries when it shall end.
struct DrainPolicy {
  bool moves = true;  // to other nodes: at a quiet moment, or when half of the time is over; otherwise they stay
  std::chrono::seconds within{60};
};

class MediaNodes {
 public:
  // Clients come to the new node before what they had is ended.
  static constexpr std::chrono::seconds kLetGoAfter{3};

  MediaNodes(UnitOfWork& work, const RoomsHere& here, Nodes& nodes, const Cluster& cluster, MediaServer& media)
      : work_(work), here_(here), nodes_(nodes), cluster_(cluster), media_(media) {}

  // Credentials for a room of this show, at the node that carries it; server_full for a viewer who would hurt others.
  void mint(const domain::RoomId& show, const MediaGrant& grant, Done<MediaCredentials> done);
  // Who lives was read again: the leading node moves shows away from where nobody lives.
  void on_nodes();
  // This node takes no more shows; `done` when it carries none any more, or when the time is over.
  void drain(const DrainPolicy& policy, std::function<void()> done);
  // Before anybody else hears of it.
  void on_commit(const Committed& committed);
  void on_time(WallTime now);
  [[nodiscard]] std::optional<WallTime> next_wake() const;

 private:
  static constexpr std::size_t kMovedAtOnce = 64;

  [[nodiscard]] domain::Answer<MediaCredentials> minted(const MediaGrant& grant, const std::string& url) const;
  // The node shall carry the show unless another one does that lives; `done` is told which one does.
  void carry(const domain::RoomId& show, const Node& node, Done<Node> done);
  [[nodiscard]] const Node* best() const;
  void move(const domain::RoomId& show);
  void drain_on(WallTime now);

  UnitOfWork& work_;
  const RoomsHere& here_;
  Nodes& nodes_;
  const Cluster& cluster_;
  MediaServer& media_;
  struct Drain {
    DrainPolicy policy;
    WallTime begun_at;
    std::function<void()> done;
    WallTime look_at;
  };
  std::optional<Drain> drain_;
  std::set<domain::RoomId> moving_;
  std::map<domain::RoomId, WallTime> leaving_;  // shows that were carried here
};

}  // namespace costage::app
