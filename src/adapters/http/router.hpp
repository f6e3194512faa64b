// Finds the handler of a path: one tree of path segments.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/server.hpp"

namespace costage::http {

class Router {
 public:
  Router();
  ~Router();

  void route(std::string method, const std::string& pattern, Handler handler);
  void upgrade(const std::string& pattern, UpgradeHandler handler);

  // What stands at a path.
  struct Endpoint {
    std::map<std::string, Handler, std::less<>> methods;
    UpgradeHandler upgrade;
    std::vector<std::string> parameter_names;

    [[nodiscard]] std::string allow() const;  // value of the Allow header: "GET, HEAD, OPTIONS"
    [[nodiscard]] const Handler* find(std::string_view method) const;  // HEAD finds GET
  };
  struct Found {
    const Endpoint* endpoint = nullptr;  // nullptr: nothing is there
    std::map<std::string, std::string, std::less<>> params;
  };
  [[nodiscard]] Found find(const std::vector<std::string>& segments) const;
  // True where a route begins with the same segment: what is unknown there is no file and no page of the application.
  [[nodiscard]] bool owns(const std::vector<std::string>& segments) const;
  [[nodiscard]] const std::vector<std::string>& routes() const { return routes_; }

 private:
  struct Node;
  Endpoint& at(const std::string& pattern);

  std::unique_ptr<Node> root_;
  std::vector<std::string> routes_;
};

}  // namespace costage::http
