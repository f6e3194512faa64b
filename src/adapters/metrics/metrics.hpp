// What a monitoring system reads at GET /metrics, in Prometheus' text format. It is collected when somebody asks.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/http/server.hpp"

namespace costage::metrics {

enum class Kind { gauge, counter };  // a counter only grows

struct Sample {
  std::map<std::string, std::string> labels;
  double value = 0;
};

struct Metric {
  std::string name;  // "costage_livekit_calls_total"
  std::string help;
  Kind kind = Kind::gauge;
  std::vector<Sample> samples;
};

using Source = std::function<std::vector<Metric>()>;

class Metrics {
 public:
  void add(Source source) { sources_.push_back(std::move(source)); }
  [[nodiscard]] std::string text() const;
  // `why_not`: the answer to who may not read them; nothing: they may.
  void mount(http::Server& server, std::function<std::optional<http::Response>(const http::Request&)> why_not) const;

 private:
  std::vector<Source> sources_;
};

}  // namespace costage::metrics
