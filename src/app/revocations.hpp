// Revoked media tokens, kept beyond a restart.
#pragma once

#include <functional>
#include <vector>

#include "app/ports/media_server.hpp"

namespace costage::app {

class Core;

class Revocations final : public RevocationLog {
 public:
  explicit Revocations(Core& core) : core_(core) {}

  void record(const Revocation& revocation, std::function<void(bool)> done) override;
  // All that still count. False: storage refused.
  void load(std::function<void(bool ok, std::vector<Revocation>)> done);

 private:
  Core& core_;
};

}  // namespace costage::app
