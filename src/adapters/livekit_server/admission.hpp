// Who gets in: signature, claims, revocations and, for a seat's token, whether its lease still lives.
#pragma once

#include <functional>
#include <string>

#include "adapters/livekit_api/access_token.hpp"
#include "adapters/livekit_server/refused.hpp"
#include "adapters/livekit_server/revocations.hpp"
#include "app/ports/media_server.hpp"
#include "base/result.hpp"

namespace costage::livekit_server {

using livekit_api::AccessToken;

class Admission {
 public:
  explicit Admission(const auth::Keys& keys) : keys_(keys) {}

  void set_gate(const app::TokenGate* gate) { gate_ = gate; }
  Revocations& revocations() { return revocations_; }

  // Any token of ours, whatever it is for.
  [[nodiscard]] Result<AccessToken, Refused> read(const std::string& token, WallTime now) const;
  // A token that lets its bearer join its room now.
  void admit(const std::string& token, WallTime now, std::function<void(Result<AccessToken, Refused>)> done) const;
  // Whoever may publish needs a living lease, where there are leases; also asked about those who are in. The answer may
  // come later.
  void may_stay(const std::string& room, const signal::Grants& grants, std::function<void(bool)> answer) const;

 private:
  void admit_here(AccessToken access, std::function<void(Result<AccessToken, Refused>)> done) const;
  // All but the lease.
  [[nodiscard]] Result<AccessToken, Refused> check(const std::string& token, WallTime now) const;

  const auth::Keys& keys_;
  const app::TokenGate* gate_ = nullptr;
  Revocations revocations_;
};

}  // namespace costage::livekit_server
