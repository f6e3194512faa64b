#include "adapters/livekit_server/absent_services.hpp"

#include <string>

#include "adapters/livekit_server/twirp.hpp"

namespace costage::livekit_server {
namespace {

http::Handler always(http::Response response) {
  return [response](http::Request) -> http::asio::awaitable<http::Response> { co_return response; };
}

http::Response sentence(const std::string& text) {
  return {.status = 501, .content_type = "text/plain; charset=utf-8", .body = text};
}

void refuse_twirp(http::Server& server, const std::string& service, const std::string& what) {
  const twirp::Error error{"unimplemented", "livekit." + service + " is not part of this server: " + what, {}};
  server.route("POST", "/twirp/livekit." + service + "/{method}", always(twirp::error_response(error)));
}

}  // namespace

void mount_absent_services(http::Server& server) {
  refuse_twirp(server, "Egress", "it does not record or stream rooms elsewhere");
  refuse_twirp(server, "Ingress", "it takes no RTMP, WHIP or URL sources");
  refuse_twirp(server, "SIP", "it has no telephony");
  refuse_twirp(server, "AgentDispatchService", "it has no agents");
  refuse_twirp(server, "Connector", "it connects to no other networks");
  const http::Response no_agents = sentence("this server has no agents");
  server.route("GET", "/agent", always(no_agents));
  server.upgrade("/agent",
                 [no_agents](http::Request) -> http::asio::awaitable<std::variant<http::Response, http::Accept>> {
                   co_return no_agents;
                 });
  server.route("POST", "/whip/v1", always(sentence("this server takes no WHIP sources")));
}

}  // namespace costage::livekit_server
