// A connection after its upgrade to a WebSocket (RFC 6455).
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "adapters/http/server_impl.hpp"

namespace costage::http {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

void run_web_socket(std::shared_ptr<Server::Impl> server, boost::beast::tcp_stream stream,
                    const UpgradeRequest& request, Accept accept);

}  // namespace costage::http
