// LiveKit signalling over one WebSocket: protobuf messages out and in. See livekit.proto's SignalRequest.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

namespace livekit {
class SignalRequest;
class SignalResponse;
}  // namespace livekit

namespace costage::bench {

struct Endpoint {
  std::string host;
  std::string port;
};

class SignalClient {
 public:
  struct Events {
    std::function<void(const livekit::SignalResponse&)> on_message;
    std::function<void(const std::string& why)> on_closed;  // the last call
  };

  SignalClient(boost::asio::io_context& io, Events events);
  ~SignalClient();
  SignalClient(const SignalClient&) = delete;
  SignalClient& operator=(const SignalClient&) = delete;

  // v0. Everything is said in messages.
  void connect(const Endpoint& server, const std::string& token);
  // v1. One connection for both directions, whose first offer (number 1) is in the URL.
  void connect_single(const Endpoint& server, const std::string& token, const std::string& offer);
  void send(const livekit::SignalRequest& request);
  // Sends what is queued, then closes.
  void close();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

// POST /twirp/livekit.RoomService/<method>; gives the HTTP status, 0 if there was no answer.
boost::asio::awaitable<unsigned> room_service(Endpoint server, std::string token, std::string method, std::string json);

}  // namespace costage::bench
