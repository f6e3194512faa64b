#include "adapters/config/page_headers.hpp"

#include <fmt/format.h>

namespace costage::config {
namespace {

// Scripts come from here only, and never from inside the page. The media server and the application's pictures may be
// elsewhere; react-aria writes style elements.
constexpr std::string_view kContent =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; "
    "media-src 'self' blob: https:; connect-src 'self' ws: wss: https:{}; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'";

constexpr std::string_view kDocsContent =
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'self'";

// While developing, pages of other ports of this machine may show the studio in a frame. (CSP knows no IPv6 addresses.)
std::string frame_ancestors(const Config& config) {
  std::string who = "'self'";
  if (config.dev) who += " http://127.0.0.1:* http://localhost:*";
  for (const std::string& origin : config.frame_ancestors) who += ' ' + origin;
  return who;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> page_headers(const Config& config) {
  // livekit-client asks a server over HTTP, too: one without TLS is named.
  std::string plain;
  for (const LiveKit& one : config.livekit)
    if (one.url.starts_with("ws://")) plain += " http" + one.url.substr(2);
  const std::string content = fmt::format(kContent, plain);
  return {{"Content-Security-Policy", fmt::format("{}; frame-ancestors {}", content, frame_ancestors(config))},
          {"Permissions-Policy",
           "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self), "
           "geolocation=(), payment=(), usb=(), serial=()"}};
}

std::vector<std::pair<std::string, std::string>> docs_headers() {
  return {{"Content-Security-Policy", std::string{kDocsContent}}};
}

}  // namespace costage::config
