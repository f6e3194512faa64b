// A node's client of the shared media server: carries out what it is told, hears of changes by webhooks that may be
// lost or late, looks again every second, and puts out whoever publishes without a living lease (livekit_client).
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "media_cluster.hpp"
#include "process.hpp"

namespace costage::sim {

class NodeMedia final : public app::MediaServer {
 public:
  NodeMedia(World& world, MediaCluster& cluster, Process& process);
  ~NodeMedia() override { cluster_.leave(*this); }
  NodeMedia(const NodeMedia&) = delete;
  NodeMedia& operator=(const NodeMedia&) = delete;

  // From then on it looks.
  void start(const app::TokenGate& gate, app::MediaListener listener);
  void webhook(const Place& place, const std::optional<MediaLink>& link, std::uint64_t version);

  std::optional<app::MediaCredentials> mint(const app::MediaGrant& grant, WallTime) override;
  void set_publish_right(const app::MediaGrant& grant, app::MediaDone done) override;
  void remove(const domain::RoomId& room, const app::Identity& identity, WallTime until, app::MediaDone done) override;
  void mute(const domain::RoomId&, const app::Identity&, const domain::TrackSources&, app::MediaDone done) override;
  void close_room(const domain::RoomId& room, app::MediaDone done) override;

 private:
  struct Known {
    std::uint64_t version = 0;
    std::optional<MediaLink> link;
  };
  struct Listed {
    std::uint64_t version = 0;
    std::map<Place, MediaLink> links;
  };
  void carry_out(std::function<void()> effect, app::MediaDone done);
  void look();
  void on_list(const Listed& list);
  void observe(const Place& place, const std::optional<MediaLink>& link, std::uint64_t version);
  void report(const Place& place, const std::optional<MediaLink>& before, const std::optional<MediaLink>& link);
  void judge(const Place& place, const MediaLink& link);

  World& world_;
  MediaCluster& cluster_;
  Process& process_;
  const app::TokenGate* gate_ = nullptr;
  app::MediaListener listener_;
  std::map<Place, Known> known_;
};

}  // namespace costage::sim
