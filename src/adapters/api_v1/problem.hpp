// Every "no" of /v1 as application/problem+json (RFC 9457).
#pragma once

#include <boost/json/object.hpp>

#include "adapters/auth/token.hpp"
#include "adapters/http/server.hpp"
#include "domain/errors.hpp"

namespace costage::api_v1 {

[[nodiscard]] http::Response problem(const domain::Refusal& refusal);
// What the HTTP server itself refuses: for Server::set_error_body.
[[nodiscard]] http::Response problem(unsigned status, std::string_view sentence);
[[nodiscard]] domain::Refusal to_refusal(auth::TokenError error);

}  // namespace costage::api_v1
