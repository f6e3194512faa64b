// HTTP/1.1 and WebSocket server: requests and owners on the control loop, open WebSockets on gateways. Knows nothing of
// rooms: routes, upgrades, limits, static files.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/http/frame.hpp"
#include "base/result.hpp"

namespace costage::http {

namespace asio = boost::asio;

// Header names are lower case. Query and path parameters are percent-decoded.
struct Request {
  std::string method;
  std::string path;
  std::map<std::string, std::string, std::less<>> params;       // "/v1/rooms/{roomId}" -> params["roomId"]
  std::map<std::string, std::string, std::less<>> query;        // the first value of a name that repeats
  std::vector<std::pair<std::string, std::string>> query_list;  // all of them, in order
  std::map<std::string, std::string, std::less<>> headers;
  std::string body;
  std::string remote;  // "127.0.0.1"

  [[nodiscard]] std::string_view header(std::string_view name) const;  // empty when absent
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
  // The token of "Authorization: Bearer .." (RFC 6750 section 2.1); empty when there is none.
  [[nodiscard]] std::string_view bearer() const;
  // The same, or ?access_token=, which is all that a browser can give a WebSocket.
  [[nodiscard]] std::string_view access_token() const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  Headers headers;
};

using Handler = std::function<asio::awaitable<Response>(Request)>;

// One accepted WebSocket. All calls from the control loop only, wherever its socket is. Messages queue up to the
// limits; at the hard limit the connection is closed with 1013 and counted.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  virtual void send_text(std::string message) = 0;
  virtual void send_binary(std::string message) = 0;
  // A message that many connections get is shared, not copied.
  virtual void send_shared(const SharedFrame& frame) = 0;
  // The same for what comes often: on a socket that was written to less than 20 ms ago it waits for others.
  virtual void send_paced(const SharedFrame& frame) = 0;
  // Sends what is queued, then the close frame. on_closed follows.
  virtual void close(std::uint16_t code, std::string reason) = 0;
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
  // Above the soft limit: the owner leaves out what may be skipped.
  [[nodiscard]] virtual bool congested() const = 0;
  // RFC 6455 section 7.1.5: the code with which it was closed; 1006 without a close frame. Valid in on_closed.
  [[nodiscard]] virtual std::uint16_t close_code() const = 0;
};

// What the owner of a connection wants to hear. on_closed is the last call, exactly once, whoever closed.
struct WebSocketEvents {
  std::function<void(std::string_view message, bool binary)> on_message;
  std::function<void()> on_closed;
  std::function<void()> on_pong;     // the peer answered our ping; may be empty
  std::function<void()> on_drained;  // after congested(): everything was written; may be empty
};

inline constexpr int kDeflateWindowBits = 10;
inline constexpr std::size_t kDeflateFrom = 16 * 1024;

inline constexpr std::uint16_t kAbnormalClosure = 1006;  // RFC 6455 section 7.4.1: there was no close frame

struct WebSocketLimits {
  std::size_t max_message = 64 * 1024;
  std::size_t queue_soft = 256 * 1024;
  std::size_t queue_hard = 1024 * 1024;
  std::chrono::seconds ping_every{10};
  std::chrono::seconds idle_timeout{30};
  // permessage-deflate for messages so large that it matters how long they take. A small window that no message hands
  // to the next keeps the memory of a connection small; short messages to thousands are not worth a compression each.
  bool deflate = false;
};

// The answer to an upgrade request: a plain HTTP response (refused before the upgrade), or what to do once it is open.
struct Accept {
  std::function<WebSocketEvents(std::shared_ptr<WebSocket>)> on_open;
  WebSocketLimits limits;
};
using UpgradeHandler = std::function<asio::awaitable<std::variant<Response, Accept>>(Request)>;

struct Limits {
  std::size_t max_header = 64 * 1024;  // LiveKit v1 carries an SDP in the request line
  std::size_t max_body = 1024 * 1024;
  std::chrono::milliseconds read_timeout{15'000};  // for a whole header, and again for a whole body
  std::chrono::milliseconds keep_alive{75'000};    // between requests
  std::size_t max_connections = 16 * 1024;
};

class Server {
 public:
  // With threads of their own for the WebSockets, or all of them on the control loop.
  explicit Server(asio::io_context& loop, Limits limits = {}, std::size_t gateway_threads = 0);
  ~Server();

  // Patterns: "/v1/rooms/{roomId}"; a literal segment wins over a parameter. An unknown path is 404, a known path with
  // another method 405 with Allow.
  void route(std::string method, std::string pattern, Handler handler);
  void upgrade(std::string pattern, UpgradeHandler handler);
  // GET for anything that no route matches: the files that `directory` holds now (etag, cache headers, gzip if a .gz
  // stands beside it); an unknown path without a dot gives index.html, for a single-page application; below a route's
  // first segment ("/v1/..") what is unknown stays 404. Empty, or one sentence why they cannot be read.
  // Each of them is sent with `headers`.
  [[nodiscard]] std::string serve_files(const std::string& directory, Headers headers = {});
  // GET for what lies below /name/: the pages that `directory` holds now, one by one; what is unknown there is 404.
  // /name leads to /name/, where the pages' relative links hold. Empty, or one sentence why they cannot be read.
  [[nodiscard]] std::string serve_site(std::string name, const std::string& directory, Headers headers = {});
  // Answers for paths (by prefix) get permissive CORS headers, and OPTIONS is answered.
  void allow_any_origin(std::string path_prefix);
  // Turns what the server itself refuses (404, 405, 413, 431, bad request) and handler exceptions into a response body.
  void set_error_body(std::function<Response(unsigned status, std::string_view sentence)> make);
  // All registered routes, "GET /v1/rooms/{roomId}", for the test that compares them with the specification.
  [[nodiscard]] std::vector<std::string> routes() const;

  // Starts to accept. Fails with one sentence for people ("port 7880 on 127.0.0.1 is in use by another program").
  [[nodiscard]] Result<std::uint16_t, std::string> listen(const std::string& address, std::uint16_t port);
  // Stops accepting, closes every WebSocket with 1001 and lets running requests end; `on_stopped` is called when the
  // last connection is gone (at the latest after kCloseTimeout plus the longest running handler).
  void stop(std::function<void()> on_stopped = {});
  [[nodiscard]] std::size_t connections() const;

  class Impl;

 private:
  std::shared_ptr<Impl> impl_;  // shared with the connections, which may outlive the Server by a turn of the loop
};

// How long a peer may take to answer our close frame, or to read a last answer.
inline constexpr std::chrono::seconds kCloseTimeout{3};

}  // namespace costage::http
