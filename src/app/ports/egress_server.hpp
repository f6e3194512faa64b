// Who records shows and sends them elsewhere: LiveKit's egress service, as the use cases see it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/ports/media_server.hpp"
#include "domain/egress/commands.hpp"
#include "domain/errors.hpp"
#include "domain/scene/scene.hpp"

namespace costage::app {

struct EgressOrder {
  domain::RoomId room;
  std::string region;  // of the room; empty: the first
  domain::EgressPlan plan;
  domain::Layout layout{};  // of the stage, as it is shown then
};

struct EgressReport {
  domain::RoomId room;
  domain::Egress egress;
};
using EgressListener = std::function<void(const EgressReport&)>;
using EgressDone = std::function<void(domain::Answer<domain::Egress>)>;
// Nothing: nobody carries it out any more.
using EgressStopped = std::function<void(domain::Answer<std::optional<domain::Egress>>)>;

class EgressServer {
 public:
  virtual ~EgressServer() = default;
  [[nodiscard]] virtual bool has_egress(const std::string& region) const = 0;
  // Refused with unavailable, and a sentence, where nobody takes the order.
  virtual void start_egress(const EgressOrder& order, EgressDone done) = 0;
  // What the stage is shown as from now on.
  virtual void set_layout(const std::string& region, const domain::EgressId& id, domain::Layout layout,
                          MediaDone done) = 0;
  virtual void stop_egress(const std::string& region, const domain::EgressId& id, EgressStopped done) = 0;
};

}  // namespace costage::app
