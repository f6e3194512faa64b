// For tests: a world of the API (api_v1/testing) with /v1/realtime, and what clients hear there.
#pragma once

#include <string>

#include "adapters/api_v1/testing/test_world.hpp"
#include "adapters/realtime/hub.hpp"

namespace costage::realtime {

template <class World>
class WithHub : public World {
 protected:
  explicit WithHub(http::WebSocketLimits limits = {})
      : hub_(
            this->loop_, this->app_, this->clock_, this->rng_,
            [this](std::string_view token) { return this->api_.authenticate(token); },
            [](const domain::Refusal& refusal) { return api_v1::problem(refusal); }, limits) {
    hub_.mount(this->server_);
  }

  // Whatever comes next; {"type":"closed"} at the end.
  static boost::asio::awaitable<boost::json::object> receive(http::TestWebSocket& socket) {
    const std::string text = co_await socket.receive();
    if (text.empty()) co_return boost::json::object{{"type", "closed"}};
    co_return boost::json::parse(text).as_object();
  }
  // The next of another type: presence, for one, is told by time.
  static boost::asio::awaitable<boost::json::object> next(http::TestWebSocket& socket,
                                                          const char* skipped = "ephemeral") {
    while (true) {
      boost::json::object message = co_await receive(socket);
      if (message.at("type") != boost::json::string_view{skipped}) co_return message;
    }
  }

  Hub hub_;
};

}  // namespace costage::realtime
