#include "domain/room/policy.hpp"

#include <string>

#include "domain/limits.hpp"
#include "domain/names.hpp"
#include "domain/readiness.hpp"

namespace costage::domain {
namespace {

constexpr std::array<Named<CoHostDevices>, 2> kCoHostDevices{
    {{CoHostDevices::any, "any"}, {CoHostDevices::both, "both"}}};

constexpr std::array<Named<SecondWindow>, 2> kSecondWindow{
    {{SecondWindow::replaces, "replaces"}, {SecondWindow::refused, "refused"}}};

template <class T>
std::string range(T low, T high) {
  return "It must be from " + std::to_string(low) + " to " + std::to_string(high) + ".";
}

Refusal out_of_range(const char* field, std::chrono::seconds low, std::chrono::seconds high) {
  return Refusal::invalid(field, range(low.count(), high.count()));
}

// 0 switches a limit off.
std::optional<Refusal> bad_limit(const char* field, std::chrono::seconds value, std::chrono::seconds low,
                                 std::chrono::seconds high) {
  if (value.count() == 0 || (value >= low && value <= high)) return {};
  return Refusal::invalid(field, "It must be 0 (no limit), or from " + std::to_string(low.count()) + " to " +
                                     std::to_string(high.count()) + ".");
}

}  // namespace

std::string_view name(CoHostDevices devices) { return name_in(kCoHostDevices, devices); }
std::optional<CoHostDevices> co_host_devices_from(std::string_view name) { return value_in(kCoHostDevices, name); }
std::string_view name(SecondWindow rule) { return name_in(kSecondWindow, rule); }
std::optional<SecondWindow> second_window_from(std::string_view name) { return value_in(kSecondWindow, name); }

std::optional<Refusal> bad_policies(const Policies& policies) {
  if (policies.max_co_hosts < limits::kMinCoHosts || policies.max_co_hosts > limits::kMaxCoHosts)
    return Refusal::invalid("policies.maxCoHosts", range(limits::kMinCoHosts, limits::kMaxCoHosts));
  if (policies.invitation_ttl < limits::kMinTtl || policies.invitation_ttl > limits::kMaxTtl)
    return out_of_range("policies.invitationTtlSeconds", limits::kMinTtl, limits::kMaxTtl);
  if (policies.reconnect_grace < limits::kMinGrace || policies.reconnect_grace > limits::kMaxGrace)
    return out_of_range("policies.reconnectGraceSeconds", limits::kMinGrace, limits::kMaxGrace);
  if (policies.request_ttl < limits::kMinRequestTtl || policies.request_ttl > limits::kMaxRequestTtl)
    return out_of_range("policies.requestTtlSeconds", limits::kMinRequestTtl, limits::kMaxRequestTtl);
  if (auto bad = bad_limit("policies.quietLimitSeconds", policies.quiet_limit, limits::kMinQuiet, limits::kMaxQuiet))
    return bad;
  if (auto bad = bad_limit("policies.showLimitSeconds", policies.show_limit, limits::kMinShow, limits::kMaxShow))
    return bad;
  if (!policies.min_client_version.empty() && !is_version(policies.min_client_version))
    return Refusal::invalid("policies.minClientVersion", "It must be like 8.7.2: up to four whole numbers.");
  return {};
}

}  // namespace costage::domain
