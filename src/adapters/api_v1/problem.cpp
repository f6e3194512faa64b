#include "adapters/api_v1/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <boost/json/serialize.hpp>

namespace costage::api_v1 {
namespace {

namespace json = boost::json;

std::string title_of(unsigned status) {
  return std::string{boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status))};
}

http::Response document(unsigned status, std::string_view code, std::string_view sentence, std::string_view field) {
  json::object body{{"type", fmt::format("urn:costage:problem:{}", code)},
                    {"title", title_of(status)},
                    {"status", status},
                    {"code", code},
                    {"detail", sentence}};
  if (!field.empty()) body["field"] = field;
  return {.status = status, .content_type = "application/problem+json", .body = json::serialize(body)};
}

std::string_view code_of(unsigned status) {
  switch (status) {
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 413:
      return "payload_too_large";
    case 426:
      return "upgrade_required";
    case 431:
      return "header_too_large";
    case 500:
      return "internal";
    default:
      return "invalid_request";
  }
}

}  // namespace

http::Response problem(const domain::Refusal& refusal) {
  const domain::CodeInfo& info = domain::info(refusal.code);
  const auto status = static_cast<unsigned>(info.http_status);
  http::Response response = document(status, info.name, refusal.sentence(), refusal.field);
  constexpr std::chrono::seconds kTryAgain{2};  // what is away is mostly back by then
  const auto retry_after = status == 503 ? std::max(refusal.retry_after, kTryAgain) : refusal.retry_after;
  if (retry_after.count() > 0) response.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

http::Response problem(unsigned status, std::string_view sentence) {
  return document(status, code_of(status), sentence, {});
}

domain::Refusal to_refusal(auth::TokenError error) {
  domain::Refusal refusal{error == auth::TokenError::expired ? domain::Code::token_expired
                                                             : domain::Code::unauthenticated};
  refusal.detail = auth::sentence(error);
  return refusal;
}

}  // namespace costage::api_v1
