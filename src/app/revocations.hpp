// Revoked media tokens, kept beyond a restart.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/ports/media_server.hpp"
#include "domain/room_state.hpp"

namespace costage::app {

struct Context;

// The tokens that an event ends: they die in its transaction, so that a crash brings none of them back.
std::optional<Revocation> revocation_by(const domain::RoomState& after, const domain::Event& event);

class Revocations final : public RevocationLog {
 public:
  explicit Revocations(const Context& context) : in_(context) {}

  void record(const Revocation& revocation, std::function<void(bool)> done) override;
  // All that still count. False: storage refused.
  void load(std::function<void(bool ok, std::vector<Revocation>)> done);

 private:
  const Context& in_;
};

}  // namespace costage::app
