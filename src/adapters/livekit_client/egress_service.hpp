// The egress service of one LiveKit cluster: told what to record, asked again and again how that goes.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "adapters/livekit_client/egress_info.hpp"
#include "adapters/livekit_client/twirp_client.hpp"

namespace costage::livekit_client {

class EgressService : public std::enable_shared_from_this<EgressService> {
 public:
  EgressService(boost::asio::io_context& loop, TwirpClient api, RecordingSettings settings,
                app::EgressListener listener)
      : loop_(loop), api_(std::move(api)), settings_(std::move(settings)), listener_(std::move(listener)) {}

  void start(const app::EgressOrder& order, app::EgressDone done);
  void stop(const domain::EgressId& id, app::EgressStopped done);
  void set_layout(const domain::EgressId& id, domain::Layout layout, app::MediaDone done);

  void on_webhook(const livekit::EgressInfo& info);
  // What goes on, and now and then what has ended, too, which LiveKit keeps for a day: webhooks may be lost.
  boost::asio::awaitable<void> look();
  [[nodiscard]] const CallCounts& counts() const { return api_.counts(); }

 private:
  template <class Request>
  void ask(std::string method, Request request, app::EgressDone done);
  template <class Response, class Request>
  boost::asio::awaitable<Called<Response>> call(std::string method, Request request);
  using Stopped = domain::Answer<std::optional<domain::Egress>>;
  boost::asio::awaitable<Stopped> stop_one(domain::EgressId id);
  boost::asio::awaitable<Called<livekit::EgressInfo>> find(domain::EgressId id);
  void note_trouble(const std::string& sentence);

  boost::asio::io_context& loop_;
  TwirpClient api_;
  RecordingSettings settings_;
  app::EgressListener listener_;
  unsigned looks_ = 0;
  std::string trouble_;  // that was logged last
};

}  // namespace costage::livekit_client
