// The ingress service of one LiveKit cluster: an address and a key for each person who is on stage by streaming
// software.
#pragma once

#include <livekit/ingress.pb.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/livekit_client/twirp_client.hpp"
#include "app/ports/ingress_server.hpp"

namespace costage::livekit_client {

class IngressService : public std::enable_shared_from_this<IngressService> {
 public:
  // `is_alive`: asked about each of our rooms whether a lease lives there.
  using IsAlive = std::function<void(const domain::RoomId&, const app::Identity&, const domain::LeaseId&,
                                     std::function<void(bool)> answer)>;
  IngressService(boost::asio::io_context& loop, TwirpClient api, IsAlive is_alive)
      : loop_(loop), api_(std::move(api)), is_alive_(std::move(is_alive)) {}

  void open(const app::MediaGrant& grant, app::IngressInput input, app::IngressFound done);
  void find(const domain::RoomId& room, const app::Identity& identity, app::IngressFound done);
  void close(const domain::RoomId& room, const app::Identity& identity, app::MediaDone done);

  // Ends what was opened for leases that live no more, in a room or, where none is named, in all.
  boost::asio::awaitable<app::MediaOutcome> end_dead(domain::RoomId room);
  // Of a show that is over.
  boost::asio::awaitable<app::MediaOutcome> end_all(domain::RoomId room);
  [[nodiscard]] const CallCounts& counts() const { return api_.counts(); }

 private:
  using Infos = std::vector<livekit::IngressInfo>;
  template <class Response, class Request>
  boost::asio::awaitable<Called<Response>> call(std::string method, Request request);
  boost::asio::awaitable<Called<Infos>> list(domain::RoomId room);
  boost::asio::awaitable<Called<Infos>> of(domain::RoomId room, app::Identity identity);
  boost::asio::awaitable<app::MediaOutcome> end(Infos infos);
  boost::asio::awaitable<Called<livekit::IngressInfo>> create(app::MediaGrant grant, app::IngressInput input);
  boost::asio::awaitable<domain::Answer<std::optional<app::Ingress>>> open_for(app::MediaGrant grant,
                                                                               app::IngressInput input);
  boost::asio::awaitable<domain::Answer<std::optional<app::Ingress>>> find_for(domain::RoomId room,
                                                                               app::Identity identity);

  boost::asio::io_context& loop_;
  TwirpClient api_;
  IsAlive is_alive_;
};

// As the use cases know it. Pure.
[[nodiscard]] app::Ingress ingress_of(const livekit::IngressInfo& info);

}  // namespace costage::livekit_client
