#include "adapters/contract/json.hpp"

namespace costage::contract {
namespace {

json::object finding_json(const domain::Finding& finding) {
  json::object out{
      {"code", domain::name(finding.code)}, {"severity", domain::name(finding.severity)}, {"detail", finding.detail}};
  if (!finding.advice.empty()) out["advice"] = finding.advice;
  add_time(out, "at", finding.at);
  return out;
}

}  // namespace

json::object to_json(const app::DiagnosisView& view) {
  json::array findings;
  for (const domain::Finding& finding : view.findings) findings.push_back(finding_json(finding));
  return {{"userId", view.user.value()}, {"findings", std::move(findings)}};
}

}  // namespace costage::contract
