// From a request to its answer: routes, CORS, files, and what the server itself refuses.
#pragma once

#include "adapters/http/server_impl.hpp"
#include "adapters/http/target.hpp"

namespace costage::http {

[[nodiscard]] asio::awaitable<Response> dispatch(Server::Impl& server, Request request, Target target);
[[nodiscard]] asio::awaitable<std::variant<Response, Accept>> dispatch_upgrade(Server::Impl& server, Request request,
                                                                               Target target);

}  // namespace costage::http
