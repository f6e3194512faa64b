// The ICE agent of one transport, whichever side it is: controlled on the server, a client in simulations.
#pragma once

#include <optional>
#include <variant>

#include "base/overloaded.hpp"
#include "sfu/peer/ice_client.hpp"
#include "sfu/peer/ice_controlled.hpp"

namespace costage::sfu {

class IceAgent {
 public:
  IceAgent(bool server, Rng& rng, Instant now) : agent_(IceClient{rng}) {
    if (server) agent_.emplace<IceControlled>(rng, now);
  }

  [[nodiscard]] IceControlled* controlled() { return std::get_if<IceControlled>(&agent_); }
  [[nodiscard]] const IceControlled* controlled() const { return std::get_if<IceControlled>(&agent_); }
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
  StunOutcome on_stun(Instant now, const Address& from, Bytes datagram, MutableBytes response) {
    return std::visit([&](auto& agent) { return agent.on_stun(now, from, datagram, response); }, agent_);
  }
  // Where datagrams go; nowhere before a check of ours was answered.
  [[nodiscard]] std::optional<Address> destination() const {
    return std::visit(Overloaded{[](const IceControlled& server) { return server.selected(); },
                                 [](const IceClient& client) {
                                   const bool checking = client.state() == IceState::checking;
                                   return checking ? std::optional<Address>{} : client.server();
                                 }},
                      agent_);
  }
  [[nodiscard]] bool knows(const Address& from) const {
    return std::visit(Overloaded{[&](const IceControlled& server) { return server.knows(from); },
                                 [&](const IceClient& client) { return client.server() == from; }},
                      agent_);
  }

 private:
  std::variant<IceControlled, IceClient> agent_;
};

}  // namespace costage::sfu
