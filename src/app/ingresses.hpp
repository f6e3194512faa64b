// Being on stage by streaming software instead of a browser.
#pragma once

#include <functional>
#include <string>

#include "app/ports/ingress_server.hpp"
#include "app/request.hpp"

namespace costage::app {

struct Context;
class StageUseCases;

class Ingresses {
 public:
  Ingresses(const Context& context, StageUseCases& stage) : in_(context), stage_(stage) {}

  [[nodiscard]] bool offered(const std::string& region) const;
  // The caller's.
  void find(const Caller& caller, const domain::RoomId& room, Done<Ingress> done);
  // Opens the caller's lease of a seat, or keeps it.
  void open(const Caller& caller, const domain::RoomId& room, IngressInput input, const MaybeIdempotency& once,
            Done<Ingress> done);
  // The seat stays.
  void close(const Caller& caller, const domain::RoomId& room, std::function<void(std::optional<Refusal>)> done);

 private:
  // Where the media of this room is, for who may be on its stage.
  void with_region(const Caller& caller, const domain::RoomId& room, Done<std::string> done);

  const Context& in_;
  StageUseCases& stage_;
};

}  // namespace costage::app
