// One TCP connection: HTTP/1.1 requests one after another, until it ends or becomes a WebSocket.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "adapters/http/server_impl.hpp"

namespace costage::http {

void serve_connection(std::shared_ptr<Server::Impl> server, asio::ip::tcp::socket socket);

}  // namespace costage::http
