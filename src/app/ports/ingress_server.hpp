// Who takes the sound and picture of streaming software (RTMP, WHIP) and brings it into a room: LiveKit's ingress
// service, as the use cases see it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/ports/media_server.hpp"
#include "base/secret.hpp"
#include "domain/errors.hpp"

namespace costage::app {

enum class IngressInput { rtmp, whip };
enum class IngressState { waiting, buffering, publishing, failed };
std::string_view name(IngressInput input);
std::string_view name(IngressState state);
std::optional<IngressInput> ingress_input_from(std::string_view name);

struct Ingress {
  std::string id;
  IngressInput input{};
  std::string url;
  Secret stream_key;  // whoever has it is on stage as the person it was made for
  IngressState state{};
  std::string error;  // in the media server's words
};
// Nothing: there is none.
using IngressFound = std::function<void(domain::Answer<std::optional<Ingress>>)>;

// Each person has one at most in a room. It ends with the lease that it was opened for.
class IngressServer {
 public:
  virtual ~IngressServer() = default;
  [[nodiscard]] virtual bool has_ingress(const std::string& region) const = 0;
  // Whoever sends to it is in the room as the grant says. The one that there is is kept, where it is for the same.
  virtual void open_ingress(const MediaGrant& grant, IngressInput input, IngressFound done) = 0;
  virtual void find_ingress(const domain::RoomId& room, const std::string& region, const Identity& identity,
                            IngressFound done) = 0;
  virtual void close_ingress(const domain::RoomId& room, const std::string& region, const Identity& identity,
                             MediaDone done) = 0;
};

}  // namespace costage::app
