// The ICE agent of one transport, whichever side it is: lite on the server, a client in simulations.
#pragma once

#include <optional>
#include <variant>

#include "base/overloaded.hpp"
#include "sfu/peer/ice_client.hpp"
#include "sfu/peer/ice_lite.hpp"

namespace costage::sfu {

class IceAgent {
 public:
  IceAgent(bool lite, Rng& rng, Instant now) : agent_(IceClient{rng}) {
    if (lite) agent_.emplace<IceLite>(rng, now);
  }

  [[nodiscard]] IceLite* lite() { return std::get_if<IceLite>(&agent_); }
  [[nodiscard]] IceClient* client() { return std::get_if<IceClient>(&agent_); }

  [[nodiscard]] const IceCredentials& local() const {
    return std::visit([](const auto& agent) -> const IceCredentials& { return agent.local(); }, agent_);
  }
  [[nodiscard]] IceState state() const {
    return std::visit([](const auto& agent) { return agent.state(); }, agent_);
  }
  [[nodiscard]] Instant wake_at() const {
    return std::visit([](const auto& agent) { return agent.wake_at(); }, agent_);
  }
  // Where datagrams go; nowhere before the first check has passed.
  [[nodiscard]] std::optional<Address> destination() const {
    return std::visit(Overloaded{[](const IceLite& lite) { return lite.selected(); },
                                 [](const IceClient& client) {
                                   const bool checking = client.state() == IceState::checking;
                                   return checking ? std::optional<Address>{} : client.server();
                                 }},
                      agent_);
  }
  [[nodiscard]] bool knows(const Address& from) const {
    return std::visit(Overloaded{[&](const IceLite& lite) { return lite.knows(from); },
                                 [&](const IceClient& client) { return client.server() == from; }},
                      agent_);
  }

 private:
  std::variant<IceLite, IceClient> agent_;
};

}  // namespace costage::sfu
