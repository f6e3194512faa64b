#include "app/followers/egress_layout.hpp"

#include "app/ports/egress_server.hpp"
#include "app/ports/joined.hpp"

namespace costage::app {

using namespace domain;

// What comes late is of no use any more: the newest scene is behind it.
void EgressLayout::follow(const RoomId& room, const Event& event, std::function<void(bool)> done) {
  const auto* change = std::get_if<SceneChange>(&event.data);
  const auto running = change == nullptr ? std::vector<EgressId>{} : here_.egresses(room);
  const std::string region = here_.region_of(room).value_or("");
  EgressServer* server = media_.egress();
  if (running.empty() || server == nullptr || !server->has_egress(region)) return done(true);
  const MediaDone each =
      joined(running.size(), [done = std::move(done)](MediaOutcome all) { done(all == MediaOutcome::done); });
  for (const EgressId& id : running) server->set_layout(region, id, change->scene.layout, each);
}

}  // namespace costage::app
