#include "adapters/metrics/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace costage::metrics {
namespace {

prometheus::ClientMetric client_metric(const Metric& metric, const Sample& sample) {
  prometheus::ClientMetric out;
  for (const auto& [name, value] : sample.labels) out.label.push_back({name, value});
  (metric.kind == Kind::counter ? out.counter.value : out.gauge.value) = sample.value;
  return out;
}

prometheus::MetricFamily family(const Metric& metric) {
  prometheus::MetricFamily out{
      metric.name,
      metric.help,
      metric.kind == Kind::counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
      {}};
  for (const Sample& sample : metric.samples) out.metric.push_back(client_metric(metric, sample));
  return out;
}

}  // namespace

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const Source& source : sources_)
    for (const Metric& metric : source()) families.push_back(family(metric));
  return prometheus::TextSerializer{}.Serialize(families);
}

void Metrics::mount(http::Server& server,
                    std::function<std::optional<http::Response>(const http::Request&)> why_not) const {
  server.route("GET", "/metrics",
               [this, why_not = std::move(why_not)](http::Request request) -> boost::asio::awaitable<http::Response> {
                 if (auto refusal = why_not(request)) co_return std::move(*refusal);
                 co_return http::Response{.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = text()};
               });
}

}  // namespace costage::metrics
