#include "adapters/metrics/metrics.hpp"

#include <gtest/gtest.h>

namespace costage::metrics {
namespace {

TEST(Metrics, AreTextThatPrometheusReads) {
  Metrics metrics;
  metrics.add([] {
    return std::vector<Metric>{{"costage_calls_total", "Calls.", Kind::counter, {{{{"region", "e\"u"}}, 7}, {{}, 1}}},
                               {"costage_up", "Whether.", Kind::gauge, {{{}, 1}}}};
  });
  EXPECT_EQ(metrics.text(),
            "# HELP costage_calls_total Calls.\n"
            "# TYPE costage_calls_total counter\n"
            "costage_calls_total{region=\"e\\\"u\"} 7\n"
            "costage_calls_total 1\n"
            "# HELP costage_up Whether.\n"
            "# TYPE costage_up gauge\n"
            "costage_up 1\n");
}

}  // namespace
}  // namespace costage::metrics
