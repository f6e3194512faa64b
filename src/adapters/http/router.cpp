#include "adapters/http/router.hpp"

#include <utility>

#include "base/check.hpp"

namespace costage::http {
namespace {

std::vector<std::string> split(std::string_view pattern) {
  std::vector<std::string> out;
  if (pattern == "/") return out;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const auto end = std::min(pattern.find('/'), pattern.size());
    out.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return out;
}

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{'; }

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Endpoint> endpoint;

  // The segments that parameters took are appended to `values`.
  const Endpoint* find(const std::vector<std::string>& segments, std::size_t at,
                       std::vector<std::string>& values) const {
    if (at == segments.size()) return endpoint.get();
    if (const auto next = literals.find(segments[at]); next != literals.end())
      if (const Endpoint* found = next->second->find(segments, at + 1, values)) return found;
    if (!parameter || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    if (const Endpoint* found = parameter->find(segments, at + 1, values)) return found;
    values.pop_back();
    return nullptr;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

Router::Endpoint& Router::at(const std::string& pattern) {
  COSTAGE_CHECK(pattern.starts_with('/'), "a pattern begins with a slash");
  Node* node = root_.get();
  std::vector<std::string> names;
  for (const std::string& segment : split(pattern)) {
    auto& next = is_parameter(segment) ? node->parameter : node->literals[segment];
    if (is_parameter(segment)) names.push_back(segment.substr(1, segment.size() - 2));
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  if (!node->endpoint) node->endpoint = std::make_unique<Endpoint>();
  node->endpoint->parameter_names = std::move(names);
  return *node->endpoint;
}

void Router::route(std::string method, const std::string& pattern, Handler handler) {
  routes_.push_back(method + ' ' + pattern);
  const bool is_new = at(pattern).methods.emplace(std::move(method), std::move(handler)).second;
  COSTAGE_CHECK(is_new, "a route is registered once");
}

void Router::upgrade(const std::string& pattern, UpgradeHandler handler) { at(pattern).upgrade = std::move(handler); }

Router::Found Router::find(const std::vector<std::string>& segments) const {
  Found found;
  std::vector<std::string> values;
  found.endpoint = root_->find(segments, 0, values);
  if (!found.endpoint) return found;
  for (std::size_t i = 0; i < values.size(); ++i)
    found.params.emplace(found.endpoint->parameter_names[i], std::move(values[i]));
  return found;
}

bool Router::owns(const std::vector<std::string>& segments) const {
  return !segments.empty() && root_->literals.contains(segments.front());
}

std::string Router::Endpoint::allow() const {
  std::string out;
  for (const auto& [method, handler] : methods) {
    if (!out.empty()) out += ", ";
    out += method;
    if (method == "GET") out += ", HEAD";
  }
  if (upgrade && !methods.contains("GET")) out += out.empty() ? "GET" : ", GET";
  return out + ", OPTIONS";
}

const Handler* Router::Endpoint::find(std::string_view method) const {
  const auto found = methods.find(method == "HEAD" ? "GET" : method);
  return found == methods.end() ? nullptr : &found->second;
}

}  // namespace costage::http
