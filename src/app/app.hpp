// The use cases of one node, for adapters and main. Everything here runs on the control loop.
#pragma once

#include <memory>
#include <optional>

#include "app/blocks.hpp"
#include "app/chat_order.hpp"
#include "app/chats.hpp"
#include "app/cluster.hpp"
#include "app/diagnosis.hpp"
#include "app/egresses.hpp"
#include "app/green_room.hpp"
#include "app/history.hpp"
#include "app/ingresses.hpp"
#include "app/invitations.hpp"
#include "app/media_nodes.hpp"
#include "app/media_state.hpp"
#include "app/pictures.hpp"
#include "app/ports/media_server.hpp"
#include "app/ports/storage.hpp"
#include "app/probes.hpp"
#include "app/reactions.hpp"
#include "app/requests.hpp"
#include "app/revocations.hpp"
#include "app/rooms.hpp"
#include "app/run_of_shows.hpp"
#include "app/scenes.hpp"
#include "app/stage.hpp"
#include "app/users.hpp"
#include "app/watching.hpp"
#include "app/webhooks.hpp"
#include "app/work/committed.hpp"
#include "base/clock.hpp"
#include "base/rng.hpp"

namespace costage::app {

class App {
 public:
  // `cluster`: what other nodes there are; without it the node is alone.
  App(Storage& storage, MediaServer& media, const Clock& clock, Rng& rng, Cluster cluster = {});
  ~App();

  Rooms& rooms();
  Pictures& pictures();
  Invitations& invitations();
  Requests& requests();
  StageUseCases& stage();
  Scenes& scenes();
  RunOfShows& run_of_shows();
  EgressUseCases& egresses();
  Ingresses& ingresses();
  Chats& chats();
  ChatOrder& chat_order();
  Reactions& reactions();
  Watching& watching();
  Probes& probes();
  GreenRoom& green_room();
  History& history();
  Users& users();
  Blocks& blocks();
  Diagnosis& diagnosis();
  Revocations& revocations();
  Webhooks& webhooks();
  MediaState& media_state();
  // Of an open room; of another: the first region.
  [[nodiscard]] std::string media_region(const domain::RoomId& room) const;

  // For LiveKitServer::set_gate and set_listener.
  const TokenGate& gate() const;
  void on_media(const MediaEvent& event);

  void subscribe(CommitListener listener);
  void subscribe_to_chats(ChatListener listener);
  // Somebody listens to this stream ("room/{id}", "chat/{id}") and knows all up to `seq`; nobody does any more.
  void follow(const std::string& stream, std::uint64_t seq);
  void unfollow(const std::string& stream);
  // Names this database's histories; known when start() is done.
  [[nodiscard]] const std::string& epoch() const;
  // Whether other nodes may write to the same database: histories may go on without a commit of this one.
  [[nodiscard]] bool is_shared() const;
  // Who hears what is between the moderators of an open room.
  [[nodiscard]] std::vector<domain::UserId> moderators(const domain::RoomId& room) const;

  // Reads how far effects were carried out and which rooms are open: timers are set again, rooms that were live wait
  // for their host. `done` when all are read; false: storage refused. Nothing may be asked before that.
  void start(std::function<void(bool ok)> done);
  // Call at next_wake() or later, and after any call into App ask next_wake() again (it may have become earlier).
  void on_time();
  [[nodiscard]] std::optional<WallTime> next_wake() const;
  // This node shall end: it takes no more shows, and those that it carries go elsewhere or come to their end.
  void drain(const DrainPolicy& policy, std::function<void()> done);
  // Because somebody asks for it, or why they may not.
  [[nodiscard]] std::optional<domain::Refusal> drain_by(const Caller& caller, const DrainPolicy& policy);
  [[nodiscard]] bool is_draining() const;
  // Before the end of the program: what is written a little later otherwise is given to storage now.
  void on_stop();
  // Storage::trouble().
  [[nodiscard]] std::optional<std::string> storage_trouble() const;
  // Called when next_wake() became earlier without a call from outside (a commit came back).
  void on_wake_changed(std::function<void()> listener);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace costage::app
