#include "app/followers/egress_layout.hpp"

#include <memory>

#include "app/ports/egress_server.hpp"

namespace costage::app {

using namespace domain;

namespace {

// Called for each of `parts`; then once, with whether all went well.
MediaDone joined(std::size_t parts, std::function<void(bool)> done) {
  struct Open {
    std::size_t parts;
    bool ok = true;
  };
  return [open = std::make_shared<Open>(Open{parts}), done = std::move(done)](MediaOutcome outcome) {
    open->ok = open->ok && outcome == MediaOutcome::done;
    if (--open->parts == 0) done(open->ok);
  };
}

}  // namespace

// What comes late is of no use any more: the newest scene is behind it.
void EgressLayout::follow(const RoomId& room, const Event& event, std::function<void(bool)> done) {
  const auto* change = std::get_if<SceneChange>(&event.data);
  const auto running = change == nullptr ? std::vector<EgressId>{} : here_.egresses(room);
  const std::string region = here_.region_of(room).value_or("");
  EgressServer* server = media_.egress();
  if (running.empty() || server == nullptr || !server->has_egress(region)) return done(true);
  const MediaDone each = joined(running.size(), std::move(done));
  for (const EgressId& id : running) server->set_layout(region, id, change->scene.layout, each);
}

}  // namespace costage::app
